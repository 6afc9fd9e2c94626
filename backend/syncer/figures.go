package syncer

import (
	"context"
	"fmt"

	"golang.org/x/sync/errgroup"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// figures reads what the plan says, commits it in batches, and tells of it.
func (r *run) figures(ctx context.Context, cancel context.CancelCauseFunc) error {
	organizations, err := r.opts.Store.Organizations(ctx, r.opts.Account.ID)
	if err != nil {
		return fmt.Errorf("read the cache: %w", err)
	}
	batch := newBatch()
	plan := newPlan(organizations, r.names, r.resumed)
	r.mu.Lock()
	r.record.Done = plan.nothingToRead()
	r.since, r.doneBefore = r.opts.Now(), r.record.Done
	r.mu.Unlock()
	r.enter(domain.PhaseFigures)

	stop, flushed := make(chan struct{}), make(chan error, 1)
	go func() {
		err := protect(func() error { return r.flushUntil(ctx, batch, stop) })
		if err != nil {
			cancel(err)
		}
		flushed <- err
	}()
	group, groupCtx := errgroup.WithContext(ctx)
	for range r.opts.Workers {
		group.Go(guarded(func() error { return r.work(groupCtx, plan, batch) }))
	}
	err = group.Wait()
	close(stop)
	if flushErr := <-flushed; flushErr != nil {
		return flushErr
	}
	if err == nil {
		err = r.unanswered()
	}
	return err
}

// unanswered gives why none of the calls for several organizations was
// answered; nil where one was. The breaker needs more calls than a small provider
// has; and of a run that was taken up again only the failing ones may be left.
func (r *run) unanswered() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.answered || r.doneBefore > 0 || len(r.failed) < 2 {
		return nil
	}
	return r.breaker.last
}

// work makes calls until none is left or the run must stop.
func (r *run) work(ctx context.Context, plan *plan, batch *batch) error {
	for {
		next, ok := plan.take(r.onScreen())
		if !ok {
			return nil
		}
		update, err := r.readPart(ctx, next)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err == nil {
			batch.add(update)
		}
		stop := r.tally(next, err)
		// After the tally: whoever makes an organization's last call sees how all of them went.
		if plan.done(next.org) {
			r.countDone(next.org)
		}
		if stop != nil {
			return stop
		}
	}
}

// tally notes how a call went: the error to stop the run with, or nil. A logo
// stops no run: what keeps pictures may be any server on the internet.
func (r *run) tally(made job, err error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	org := made.org
	var stop error
	if made.part == partLogo {
		r.logos.record(err)
	} else {
		stop = r.breaker.record(err)
		r.answered = r.answered || answered(err)
		r.lacking = r.lacking || err != nil
	}
	if err != nil && r.failed[org] == nil {
		problem := asProblem(err)
		r.failed[org] = problem
		r.record.Failed++
		if r.record.Problem == nil {
			r.record.Problem = problem
		}
		if len(r.failures) < domain.MaxSyncFailures {
			r.failures = append(r.failures, domain.SyncFailure{Org: org, Name: r.names[org], Problem: problem})
		}
	}
	return stop
}

// countDone counts an organization all calls of which were made, unless one failed.
func (r *run) countDone(org domain.OrgID) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed[org] == nil {
		r.record.Done++
	}
}

// readPart makes one call. A refusal is a finding, not a failure.
func (r *run) readPart(ctx context.Context, next job) (domain.OrgUpdate, error) {
	// The time from before the call: what a person wrote and read back while it
	// was under way is newer.
	update := domain.OrgUpdate{ID: next.org, At: r.opts.Now()}
	var err error
	switch next.part {
	case partDetails:
		err = r.readDetails(ctx, &update)
	case partLogo:
		err = r.readLogo(ctx, next, &update)
	default:
		err = r.readFigure(ctx, domain.FigureKind(next.part), &update)
	}
	return update, err
}

func (r *run) readDetails(ctx context.Context, update *domain.OrgUpdate) error {
	details, err := r.opts.Remote.Details(ctx, update.ID)
	switch domain.CodeOf(err) {
	case "":
		update.Details = &details
		return nil
	case domain.CodeForbidden:
		update.DetailsDenied = true
		return nil
	}
	return fmt.Errorf("read details: %w", err)
}

func (r *run) readFigure(ctx context.Context, kind domain.FigureKind, update *domain.OrgUpdate) error {
	value, err := r.opts.Remote.Count(ctx, update.ID, kind)
	switch domain.CodeOf(err) {
	case "":
		update.Figures = map[domain.FigureKind]domain.Figure{kind: domain.KnownFigure(value, r.opts.Now())}
		return nil
	case domain.CodeForbidden:
		update.Figures = map[domain.FigureKind]domain.Figure{kind: domain.NoAccessFigure(r.opts.Now())}
		return nil
	}
	return fmt.Errorf("count %s: %w", kind, err)
}

// readLogo fetches a logo and makes it small. What can never be a usable picture
// is noted, and not asked for again until its address changes. After any other
// failure the logo known so far stays, and the next run asks again.
func (r *run) readLogo(ctx context.Context, next job, update *domain.OrgUpdate) error {
	r.mu.Lock()
	err := r.logos.givenUp()
	r.mu.Unlock()
	if err != nil {
		return err
	}
	data, err := r.opts.Remote.Logo(ctx, next.logoURL)
	if err != nil && domain.CodeOf(err) != domain.CodeLinkRefused {
		return fmt.Errorf("read a logo: %w", err)
	}
	update.LogoURL = next.logoURL
	var thumbnail domain.Thumbnail
	if err == nil {
		thumbnail, err = r.opts.Thumbnail(data)
	}
	if err != nil {
		r.opts.Log.Info("a logo is no usable picture", "organization", next.org, "error", err)
		update.LogoUnusable = true
		return nil
	}
	update.Logo = &thumbnail
	return nil
}
