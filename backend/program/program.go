package program

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/session"
	"github.com/orgdeck/orgdeck/backend/settings"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/taking"
)

// Desktop is what the program needs of the window system.
type Desktop interface {
	// OpenBrowser opens an address in the system's browser.
	OpenBrowser(url string) error
	// SetText puts text on the clipboard.
	SetText(text string) error
	// Emit sends an event to the page; nothing before there is one.
	Emit(event string, payload any)
	Files
}

// Files is what the program needs of the window system about a person's files.
type Files interface {
	// SaveFile asks where a file of the suggested name is to be saved; empty
	// where the person chose no place.
	SaveFile(suggestedName string) (path string, err error)
	// OpenFile opens a file in the program the system has for it.
	OpenFile(path string) error
	// ChooseFolder asks for a folder of pictures; empty where the person chose none.
	ChooseFolder() (path string, err error)
}

// Options say which program to make.
type Options struct {
	// DataDir holds the cache and the preferences.
	DataDir string
	// Demo starts in the demo; DemoOrgs is how many organizations it has.
	Demo     bool
	DemoOrgs int
	// WrapDemo stands between the client and the demo's server, for tests that
	// check every exchange; nil for nothing.
	WrapDemo func(*simulator.Server) http.Handler
	// APIURL is a simulator's address; empty for JumpCloud itself.
	APIURL string
	// Keys keeps the API keys of all but the demo; nil for the system's keychain.
	Keys    session.Keys
	Version string
	Desktop Desktop
	Trace   *Trace
	Log     *slog.Logger
	Now     func() time.Time
}

// Program is Orgdeck without its window.
type Program struct {
	opts   Options
	events *events

	// ready is closed once Start has ended; what follows is set before that.
	ready    chan struct{}
	err      error
	lifetime context.Context
	end      context.CancelFunc
	lock     *flock.Flock
	prefs    *settings.File

	mu       sync.Mutex
	real     *workspace
	demo     *workspace
	showDemo bool
	notices  []*domain.Error
	saved    savedFiles
	drops    drops
	taking   *taking.Store
	work     sync.WaitGroup
	telling  sync.Mutex
	// exploring lets one call at a time open the demo, or end it.
	exploring sync.Mutex
	// painted is closed when the page has painted rows for the first time.
	painted   chan struct{}
	firstRows sync.Once
}

// New makes a program; nothing is opened, read or written before Start.
func New(opts Options) *Program {
	p := &Program{opts: opts, ready: make(chan struct{}), painted: make(chan struct{}), taking: newTaking()}
	p.events = newEvents(opts.Desktop.Emit, p.cachedRows)
	return p
}

// Bound gives the structs whose methods the front end may call.
func (p *Program) Bound() []any {
	area := bind.Area{Lifetime: p.Lifetime, Log: p.opts.Log, Revision: p.events.current}
	return []any{
		bind.NewSession(area, sessions{p}, accounts{p}, p.about()),
		bind.NewOrganizations(area, caches{p}, launcher{p}, p.opts.Desktop),
		bind.NewSync(area, syncs{p}),
		bind.NewShell(area, shell{p}),
		bind.NewAdministrators(area, rosters{p}, rosterActs{p}, p.opts.Now),
		bind.NewBilling(area, bills{p}, bills{p}, p.opts.Now),
		bind.NewHistory(area, histories{p}),
		bind.NewEdits(area, edits{p}, imports{p}),
		bind.NewLogos(area, logos{p}, logoLooks{p}, logoBatches{p}),
	}
}

func (p *Program) about() bind.About {
	return bind.About{Version: p.opts.Version, Platform: runtime.GOOS}
}

// Lifetime waits until Start has ended, and gives the context that ends with
// the program, or the reason why it could not start.
func (p *Program) Lifetime() (context.Context, error) {
	<-p.ready
	return p.lifetime, p.err
}

