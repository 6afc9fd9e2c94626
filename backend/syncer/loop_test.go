package syncer_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// running starts an engine's loop in virtual time.
func (b *bench) running(t *testing.T) interface{ Start() error } {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	engine, ended := b.engine(t), make(chan struct{})
	go func() { defer close(ended); engine.Run(ctx) }()
	t.Cleanup(func() { cancel(); <-ended })
	return engine
}

// pass lets virtual time go by: nothing waits for real.
func pass(d time.Duration) {
	<-time.After(d)
	synctest.Wait()
}

func (b *bench) runs(t *testing.T) int {
	t.Helper()
	runs, err := b.db.Runs(t.Context(), b.account.ID, 100)
	if err != nil {
		t.Fatal(err)
	}
	return len(runs)
}

func TestRunsAtStartAndEveryQuarterOfAnHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		b.running(t)
		for _, step := range []struct {
			after time.Duration
			runs  int
		}{{time.Second, 1}, {14 * time.Minute, 1}, {time.Minute, 2}, {15 * time.Minute, 3}} {
			pass(step.after)
			if got := b.runs(t); got != step.runs {
				t.Errorf("%d runs, want %d", got, step.runs)
			}
		}
	})
}

func TestRunsWhenTheServerCanBeReachedAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		failCall("identify", &domain.Error{Code: domain.CodeOffline, Message: "offline"})(b.remote)
		b.running(t)
		pass(5 * time.Minute)
		if got := b.runs(t); got != 1 {
			t.Errorf("%d runs were recorded while offline, want the first alone", got)
		}
		if probes := b.remote.calls["identify"]; probes < 5 || probes > 12 {
			t.Errorf("%d probes in five minutes", probes)
		}
		b.remote.set(func(r *remote) { r.fail = func(string, domain.OrgID) error { return nil } })
		pass(time.Minute + time.Second)
		if got := len(b.cached(t)); got != 3 {
			t.Errorf("%d organizations after the server came back", got)
		}
	})
}

func TestRefusedKeyWaitsForAPerson(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		failCall("identify", &domain.Error{Code: domain.CodeUnauthorized, Message: "refused"})(b.remote)
		engine := b.running(t)
		pass(2 * time.Hour)
		if b.remote.calls["identify"] != 1 {
			t.Errorf("a refused key was tried %d times", b.remote.calls["identify"])
		}
		b.remote.set(func(r *remote) { r.fail = func(string, domain.OrgID) error { return nil } })
		if err := engine.Start(); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if got := b.runs(t); got != 2 {
			t.Errorf("%d runs after a person asked", got)
		}
	})
}

// TestOneFailingOrganizationIsNoOutage: what a single call ends with is told
// with its organization, and neither hurries the next run nor takes the window
// offline.
func TestOneFailingOrganizationIsNoOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 30)
		b.remote.fail = func(call string, org domain.OrgID) error {
			if call == string(domain.FigureUsers) && org == orgID(5) {
				return &domain.Error{Code: domain.CodeOffline, Message: "no answer in time"}
			}
			return nil
		}
		b.running(t)
		pass(14 * time.Minute)
		if got := b.runs(t); got != 1 {
			t.Errorf("%d runs in fourteen minutes, want the first alone", got)
		}
		if status := <-b.watcher.finished; !status.Online || status.Run.Failed != 1 || status.Run.State != domain.SyncPartial {
			t.Errorf("ended online %v as %+v", status.Online, status.Run)
		}
	})
}
