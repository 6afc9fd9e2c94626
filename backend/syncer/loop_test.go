package syncer_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/syncer"
)

// running starts an engine's loop in virtual time.
func (b *bench) running(t *testing.T) *syncer.Engine {
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

// TestNothingButAnAnswerIsOnline: behind a hotel's sign-in page, or while the
// server is broken, the window is offline, and notices soon when that is over.
func TestNothingButAnAnswerIsOnline(t *testing.T) {
	for _, code := range []domain.Code{domain.CodeProtocol, domain.CodeServer, domain.CodeOffline} {
		t.Run(string(code), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, 3)
				failCall("identify", &domain.Error{Code: code, Message: "test"})(b.remote)
				engine := b.running(t)
				pass(30 * time.Minute)
				if status := engine.Status(); status.Online || domain.CodeOf(problem(status)) != code {
					t.Errorf("online %v with %v", status.Online, status.Run.Problem)
				}
				if probes := b.remote.calls["identify"]; b.runs(t) != 1 || probes < 30 || probes > 36 {
					t.Errorf("%d runs and %d probes in half an hour", b.runs(t), probes)
				}
				b.remote.set(func(r *remote) { r.fail = func(string, domain.OrgID) error { return nil } })
				pass(time.Minute + time.Second)
				if status := engine.Status(); !status.Online || status.Run.State != domain.SyncDone {
					t.Errorf("a minute later: online %v, %+v", status.Online, status.Run)
				}
			})
		})
	}
}

// TestAFewOrganizationsAreEnoughToSeeAnOutage: where there are too few calls for
// the run to be stopped, that not one was answered tells as much.
func TestAFewOrganizationsAreEnoughToSeeAnOutage(t *testing.T) {
	for _, code := range []domain.Code{domain.CodeProtocol, domain.CodeServer, domain.CodeOffline} {
		synctest.Test(t, func(t *testing.T) {
			b := newBench(t, 3)
			b.remote.fail = func(_ string, org domain.OrgID) error {
				if org != "" {
					return &domain.Error{Code: code, Message: "test"}
				}
				return nil
			}
			engine := b.running(t)
			pass(time.Second)
			if status := engine.Status(); status.Online || status.Run.State != domain.SyncPartial || domain.CodeOf(problem(status)) != code {
				t.Errorf("%s: online %v, %+v", code, status.Online, status.Run)
			}
			b.remote.set(func(r *remote) { r.fail = func(string, domain.OrgID) error { return nil } })
			pass(10 * time.Second)
			if status := engine.Status(); !status.Online || status.Run.State != domain.SyncDone {
				t.Errorf("%s: ten seconds later online %v, %+v", code, status.Online, status.Run)
			}
		})
	}
}

// TestRunsThatBreakOffGrowRare: a server that says who we are and then fails is
// not asked for everything every few seconds.
func TestRunsThatBreakOffGrowRare(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		failCalls(&domain.Error{Code: domain.CodeServer, Message: "500"}, "names", "logos")(b.remote)
		engine := b.running(t)
		pass(2 * time.Hour)
		if runs := b.runs(t); engine.Status().Online || runs < 10 || runs > 16 {
			t.Errorf("online %v, %d runs in two hours", engine.Status().Online, runs)
		}
	})
}

// TestCancelingOfflineGoesOnProbing: that a person gave up waiting ends no outage.
func TestCancelingOfflineGoesOnProbing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		failCall("identify", &domain.Error{Code: domain.CodeOffline, Message: "offline"})(b.remote)
		engine := b.running(t)
		pass(time.Second)
		b.remote.set(func(r *remote) { r.delay = time.Hour })
		if err := engine.Start(); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		engine.Cancel()
		synctest.Wait()
		if status := engine.Status(); status.Online || status.Run.State != domain.SyncCanceled {
			t.Errorf("canceled: online %v, %+v", status.Online, status.Run)
		}
		b.remote.set(func(r *remote) { r.delay, r.fail = 0, func(string, domain.OrgID) error { return nil } })
		pass(time.Minute)
		if status := engine.Status(); !status.Online || status.Run.State != domain.SyncDone {
			t.Errorf("a minute later: online %v, %+v", status.Online, status.Run)
		}
	})
}

// TestAskingDuringAProbe: it is one run that a person gets, at once, and whoever
// is told of its end can ask for the next.
func TestAskingDuringAProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		failCall("identify", &domain.Error{Code: domain.CodeOffline, Message: "offline"})(b.remote)
		engine := b.running(t)
		pass(time.Second)
		again := 0
		b.watcher.ended = func() {
			if again++; again == 1 {
				if err := engine.Start(); err != nil {
					t.Errorf("asked at the end of a run: %v", err)
				}
			}
		}
		asked := false
		b.remote.set(func(r *remote) {
			r.fail = func(call string, _ domain.OrgID) error {
				if call == "identify" && !asked {
					asked = true
					if err := engine.Start(); err != nil {
						t.Errorf("asked during a probe: %v", err)
					}
				}
				return nil
			}
		})
		pass(time.Minute)
		if got := b.runs(t); got != 3 {
			t.Errorf("%d runs, want the first and the two that were asked for", got)
		}
	})
}

// TestAskingDoesNotWaitForAProbe that hangs.
func TestAskingDoesNotWaitForAProbe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		failCall("identify", &domain.Error{Code: domain.CodeOffline, Message: "offline"})(b.remote)
		engine := b.running(t)
		pass(time.Second)
		b.remote.set(func(r *remote) { r.delay = time.Hour })
		pass(10 * time.Second)
		b.remote.set(func(r *remote) { r.delay, r.fail = 0, func(string, domain.OrgID) error { return nil } })
		if err := engine.Start(); err != nil {
			t.Fatal(err)
		}
		pass(time.Second)
		if status := engine.Status(); status.Run.State != domain.SyncDone {
			t.Errorf("a second after it was asked for: %+v", status.Run)
		}
	})
}

// TestRateIsThatOfTheFigures: neither the time for the names nor what an earlier
// run had read goes into it.
func TestRateIsThatOfTheFigures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 64)
		b.remote.delay = time.Second
		engine := b.running(t)
		// Who, which, and five rounds of 32 calls: half of it.
		pass(7500 * time.Millisecond)
		engine.Cancel()
		synctest.Wait()
		half := engine.Status().Run.Done
		if err := engine.Start(); err != nil {
			t.Fatal(err)
		}
		pass(time.Minute)
		if done := engine.Status().Run; half < 20 || done.State != domain.SyncDone || done.Done != 64 {
			t.Fatalf("%d were read before, and then %+v", half, done)
		}
		most := 0.0
		for _, status := range b.watcher.statuses {
			most = max(most, status.PerSecond)
			if status.Run.Phase != domain.PhaseFigures && status.PerSecond != 0 {
				t.Errorf("%v a second in phase %s", status.PerSecond, status.Run.Phase)
			}
		}
		// 32 calls a second, four for each organization.
		if most < 6 || most > 8 {
			t.Errorf("told at most %v organizations a second, want 8", most)
		}
	})
}
