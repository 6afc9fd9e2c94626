package syncer

import (
	"context"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	firstProbe = 5 * time.Second
	lastProbe  = time.Minute
)

// Run synchronises until ctx ends: at once, then by itself, then when asked.
// While the server gives no usable answer it asks for one ever more rarely, once
// a minute at last; while it gives one and runs fail all the same, they come ever
// more rarely too. After a refused key it waits to be asked.
func (e *Engine) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	pause := firstProbe
	for {
		asked := false
		select {
		case <-ctx.Done():
			return
		case <-e.trigger:
			asked, pause = true, firstProbe
		case <-timer.C:
		}
		if !asked && e.offline() && !e.reachable(ctx) {
			pause = min(pause, lastProbe)
			timer.Reset(pause)
			pause *= 2
			continue
		}
		switch err := e.runOnce(ctx); {
		case domain.CodeOf(err) == domain.CodeUnauthorized:
			timer.Stop()
		case e.offline():
			timer.Reset(pause)
			pause = min(2*pause, e.opts.Interval)
		default:
			timer.Reset(e.opts.Interval)
			pause = firstProbe
		}
	}
}

func (e *Engine) offline() bool { return !e.Status().Online }

// reachable asks the server who we are, only to see whether it answers. Start
// ends the asking: a person's run tells as much.
func (e *Engine) reachable(ctx context.Context) bool {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	e.setProbe(cancel)
	defer e.setProbe(nil)
	err := protect(func() error {
		_, err := e.opts.Remote.Identify(ctx)
		return err //nolint:wrapcheck // only its code is looked at
	})
	return ctx.Err() == nil && answered(err)
}

func (e *Engine) setProbe(cancel context.CancelFunc) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.probe = cancel
}
