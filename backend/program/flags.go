package program

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// maxDemoOrgs bounds the demo to what the simulator is measured with.
const maxDemoOrgs = 50_000

// answered is a command line that is answered by a text instead of a window.
type answered struct{ text string }

// Error gives the text.
func (a answered) Error() string { return a.text }

// IsAnswered reports whether the error is an answer to print, as of --version.
func IsAnswered(err error) bool {
	_, ok := errors.AsType[answered](err)
	return ok
}

// ParseFlags reads the command line. It touches no file and no network. The
// error is a text for the person who typed it.
func ParseFlags(args []string, version string, began time.Time, now func() time.Time, stderr io.Writer) (Options, error) {
	opts := Options{Version: version, Now: now}
	flags := flag.NewFlagSet("orgdeck", flag.ContinueOnError)
	var usage strings.Builder
	flags.SetOutput(&usage)
	flags.BoolVar(&opts.Demo, "demo", false, "start in the demo, on an embedded simulator")
	flags.IntVar(&opts.DemoOrgs, "demo-orgs", 248, "how many organizations the demo has")
	flags.StringVar(&opts.DataDir, "data-dir", "", "the folder of the cache and the preferences")
	flags.StringVar(&opts.APIURL, "api-url", "", "a simulator's address (loopback addresses only)")
	traced := flags.Bool("trace-startup", false, "write what happens at the start to stderr as JSON lines")
	verbose := flags.Bool("verbose", false, "log every call to stderr; never a key")
	about := flags.Bool("version", false, "print the version")
	switch err := flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return opts, answered{usage.String()}
	case err != nil:
		return opts, fmt.Errorf("orgdeck: %s", strings.TrimSpace(usage.String()))
	case *about:
		return opts, answered{"orgdeck " + version}
	case flags.NArg() > 0:
		return opts, fmt.Errorf("orgdeck: unknown argument %q; --help lists what there is", flags.Arg(0))
	case opts.DemoOrgs < 0 || opts.DemoOrgs > maxDemoOrgs:
		return opts, fmt.Errorf("orgdeck: --demo-orgs must be from 0 to %d", maxDemoOrgs)
	}
	if *traced {
		opts.Trace = NewTrace(stderr, now, began)
	}
	level := slog.LevelWarn
	if *verbose {
		level = slog.LevelDebug
	}
	opts.Log = slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level}))
	return opts, opts.chooseDataDir()
}

// chooseDataDir makes the folder absolute, or takes the system's usual one.
func (o *Options) chooseDataDir() error {
	if o.DataDir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return fmt.Errorf("orgdeck: no home folder is known; choose a folder with --data-dir: %w", err)
		}
		o.DataDir = filepath.Join(base, "orgdeck")
	}
	absolute, err := filepath.Abs(o.DataDir)
	if err != nil {
		return fmt.Errorf("orgdeck: --data-dir: %w", err)
	}
	o.DataDir = absolute
	return nil
}

// InstanceID names the one window that a data folder may have.
func InstanceID(dataDir string) string {
	sum := sha256.Sum256([]byte(dataDir))
	return "orgdeck-" + hex.EncodeToString(sum[:8])
}
