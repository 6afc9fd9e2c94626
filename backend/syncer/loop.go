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
// While the server cannot be reached it asks ever more rarely, once a minute
// at last. After a refused key it waits to be asked.
func (e *Engine) Run(ctx context.Context) {
	timer := time.NewTimer(0)
	defer timer.Stop()
	probe := firstProbe
	for {
		asked := false
		select {
		case <-ctx.Done():
			return
		case <-e.trigger:
			asked = true
		case <-timer.C:
		}
		if !asked && e.offline() && !e.reachable(ctx) {
			timer.Reset(probe)
			probe = min(2*probe, lastProbe)
			continue
		}
		probe = firstProbe
		switch domain.CodeOf(e.runOnce(ctx)) {
		case domain.CodeOffline:
			timer.Reset(probe)
		case domain.CodeUnauthorized:
			timer.Stop()
		default:
			timer.Reset(e.opts.Interval)
		}
	}
}

func (e *Engine) offline() bool { return !e.Status().Online }

// reachable asks the server who we are, only to see whether it answers.
func (e *Engine) reachable(ctx context.Context) bool {
	_, err := e.opts.Remote.Identify(ctx)
	return domain.CodeOf(err) != domain.CodeOffline && ctx.Err() == nil
}
