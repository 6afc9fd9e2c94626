package program

import (
	"context"
	"sync"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/browser"
	"github.com/orgdeck/orgdeck/backend/domain"
)

type memPrefs struct {
	mu sync.Mutex
	s  bind.Settings
}

// Window is the size of the window when it was last closed.
type Window struct {
	Width, Height int
	Maximised     bool
}

// RememberedWindow gives the window's size.
func RememberedWindow(string) Window { return Window{Width: 1280, Height: 800} }

// RememberWindow keeps the window's size.
func (p *Program) RememberWindow(width, height int, maximised bool) error { return nil }

func (p *Program) preferred() domain.AccountID { return "" }

func (p *Program) remember(domain.AccountID) {}

func (p *Program) launchTemplate() string {
	p.prefs.mu.Lock()
	defer p.prefs.mu.Unlock()
	return p.prefs.s.LaunchTemplate
}

// Settings gives what the person chose.
func (s shell) Settings(context.Context) (bind.Settings, error) {
	s.prefs.mu.Lock()
	defer s.prefs.mu.Unlock()
	out := s.prefs.s
	out.DefaultLaunchTemplate = browser.DefaultTemplate
	if out.LaunchTemplate == "" {
		out.LaunchTemplate = browser.DefaultTemplate
	}
	if out.Columns == nil {
		out.Columns = []bind.Column{}
	}
	return out, nil
}

// SaveSettings keeps what the person chose.
func (s shell) SaveSettings(ctx context.Context, settings bind.Settings) (bind.Settings, error) {
	s.prefs.mu.Lock()
	s.prefs.s = settings
	s.prefs.mu.Unlock()
	return s.Settings(ctx)
}
