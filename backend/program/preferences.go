package program

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/browser"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/settings"
)

// settingsFile is the name of the preferences in the data folder.
const settingsFile = "settings.json"

// The window's size before a person chose one.
const (
	defaultWidth  = 1280
	defaultHeight = 800
)

// RememberedWindow gives the window's last size, or the one it starts with. It
// is read before there is a program, because the window is made first; what is
// wrong with the file is told by Start.
func RememberedWindow(dataDir string) settings.Window {
	window := settings.Peek(filepath.Join(dataDir, settingsFile)).Window
	if window.Width == 0 || window.Height == 0 {
		window.Width, window.Height = defaultWidth, defaultHeight
	}
	return window
}

// RememberWindow keeps the window's size. A maximised window keeps the size it
// had before.
func (p *Program) RememberWindow(width, height int, maximised bool) error {
	if _, err := p.Lifetime(); err != nil {
		return err
	}
	_, err := p.prefs.Update(func(s *settings.Settings) {
		s.Window.Maximised = maximised
		if !maximised {
			s.Window.Width, s.Window.Height = width, height
		}
	})
	if err != nil {
		return fmt.Errorf("keep the window's size: %w", err)
	}
	return nil
}

// preferred is the account shown last.
func (p *Program) preferred() domain.AccountID { return p.prefs.Get().LastAccount }

// remember keeps which account is shown. The demo's is not kept: the next start
// shows real data.
func (p *Program) remember(id domain.AccountID) {
	if _, err := p.prefs.Update(func(s *settings.Settings) { s.LastAccount = id }); err != nil {
		p.opts.Log.Warn("the account shown could not be kept", "error", err)
	}
}

func (p *Program) launchTemplate(region domain.Region) string {
	return p.prefs.Get().LaunchTemplates[region]
}

// currentRegion is that of the account shown; launch templates are kept by region.
func (p *Program) currentRegion() domain.Region {
	state := p.state()
	for _, member := range state.Accounts {
		if member.Account.ID == state.Current {
			return member.Account.Region
		}
	}
	return domain.RegionUS
}

// Settings gives what the person chose.
func (s shell) Settings(context.Context) (bind.Settings, error) {
	return newSettings(s.prefs.Get(), s.currentRegion()), nil
}

// SaveSettings keeps what the person chose and gives it back as kept. A launch
// template that leads elsewhere than to the console is refused, and nothing is kept.
func (s shell) SaveSettings(_ context.Context, chosen bind.Settings) (bind.Settings, error) {
	setTemplate, err := templateChange(chosen)
	if err != nil {
		return bind.Settings{}, fmt.Errorf("save the settings: %w", err)
	}
	kept, err := s.prefs.Update(func(p *settings.Settings) {
		p.Sort = settings.Sort{Column: chosen.SortColumn, Descending: chosen.SortDescending}
		p.Columns = make([]settings.Column, len(chosen.Columns))
		for i, column := range chosen.Columns {
			p.Columns[i] = settings.Column{ID: column.ID, Visible: column.Visible}
		}
		p.LaunchHintDismissed, p.SingleKeysOff = chosen.LaunchHintDismissed, !chosen.SingleKeyShortcuts
		setTemplate(p)
	})
	if err != nil {
		return bind.Settings{}, fmt.Errorf("save the settings: %w", err)
	}
	return newSettings(kept, s.currentRegion()), nil
}

// templateChange gives how the launch template of a region is kept. The region
// is the one that was chosen for: another account may be shown by now.
func templateChange(chosen bind.Settings) (func(*settings.Settings), error) {
	if chosen.Region == "" {
		return func(*settings.Settings) {}, nil
	}
	known, ok := domain.LookupRegion(chosen.Region)
	if !ok {
		return nil, &domain.Error{Code: domain.CodeInvalidInput, Message: "This region is not known. Nothing was changed."}
	}
	region, template := known.Region, chosen.LaunchTemplate
	if template == "" || template == browser.DefaultTemplate {
		return func(s *settings.Settings) { delete(s.LaunchTemplates, region) }, nil
	}
	if err := browser.CheckTemplate(template, region); err != nil {
		return nil, fmt.Errorf("check the launch address: %w", err)
	}
	return func(s *settings.Settings) {
		if s.LaunchTemplates == nil {
			s.LaunchTemplates = map[domain.Region]string{}
		}
		s.LaunchTemplates[region] = template
	}, nil
}

func newSettings(s settings.Settings, region domain.Region) bind.Settings {
	converted := bind.Settings{
		SortColumn: s.Sort.Column, SortDescending: s.Sort.Descending, Columns: make([]bind.Column, len(s.Columns)),
		Region: string(region), LaunchTemplate: s.LaunchTemplates[region], DefaultLaunchTemplate: browser.DefaultTemplate,
		LaunchHintDismissed: s.LaunchHintDismissed, SingleKeyShortcuts: !s.SingleKeysOff,
	}
	if converted.LaunchTemplate == "" {
		converted.LaunchTemplate = browser.DefaultTemplate
	}
	for i, column := range s.Columns {
		converted.Columns[i] = bind.Column{ID: column.ID, Visible: column.Visible}
	}
	return converted
}
