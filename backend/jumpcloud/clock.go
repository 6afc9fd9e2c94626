package jumpcloud

import (
	"context"
	"time"
)

// Clock is the time a Client lives by, so that tests need not wait.
type Clock interface {
	// Now is the present time.
	Now() time.Time
	// Sleep waits for d, or until ctx ends and then gives ctx's error.
	Sleep(ctx context.Context, d time.Duration) error
}

// NewClock gives the Clock of the real world, reading the time from now.
func NewClock(now func() time.Time) Clock { return systemClock{now} }

type systemClock struct{ now func() time.Time }

// Now is what the injected function says.
func (c systemClock) Now() time.Time { return c.now() }

// Sleep waits by a timer of the runtime.
func (systemClock) Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return context.Cause(ctx)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
