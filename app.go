package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/runtime"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/program"
)

// App is the window around the program: its lifecycle and its size. It is the
// one place that speaks to the Wails runtime, which ends the process when it
// is given any context but the one of startup.
type App struct {
	desktop *desktop
	program *program.Program
	trace   *program.Trace
	log     *slog.Logger
}

func newApp(opts program.Options) *App {
	d := &desktop{dataDir: opts.DataDir}
	opts.Desktop = d
	return &App{desktop: d, program: program.New(opts), trace: opts.Trace, log: opts.Log}
}

// window describes the window and what it shows.
func (a *App) window(frontend fs.FS, dataDir string) *options.App {
	size := program.RememberedWindow(dataDir)
	start := options.Normal
	if size.Maximised {
		start = options.Maximised
	}
	return &options.App{
		Title: "Orgdeck", Width: size.Width, Height: size.Height, MinWidth: 640, MinHeight: 480,
		WindowStartState: start, StartHidden: program.Headless(),
		BackgroundColour:   options.NewRGB(0xf6, 0xf7, 0xf9),
		AssetServer:        &assetserver.Options{Assets: frontend, Middleware: a.program.Assets},
		Bind:               a.program.Bound(),
		ErrorFormatter:     bind.FormatError,
		OnStartup:          a.startup,
		OnDomReady:         a.domReady,
		OnBeforeClose:      a.beforeClose,
		OnShutdown:         a.shutdown,
		SingleInstanceLock: &options.SingleInstanceLock{UniqueId: program.InstanceID(dataDir), OnSecondInstanceLaunch: a.secondInstance},
		// The window tells of dropped files. They would also replace the page:
		// its own guards keep them from that, because WebKit on Linux does not
		// let Wails' do so.
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true},
		Linux:       &linux.Options{ProgramName: "orgdeck", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}
}

func (a *App) startup(ctx context.Context) {
	a.desktop.attach(ctx)
	runtime.OnFileDrop(ctx, a.program.Dropped)
	a.trace.Event("window")
	// A second instance comes here too, before it is ended: Start takes the
	// data folder's lock first and opens nothing without it.
	if err := a.program.Start(context.WithoutCancel(ctx)); err != nil {
		a.log.Error("started without a cache", "error", err)
	}
}

func (a *App) domReady(context.Context) { a.trace.Event("dom-ready") }

// beforeClose remembers the window's size and never keeps it from closing.
func (a *App) beforeClose(ctx context.Context) bool {
	width, height := runtime.WindowGetSize(ctx)
	if err := a.program.RememberWindow(width, height, runtime.WindowIsMaximised(ctx)); err != nil {
		a.log.Warn("the window's size could not be kept", "error", err)
	}
	return false
}

func (a *App) shutdown(context.Context) {
	a.desktop.detach()
	if err := a.program.Close(); err != nil {
		a.log.Error("could not close cleanly", "error", err)
	}
}

// secondInstance raises this window when Orgdeck is started again.
func (a *App) secondInstance(options.SecondInstanceData) {
	a.trace.Event("second-instance")
	a.desktop.raise()
}

var errNoWindow = errors.New("there is no window yet")

// desktop is the Wails runtime behind a door that is open only while there is
// a window.
type desktop struct {
	mu  sync.Mutex
	ctx context.Context //nolint:containedctx // Wails accepts no other context than the one of startup.
	// dataDir is where files go that nobody is asked about.
	dataDir string
}

func (d *desktop) attach(ctx context.Context) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ctx = ctx
}

func (d *desktop) detach() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ctx = nil
}

func (d *desktop) window() (context.Context, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ctx == nil {
		return nil, errNoWindow
	}
	return d.ctx, nil
}

// OpenBrowser opens an address, which was checked, in the system's browser.
func (d *desktop) OpenBrowser(url string) error {
	if _, err := d.window(); err != nil {
		return err
	}
	return openInSystem(url)
}

// SetText puts text on the clipboard.
func (d *desktop) SetText(text string) error {
	ctx, err := d.window()
	if err != nil {
		return err
	}
	if err := runtime.ClipboardSetText(ctx, text); err != nil {
		return fmt.Errorf("clipboard: %w", err)
	}
	return nil
}

// SaveFile asks where a file of the suggested name is to be saved; empty where
// the person chose no place. A window that nobody sees asks nobody: files go
// into a folder of their own then.
func (d *desktop) SaveFile(suggestedName string) (string, error) {
	ctx, err := d.window()
	if err != nil {
		return "", err
	}
	if program.Headless() {
		folder := filepath.Join(d.dataDir, "saved")
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return "", fmt.Errorf("save dialog: %w", err)
		}
		return filepath.Join(folder, suggestedName), nil
	}
	extension := filepath.Ext(suggestedName)
	path, err := runtime.SaveFileDialog(ctx, runtime.SaveDialogOptions{
		Title: "Save " + suggestedName, DefaultFilename: suggestedName, CanCreateDirectories: true,
		Filters: []runtime.FileFilter{{DisplayName: strings.ToUpper(strings.TrimPrefix(extension, ".")), Pattern: "*" + extension}},
	})
	if err != nil {
		return "", fmt.Errorf("save dialog: %w", err)
	}
	return path, nil
}

// ChooseFolder asks for a folder of pictures; empty where the person chose
// none. A window that nobody sees asks nobody: the pictures are in a folder of
// their own then.
func (d *desktop) ChooseFolder() (string, error) {
	ctx, err := d.window()
	if err != nil {
		return "", err
	}
	if program.Headless() {
		return filepath.Join(d.dataDir, "logos"), nil
	}
	path, err := runtime.OpenDirectoryDialog(ctx, runtime.OpenDialogOptions{Title: "Choose a folder of logos"})
	if err != nil {
		return "", fmt.Errorf("folder dialog: %w", err)
	}
	return path, nil
}

// OpenFile opens a file in the program the system has for it.
func (d *desktop) OpenFile(path string) error {
	if _, err := d.window(); err != nil {
		return err
	}
	slashed := filepath.ToSlash(path)
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed // C:/… on Windows
	}
	address := url.URL{Scheme: "file", Path: slashed}
	return openInSystem(address.String())
}

// Emit sends an event to the page; nothing while there is no window.
func (d *desktop) Emit(event string, payload any) {
	if ctx, err := d.window(); err == nil {
		runtime.EventsEmit(ctx, event, payload)
	}
}

func (d *desktop) raise() {
	if ctx, err := d.window(); err == nil {
		runtime.WindowUnminimise(ctx)
		runtime.WindowShow(ctx)
	}
}
