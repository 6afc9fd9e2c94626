package program_test

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/testkit"
)

// desktop is a window system with state.
type desktop struct {
	mu        sync.Mutex
	opened    []string
	clipboard string
	events    []any
	changed   chan struct{}
	broken    error
	// folder is where files are saved, under rename where that is set; without
	// a folder the person chooses no place.
	folder, rename string
	// chosen is the folder that the person chooses; none where it is empty.
	chosen string
}

func newDesktop() *desktop { return &desktop{changed: make(chan struct{}, 1)} }

func (d *desktop) OpenBrowser(url string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.broken == nil {
		d.opened = append(d.opened, url)
	}
	return d.broken
}

func (d *desktop) SetText(text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.clipboard = text
	return d.broken
}

func (d *desktop) SaveFile(suggestedName string) (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.broken != nil || d.folder == "" {
		return "", d.broken
	}
	name := suggestedName
	if d.rename != "" {
		name = d.rename
	}
	return filepath.Join(d.folder, name), nil
}

func (d *desktop) ChooseFolder() (string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.chosen, d.broken
}

func (d *desktop) OpenFile(path string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.broken == nil {
		d.opened = append(d.opened, path)
	}
	return d.broken
}

func (d *desktop) Emit(_ string, payload any) {
	d.mu.Lock()
	d.events = append(d.events, payload)
	d.mu.Unlock()
	select {
	case d.changed <- struct{}{}:
	default:
	}
}

// page calls the program as the page does: over the bound structs alone.
type page struct {
	*program.Program
	closed        bool
	desktop       *desktop
	session       *bind.Session
	organizations *bind.Organizations
	sync          *bind.Sync
	shell         *bind.Shell
	people        *bind.Administrators
	billing       *bind.Billing
	history       *bind.History
}

// start starts a program without a window. Keys go to a keychain in memory.
func start(t *testing.T, change func(*program.Options)) *page {
	t.Helper()
	d := newDesktop()
	opts := program.Options{
		// A mock of the keychain's library is shared by all tests, and a call that a
		// program gave up at its end would go on in the next one.
		Keys:    program.HeldKeys(),
		DataDir: t.TempDir(), DemoOrgs: 8, Version: "test", Desktop: d, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		WrapDemo: func(server *simulator.Server) http.Handler { return testkit.Checked(t, server) },
	}
	if change != nil {
		change(&opts)
	}
	p := &page{Program: program.New(opts), desktop: d}
	for _, area := range p.Bound() {
		switch area := area.(type) {
		case *bind.Session:
			p.session = area
		case *bind.Organizations:
			p.organizations = area
		case *bind.Sync:
			p.sync = area
		case *bind.Shell:
			p.shell = area
		case *bind.Administrators:
			p.people = area
		case *bind.Billing:
			p.billing = area
		case *bind.History:
			p.history = area
		}
	}
	// What Start gives is what the calls are answered with: tests look there.
	_ = p.Start(context.WithoutCancel(t.Context()))
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// Close ends the program; once, however often it is asked.
func (p *page) Close() error {
	if p.closed {
		return nil
	}
	p.closed = true
	if err := p.Program.Close(); err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}

// until waits for what the program comes to by itself.
func (p *page) until(t *testing.T, what string, reached func() bool) {
	t.Helper()
	deadline := time.After(60 * time.Second)
	for !reached() {
		select {
		case <-p.desktop.changed:
		case <-deadline:
			t.Fatalf("waited for %s in vain", what)
		}
	}
}

// synced waits until the account shown is synchronised, and gives its id.
func (p *page) synced(t *testing.T) string {
	t.Helper()
	var id string
	p.until(t, "a synchronization", func() bool {
		state, err := p.session.State()
		if err != nil || state.CurrentAccountID == "" {
			return false
		}
		id = state.CurrentAccountID
		status, err := p.sync.Status(id)
		return err == nil && status.State == "done"
	})
	return id
}

// get asks the program for an asset as the window does.
func (p *page) get(t *testing.T, path string) (*http.Response, []byte) {
	t.Helper()
	recorder := httptest.NewRecorder()
	inner := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "page") })
	p.Assets(inner).ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil))
	answer := recorder.Result()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return answer, body
}