// Start opens the data folder and the cache. It returns once the cache can be
// read; the keychain and the network are asked in the background. A failure is
// also what every call from the page is answered with.
func (p *Program) Start(ctx context.Context) error {
	p.lifetime, p.end = context.WithCancel(ctx)
	p.err = p.open(p.lifetime)
	close(p.ready)
	if p.err != nil {
		p.opts.Log.Error("could not start", "error", p.err)
		return p.err
	}
	p.work.Go(p.connect)
	return nil
}

func (p *Program) open(ctx context.Context) error {
	if err := p.takeDataDir(); err != nil {
		return err
	}
	var err error
	if p.prefs, err = settings.Open(filepath.Join(p.opts.DataDir, settingsFile)); err != nil {
		p.note(err)
	}
	if p.opts.Demo {
		p.showDemo = true
		_, err := p.openDemo(ctx)
		return err
	}
	p.real, err = p.openWorkspace(ctx, p.realOptions())
	return err
}

// takeDataDir makes the data folder and keeps other programs out of it. A
// second instance comes here too before Wails ends it: it must open nothing.
func (p *Program) takeDataDir() error {
	if err := os.MkdirAll(p.opts.DataDir, 0o700); err != nil {
		return &domain.Error{
			Code: domain.CodeCacheFailed, Message: "The data folder " + p.opts.DataDir + " cannot be made. Nothing was changed.",
			Hint: "Check the rights of the folder above it, or choose another with --data-dir.", Cause: err,
		}
	}
	p.lock = flock.New(filepath.Join(p.opts.DataDir, "orgdeck.lock"))
	held, err := p.lock.TryLock()
	if err == nil && held {
		return nil
	}
	return &domain.Error{
		Code: domain.CodeAlreadyRunning, Message: "Another Orgdeck uses the data folder " + p.opts.DataDir + ". Nothing was changed.",
		Hint: "Go to its window, or start this one with another --data-dir.", Cause: err,
	}
}

// paintPatience is how long the network waits for the page to show what is
// cached; a page that never comes must not keep the program from its work.
const paintPatience = 3 * time.Second

// connect does what may wait: the keychain, the network, the demo's sign-in.
// Where something cached is shown it is painted first: a synchronisation would
// take the processor away from the page.
func (p *Program) connect() {
	if p.showsCache() {
		patience := time.NewTimer(paintPatience)
		defer patience.Stop()
		select {
		case <-p.painted:
		case <-patience.C:
		case <-p.lifetime.Done():
		}
	}
	p.mu.Lock()
	own, demo := p.real, p.demo
	p.mu.Unlock()
	for _, w := range []*workspace{own, demo} {
		p.pruneLogos(w)
	}
	if own != nil {
		own.session.Connect(p.lifetime)
	}
	if demo != nil {
		if _, err := p.enterDemo(p.lifetime, demo); err != nil {
			p.note(err)
			p.sessionChanged()
		}
	}
}

// showsCache reports whether the account shown was ever synchronised.
func (p *Program) showsCache() bool {
	state := p.state()
	return slices.ContainsFunc(state.Accounts, func(a domain.AccountState) bool {
		return a.Account.ID == state.Current && !a.Account.LastSyncAt.IsZero()
	})
}

// note keeps something a person should know for the page to show.
func (p *Program) note(err error) {
	problem, ok := errors.AsType[*domain.Error](err)
	if !ok {
		problem = &domain.Error{Code: domain.CodeInternal, Message: "Orgdeck could not do all it does at its start.", Cause: err}
	}
	p.opts.Log.Warn("notice", "error", err)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.notices = append(p.notices, problem)
}

// Close ends every synchronisation, closes the cache and leaves the folder to
// others. It may be called once, after Start.
func (p *Program) Close() error {
	<-p.ready
	p.end()
	p.work.Wait()
	p.mu.Lock()
	own, demo := p.real, p.demo
	p.real, p.demo = nil, nil
	p.mu.Unlock()
	err := errors.Join(own.close(), demo.close())
	p.events.close()
	if p.lock != nil {
		err = errors.Join(err, p.lock.Unlock())
	}
	if err != nil {
		return fmt.Errorf("close: %w", err)
	}
	return nil
}
