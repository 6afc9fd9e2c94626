package syncer

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// batch gathers what was read until the next commit, one update an organization.
type batch struct {
	mu      sync.Mutex
	updates map[domain.OrgID]domain.OrgUpdate
}

func newBatch() *batch { return &batch{updates: map[domain.OrgID]domain.OrgUpdate{}} }

// add joins an update with what waits already of the same organization.
func (b *batch) add(update domain.OrgUpdate) {
	b.mu.Lock()
	defer b.mu.Unlock()
	waiting, ok := b.updates[update.ID]
	if !ok {
		b.updates[update.ID] = update
		return
	}
	if update.Details != nil || update.DetailsDenied {
		waiting.Details, waiting.DetailsDenied = update.Details, update.DetailsDenied
	}
	if update.LogoURL != "" {
		waiting.Logo, waiting.LogoURL, waiting.LogoUnusable = update.Logo, update.LogoURL, update.LogoUnusable
	}
	if len(update.Figures) > 0 && waiting.Figures == nil {
		waiting.Figures = map[domain.FigureKind]domain.Figure{}
	}
	maps.Copy(waiting.Figures, update.Figures)
	waiting.At = update.At
	b.updates[update.ID] = waiting
}

// drain gives what waits and empties the batch.
func (b *batch) drain() []domain.OrgUpdate {
	b.mu.Lock()
	defer b.mu.Unlock()
	updates := slices.Collect(maps.Values(b.updates))
	clear(b.updates)
	return updates
}

// flushUntil commits and tells at every tick, and once more at the end: what
// was read is kept even when the run was stopped.
func (r *run) flushUntil(ctx context.Context, batch *batch, stop <-chan struct{}) error {
	ticker := time.NewTicker(tick)
	defer ticker.Stop()
	ctx = context.WithoutCancel(ctx)
	for {
		select {
		case <-stop:
			return r.flush(ctx, batch.drain())
		case <-ticker.C:
			if err := r.flush(ctx, batch.drain()); err != nil {
				return err
			}
		}
	}
}

func (r *run) flush(ctx context.Context, updates []domain.OrgUpdate) error {
	if len(updates) == 0 {
		return nil
	}
	changes, err := r.opts.Store.ApplyUpdates(ctx, r.opts.Account.ID, updates)
	if err != nil {
		return fmt.Errorf("keep what was read: %w", err)
	}
	orgs := make([]domain.OrgID, len(changes))
	r.mu.Lock()
	for i := range changes {
		orgs[i] = changes[i].After.ID
		if changes[i].Changed() {
			r.changed[orgs[i]] = struct{}{}
		}
	}
	r.record.Changed = len(r.changed)
	r.mu.Unlock()
	if err := r.note(ctx, updateActivities(changes, r.opts.Now())); err != nil {
		return err
	}
	r.show(orgs)
	r.tell()
	return nil
}
