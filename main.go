// Command orgdeck shows every organization of a JumpCloud provider in one
// window, live and offline.
package main

import (
	"embed"
	"fmt"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/program"
)

//go:embed all:frontend/dist
var frontendFiles embed.FS

// version is set by the build.
var version = "dev"

func main() {
	began := time.Now()
	opts, err := program.ParseFlags(os.Args[1:], version, began, time.Now, os.Stderr)
	switch {
	case err == nil:
	case program.IsAnswered(err):
		fmt.Println(err)
		return
	default:
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	prepareEnvironment()
	opts.Trace.Event("main")
	app := newApp(opts)
	if err := wails.Run(window(app, opts)); err != nil {
		fmt.Fprintln(os.Stderr, "orgdeck:", err)
		os.Exit(1)
	}
}

func window(app *App, opts program.Options) *options.App {
	size := program.RememberedWindow(opts.DataDir)
	start := options.Normal
	if size.Maximised {
		start = options.Maximised
	}
	return &options.App{
		Title: "Orgdeck", Width: size.Width, Height: size.Height, MinWidth: 640, MinHeight: 480,
		WindowStartState: start, StartHidden: headless(),
		BackgroundColour:         options.NewRGB(0xf6, 0xf7, 0xf9),
		AssetServer:              &assetserver.Options{Assets: frontendFiles, Middleware: func(next http.Handler) http.Handler { return hideOwnWindow(app.program.Assets(next)) }},
		Bind:                     app.program.Bound(),
		ErrorFormatter:           bind.FormatError,
		OnStartup:                app.startup,
		OnDomReady:               app.domReady,
		OnBeforeClose:            app.beforeClose,
		OnShutdown:               app.shutdown,
		SingleInstanceLock:       &options.SingleInstanceLock{UniqueId: program.InstanceID(opts.DataDir), OnSecondInstanceLaunch: app.secondInstance},
		EnableDefaultContextMenu: false,
		DragAndDrop:              &options.DragAndDrop{DisableWebViewDrop: true},
		Linux:                    &linux.Options{ProgramName: "orgdeck", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}
}

// headless says that a browser shows the page instead of the program's own
// window (make serve, tests).
func headless() bool { return os.Getenv("ORGDECK_HEADLESS") == "1" }

// hideOwnWindow keeps a headless program's own window empty: it would run the
// same page a second time and call everything twice.
func hideOwnWindow(next http.Handler) http.Handler {
	if !headless() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" && strings.Contains(r.UserAgent(), "wails.io") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, "<!doctype html><title>Orgdeck</title>")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// prepareEnvironment closes WebKit's inspector, through which anyone who sets
// the environment could drive the window, and avoids the blank window of some
// graphics drivers.
func prepareEnvironment() {
	if os.Getenv("ORGDECK_INSPECT") != "1" {
		_ = os.Unsetenv("WEBKIT_INSPECTOR_SERVER")
		_ = os.Unsetenv("WEBKIT_INSPECTOR_HTTP_SERVER")
	}
	if _, set := os.LookupEnv("WEBKIT_DISABLE_DMABUF_RENDERER"); !set {
		_ = os.Setenv("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
	}
}
