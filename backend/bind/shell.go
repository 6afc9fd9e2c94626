package bind

import "context"

// ShellService is what the page may ask of the program around it.
type ShellService interface {
	// OpenLink opens a checked link in the system's browser.
	OpenLink(ctx context.Context, url string) error
	// FirstRows is told once the page has painted rows.
	FirstRows(rows int)
	Settings(ctx context.Context) (Settings, error)
	SaveSettings(ctx context.Context, settings Settings) (Settings, error)
	// PreviewLaunch gives what a launch template would open for an organization.
	PreviewLaunch(ctx context.Context, accountID, template string) (string, error)
}

// Shell is the bound area of the window, its links and its settings.
type Shell struct {
	area    Area
	service ShellService
}

// NewShell makes the area.
func NewShell(area Area, service ShellService) *Shell { return &Shell{area: area, service: service} }

// OpenLink opens a link in the system's browser, if it leads to an allowed host.
func (s *Shell) OpenLink(url string) (err error) {
	defer guard(s.area.Log, "Shell.OpenLink", &err)
	ctx, err := s.area.Lifetime()
	if err != nil {
		return err
	}
	return s.service.OpenLink(ctx, url)
}

// FirstRows is called by the page when it has painted rows for the first time.
func (s *Shell) FirstRows(rows int) (err error) {
	defer guard(s.area.Log, "Shell.FirstRows", &err)
	s.service.FirstRows(rows)
	return nil
}

// Settings gives what the person chose.
func (s *Shell) Settings() (settings Settings, err error) {
	defer guard(s.area.Log, "Shell.Settings", &err)
	ctx, err := s.area.Lifetime()
	if err != nil {
		return Settings{}, err
	}
	return s.service.Settings(ctx)
}

// SaveSettings keeps what the person chose and gives it back as kept.
func (s *Shell) SaveSettings(settings Settings) (saved Settings, err error) {
	defer guard(s.area.Log, "Shell.SaveSettings", &err)
	ctx, err := s.area.Lifetime()
	if err != nil {
		return Settings{}, err
	}
	return s.service.SaveSettings(ctx, settings)
}

// PreviewLaunch gives what a launch template would open, or why it is refused.
func (s *Shell) PreviewLaunch(accountID, template string) (preview LaunchPreview, err error) {
	defer guard(s.area.Log, "Shell.PreviewLaunch", &err)
	ctx, err := s.area.Lifetime()
	if err != nil {
		return LaunchPreview{}, err
	}
	url, err := s.service.PreviewLaunch(ctx, accountID, template)
	return LaunchPreview{URL: url}, err
}
