package syncer

import (
	"context"
	"errors"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// resumeWindow is how long after its start an unfinished run may be taken up
// again: what it has read is younger than that, and not read anew.
const resumeWindow = 10 * time.Minute

// resumeFrom gives the time since which parts count as read; zero when the
// last run came to its end or is too old to be taken up again. What the last
// complete run read does not count: it is what is to be read anew.
func resumeFrom(last domain.SyncRun, complete, now time.Time) time.Time {
	switch last.State {
	case domain.SyncInterrupted, domain.SyncCanceled, domain.SyncFailed:
	case domain.SyncPartial:
		// It either met failures on its way, or was broken off by one.
		if last.Done+last.Failed >= last.Organizations {
			return time.Time{}
		}
	case domain.SyncRunning, domain.SyncDone:
		return time.Time{}
	}
	since := now.Add(-resumeWindow)
	if last.FinishedAt.Before(since) && last.StartedAt.Before(since) {
		return time.Time{}
	}
	if complete.After(since) {
		return complete
	}
	return since
}

// judge gives the state in which a run ends.
func judge(record *domain.SyncRun, err error) domain.SyncState {
	switch {
	case errors.Is(err, errStopped):
		return domain.SyncCanceled
	case errors.Is(err, context.Canceled):
		return domain.SyncInterrupted
	case err != nil && record.Organizations == 0:
		return domain.SyncFailed
	case err != nil || record.Failed > 0 || !record.ListingComplete || record.Problem != nil:
		return domain.SyncPartial
	}
	return domain.SyncDone
}

// answered reports whether the server gave a usable answer, though perhaps a
// refusal. A web page in its place, or a failure of its own, is none.
func answered(err error) bool {
	switch domain.CodeOf(err) {
	case domain.CodeOffline, domain.CodeProtocol, domain.CodeServer:
		return false
	}
	return true
}

// online gives what is known of the connection after a run that ended with err.
// What a person, the cache or a defect ended tells nothing new.
func online(err error, before bool) bool {
	switch domain.CodeOf(err) {
	case domain.CodeInternal, domain.CodeCanceled, domain.CodeCacheFailed, domain.CodeCacheDamaged:
		return before
	}
	return answered(err)
}

// asProblem gives the error as a person is shown it. What a person stopped,
// and what the end of the program stopped, is no problem.
func asProblem(err error) *domain.Error {
	if err == nil || errors.Is(err, errStopped) || errors.Is(err, context.Canceled) {
		return nil
	}
	if known, ok := errors.AsType[*domain.Error](err); ok {
		return known
	}
	return &domain.Error{
		Code:    domain.CodeInternal,
		Message: "The synchronization ran into a defect of Orgdeck. Nothing that was known before is lost.",
		Cause:   err,
	}
}

// problemErr gives a problem as an error; nil stays nil, not a typed nil.
func problemErr(problem *domain.Error) error {
	if problem == nil {
		return nil
	}
	return problem
}

// breaker stops a run when the server fails again and again: thousands of
// calls that cannot succeed help nobody.
type breaker struct {
	offline, failing int
	last             error
}

const (
	maxOffline = 6
	maxFailing = 40
)

// record notes how one call went and gives the error to stop the run with.
func (b *breaker) record(err error) error {
	b.last = err
	switch domain.CodeOf(err) {
	case "", domain.CodeForbidden, domain.CodeNotFound:
		b.offline, b.failing = 0, 0
		return nil
	case domain.CodeUnauthorized, domain.CodeRateLimited, domain.CodeCacheFailed, domain.CodeCacheDamaged:
		return err
	case domain.CodeOffline:
		b.offline++
	default:
		b.failing++
	}
	if b.offline >= maxOffline || b.failing >= maxFailing {
		return err
	}
	return nil
}

// logoBreaker ends the reading of logos, and nothing else, when one fails after
// the other: a server of pictures that is down costs a long wait for each.
type logoBreaker struct {
	failing int
	last    error
}

const maxFailingLogos = 20

func (b *logoBreaker) record(err error) {
	b.failing, b.last = b.failing+1, err
	if err == nil {
		b.failing = 0
	}
}

// givenUp gives why no more logos are read; nil while they are.
func (b *logoBreaker) givenUp() error {
	if b.failing < maxFailingLogos {
		return nil
	}
	return b.last
}
