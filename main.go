// Command orgdeck shows every organization of a JumpCloud provider in one
// window, live and offline.
package main

import (
	"embed"
	"fmt"
	"os"
	"time"

	"github.com/wailsapp/wails/v2"

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
	silenceOpened()
	if err := checkDemo(&opts); err != nil {
		fmt.Fprintln(os.Stderr, "orgdeck:", err)
		os.Exit(1)
	}
	opts.Trace.Event("main")
	app := newApp(opts)
	if err := wails.Run(app.window(frontendFiles, opts.DataDir)); err != nil {
		fmt.Fprintln(os.Stderr, "orgdeck:", err)
		os.Exit(1)
	}
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
