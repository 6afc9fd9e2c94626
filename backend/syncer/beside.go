package syncer

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// beside begins what is read beside the figures. The function it gives waits
// for that, or ends it where the figures came to an error.
func (r *run) beside(ctx context.Context) (wait func(figures error)) {
	if r.opts.Beside == nil {
		return func(error) {}
	}
	ctx, end := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- protect(func() error { return r.opts.Beside(ctx) }) }()
	return func(figures error) {
		if figures != nil {
			end()
		}
		err := <-done
		ended := ctx.Err() != nil
		end()
		if err == nil || ended {
			return
		}
		r.opts.Log.Warn("what is read beside the figures could not be read", "account", r.opts.Account.ID, "error", err)
		r.tellWith(func(s *domain.SyncStatus) { s.Beside = asProblem(err) })
	}
}
