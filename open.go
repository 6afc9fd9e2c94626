package main

import (
	"fmt"
	"time"

	"github.com/pkg/browser"
)

// openPatience is how long something is given to say that it did not open.
// What opens a browser may be the browser itself, which ends when the person
// closes it.
const openPatience = 3 * time.Second

// openInSystem opens an address in the program that the system has for it, and
// reports what kept it from opening. The Wails runtime would only log that.
func openInSystem(address string) error {
	ended := make(chan error, 1)
	go func() { ended <- browser.OpenURL(address) }()
	patience := time.NewTimer(openPatience)
	defer patience.Stop()
	return opened(ended, patience.C)
}

// opened tells how opening something went: what ends in time says so itself,
// and what goes on has opened.
func opened(ended <-chan error, patience <-chan time.Time) error {
	select {
	case err := <-ended:
		if err != nil {
			return fmt.Errorf("open in the system: %w", err)
		}
	case <-patience:
	}
	return nil
}

// silenceOpened keeps what a browser writes out of this program's own output,
// and lets it live on when that is closed.
func silenceOpened() {
	// No writer is the null device: a pipe would be read until the browser ends.
	browser.Stdout, browser.Stderr = nil, nil
}
