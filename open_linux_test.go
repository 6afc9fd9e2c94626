package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestOpenInSystem: what opens addresses on Linux is the first of a few
// programs on the path.
func TestOpenInSystem(t *testing.T) {
	silenceOpened()
	dir := t.TempDir()
	t.Setenv("PATH", dir)
	const address = "https://console.jumpcloud.com/?orgId=5f00000000000000000000a1&x=%24%28id%29"
	if err := openInSystem(address); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("without a browser: %v", err)
	}
	log := filepath.Join(dir, "opened")
	for _, test := range []struct {
		name, end string
		fails     bool
	}{{"opens", "exit 0", false}, {"fails", "exit 3", true}} {
		script := "#!/bin/sh\nprintf '%s,' \"$#\" \"$@\" >'" + log + "'\n" + test.end + "\n"
		if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(script), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := openInSystem(address); (err != nil) != test.fails {
			t.Errorf("a browser that %s: %v", test.name, err)
		}
		if got, err := os.ReadFile(log); err != nil || string(got) != "1,"+address+"," {
			t.Errorf("a browser that %s was given %q, %v", test.name, got, err)
		}
	}
}

// TestWhatStaysOpen: a browser that is its own opener ends when it is closed.
func TestWhatStaysOpen(t *testing.T) {
	past := make(chan time.Time, 1)
	past <- time.Time{}
	if err := opened(make(chan error), past); err != nil {
		t.Error(err)
	}
}
