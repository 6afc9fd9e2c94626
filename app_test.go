package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/wailsapp/wails/v2/pkg/options"

	"github.com/orgdeck/orgdeck/backend/program"
)

// TestNoWindowIsNoCrash: the Wails runtime ends the process when it is called
// with any context but the one of startup, so nothing may reach it without one.
func TestNoWindowIsNoCrash(t *testing.T) {
	for _, state := range []string{"before startup", "after shutdown"} {
		d := &desktop{}
		if state == "after shutdown" {
			d.attach(context.Background())
			d.detach()
		}
		d.Emit("rows", struct{}{})
		d.raise()
		if err := d.OpenBrowser("https://jumpcloud.com"); !errors.Is(err, errNoWindow) {
			t.Errorf("%s, opening the browser gave %v", state, err)
		}
		if err := d.SetText("text"); !errors.Is(err, errNoWindow) {
			t.Errorf("%s, the clipboard gave %v", state, err)
		}
		if _, err := d.ChooseFolder(); !errors.Is(err, errNoWindow) {
			t.Errorf("%s, asking for a folder gave %v", state, err)
		}
	}
}

// TestSecondInstance: the second instance's startup runs before it is ended.
func TestSecondInstance(t *testing.T) {
	opts := program.Options{
		DataDir: t.TempDir(), Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler),
		Trace: program.NewTrace(io.Discard, time.Now, time.Now()),
	}
	first, second := newApp(opts), newApp(opts)
	for _, app := range []*App{first, second} {
		if err := app.program.Start(t.Context()); (err != nil) != (app == second) {
			t.Errorf("second %v: %v", app == second, err)
		}
	}
	first.secondInstance(options.SecondInstanceData{})
	for _, app := range []*App{second, first} {
		app.shutdown(t.Context())
	}
}

func TestWindow(t *testing.T) {
	opts := program.Options{DataDir: t.TempDir(), DemoOrgs: 1, Version: "test", Now: time.Now, Log: slog.New(slog.DiscardHandler)}
	app := newApp(opts)
	window := app.window(nil, opts.DataDir)
	if window.Width != 1280 || window.Height != 800 || window.ErrorFormatter == nil || window.AssetServer.Middleware == nil {
		t.Errorf("the window is %+v", window)
	}
	// Wails tells of dropped files only where the page may have them too; its
	// guards keep them from replacing it.
	if drop := window.DragAndDrop; !drop.EnableFileDrop || drop.DisableWebViewDrop {
		t.Errorf("files are dropped as %+v", drop)
	}
	if err := app.program.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := app.program.RememberWindow(900, 700, false); err != nil {
		t.Fatal(err)
	}
	if err := app.program.RememberWindow(1900, 1000, true); err != nil {
		t.Fatal(err)
	}
	app.shutdown(t.Context())
	if window = app.window(nil, opts.DataDir); window.Width != 900 || window.Height != 700 || window.WindowStartState != options.Maximised {
		t.Errorf("the window comes back as %d by %d, state %v", window.Width, window.Height, window.WindowStartState)
	}
}
