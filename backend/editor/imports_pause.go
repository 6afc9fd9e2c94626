package editor

import (
	"context"
	"errors"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// maxPauses is how often an import waits for one and the same request.
	maxPauses = 5
	// defaultPause is the first wait where JumpCloud does not say how long; each
	// further one is twice as long.
	defaultPause = 30 * time.Second
	// longestPause is more than an import waits for; a person may go on later.
	longestPause = 15 * time.Minute
)

// errCanceled says that a person, or the end of the program, ended an import
// while it waited.
var errCanceled = errors.New("the import was canceled")

// patiently does something, and where JumpCloud puts it off with a 429, again
// after the pause that it asks for. What was put off was not done: the client
// never repeats a request to add by itself.
func (e *Editor) patiently(ctx context.Context, id domain.AccountID, run *importRun, act func(again bool) error) error {
	for pauses := 0; ; pauses++ {
		err := act(pauses > 0)
		if domain.CodeOf(err) != domain.CodeRateLimited {
			return err
		}
		wait := pauseOf(err, pauses)
		if pauses == maxPauses || wait > longestPause {
			return stillLimited(err)
		}
		if !e.pause(ctx, id, run, wait) {
			return errCanceled
		}
	}
}

// pauseOf is how long to wait after so many pauses.
func pauseOf(err error, pauses int) time.Duration {
	if known, ok := errors.AsType[*domain.Error](err); ok && known.RetryAfter > 0 {
		return known.RetryAfter
	}
	return defaultPause << pauses
}

// pause waits, tells until when, and reports whether the import is to go on.
func (e *Editor) pause(ctx context.Context, id domain.AccountID, run *importRun, wait time.Duration) bool {
	tell := func(until time.Time) {
		e.change(id, run, func(status *domain.ImportStatus, _ []domain.ImportRow) { status.PausedUntil = until })
	}
	tell(e.opts.Now().Add(wait))
	defer tell(time.Time{})
	waiting, end := context.WithCancel(ctx)
	defer end()
	go func() {
		select {
		case <-run.canceled:
			end()
		case <-waiting.Done():
		}
	}()
	e.opts.Pause(waiting, wait)
	return waiting.Err() == nil
}

// stillLimited is why an import stops that was put off again and again.
func stillLimited(cause error) error {
	limited := &domain.Error{
		Code: domain.CodeRateLimited, Message: "The import was stopped, because JumpCloud keeps asking for a pause. What was added before is listed.",
		Hint: "Import the same file again later: what exists by then is not added twice.", Retryable: true, Cause: cause,
	}
	if known, ok := errors.AsType[*domain.Error](cause); ok {
		limited.RetryAfter = known.RetryAfter
	}
	return limited
}
