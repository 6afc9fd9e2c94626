package syncer_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestSyncReadsEverything(t *testing.T) {
	for _, count := range []int{0, 1, 9, 10, 100, 101, 1000} {
		b := newBench(t, count)
		status := b.sync(t)
		if status.Run.State != domain.SyncDone || status.Run.Organizations != count || status.Run.Done != count || status.Run.Failed != 0 {
			t.Fatalf("%d organizations: ended as %+v", count, status.Run)
		}
		cached := b.cached(t)
		if len(cached) != count {
			t.Fatalf("%d organizations: %d are cached", count, len(cached))
		}
		for id, o := range cached {
			if o.Users.Value != 12 || o.Devices.Value != 15 || o.Applications.Value != 3 || o.Details.RemoteAssist != domain.RemoteAssistOn {
				t.Fatalf("%s is cached as %+v", id, o)
			}
			if shown := b.watcher.rows[id]; shown.Users != o.Users || shown.Name != o.Name {
				t.Fatalf("%s is shown as %+v, cached as %+v", id, shown, o)
			}
		}
		account, err := b.db.Account(t.Context(), b.account.ID)
		if err != nil || account.LastSyncAt.IsZero() || account.RoleName != domain.RoleAdministratorWithBilling {
			t.Fatalf("the account is %+v, %v", account, err)
		}
	}
}

func TestNamesAreShownBeforeFigures(t *testing.T) {
	b := newBench(t, 250)
	b.remote.fail = func(call string, org domain.OrgID) error {
		if org != "" && len(b.watcher.rows) < 250 {
			t.Errorf("%s of %s was read while %d names were shown", call, org, len(b.watcher.rows))
		}
		return nil
	}
	b.sync(t)
}

func TestVisibleOrganizationsAreReadFirst(t *testing.T) {
	b := newBench(t, 500)
	visible := []domain.OrgID{orgID(490), orgID(491)}
	ctx, cancel := context.WithCancel(t.Context())
	engine, ended := b.engine(t), make(chan struct{})
	engine.SetVisible(visible)
	go func() { defer close(ended); engine.Run(ctx) }()
	<-b.watcher.finished
	cancel()
	<-ended
	// Two organizations have eight calls; twenty-four workers may start others beside them.
	for i, org := range b.remote.order[:8] {
		if org == visible[0] || org == visible[1] {
			return
		}
		t.Logf("call %d read %s", i, org)
	}
	t.Error("none of the first eight calls read an organization on screen")
}

func TestEndings(t *testing.T) {
	failure := func(code domain.Code) *domain.Error {
		return &domain.Error{Code: code, Message: "test " + string(code)}
	}
	cases := []struct {
		name    string
		set     func(*remote)
		state   domain.SyncState
		code    domain.Code
		failed  int
		online  bool
		refused int
	}{
		{"key refused at once", failCall("identify", failure(domain.CodeUnauthorized)), domain.SyncFailed, domain.CodeUnauthorized, 0, true, 1},
		{"key refused in the middle", failOrg(orgID(5), failure(domain.CodeUnauthorized)), domain.SyncPartial, domain.CodeUnauthorized, 1, true, 1},
		{"offline at once", failCall("identify", failure(domain.CodeOffline)), domain.SyncFailed, domain.CodeOffline, 0, false, 0},
		{"a key of another provider", func(r *remote) { r.identity.ProviderID = "5c3536e9e0a6840001872700" }, domain.SyncFailed, domain.CodeUnauthorized, 0, true, 1},
		{"the provider is not told", func(r *remote) { r.identity.ProviderID = "" }, domain.SyncDone, "", 0, true, 0},
		{"no access to one organization", failOrg(orgID(5), failure(domain.CodeForbidden)), domain.SyncDone, "", 0, true, 0},
		{"one organization vanished", failOrg(orgID(5), failure(domain.CodeNotFound)), domain.SyncPartial, domain.CodeNotFound, 1, true, 0},
		{"the server fails for one", failOrg(orgID(5), failure(domain.CodeServer)), domain.SyncPartial, domain.CodeServer, 1, true, 0},
		{"no answer for one", failOne(string(domain.FigureUsers), orgID(5), failure(domain.CodeOffline)), domain.SyncPartial, domain.CodeOffline, 1, true, 0},
		{"rate limit beyond patience", failOrg(orgID(5), failure(domain.CodeRateLimited)), domain.SyncPartial, domain.CodeRateLimited, 1, true, 0},
		{"one listing is forbidden", failCall("logos", failure(domain.CodeForbidden)), domain.SyncPartial, domain.CodeForbidden, 0, true, 0},
		{"one listing is broken", failCall("names", failure(domain.CodeProtocol)), domain.SyncPartial, domain.CodeProtocol, 0, true, 0},
		{"both listings are forbidden", failCalls(failure(domain.CodeForbidden), "names", "logos"), domain.SyncFailed, domain.CodeForbidden, 0, true, 0},
		{"the provider is forbidden", failCall("provider", failure(domain.CodeForbidden)), domain.SyncDone, "", 0, true, 0},
		{"totalCount lies", func(r *remote) { r.lie = 7 }, domain.SyncPartial, domain.CodePartialListing, 0, true, 0},
		{"a defect", func(r *remote) { r.fail = func(string, domain.OrgID) error { panic("defect") } }, domain.SyncFailed, domain.CodeInternal, 0, true, 0},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			b := newBench(t, 20)
			b.sync(t)
			b.remote.set(c.set)
			status := b.sync(t)
			if status.Run.State != c.state || domain.CodeOf(problem(status)) != c.code || status.Run.Failed != c.failed {
				t.Errorf("ended as %s with %v and %d failed; want %s, %q, %d",
					status.Run.State, status.Run.Problem, status.Run.Failed, c.state, c.code, c.failed)
			}
			if status.Online != c.online || b.watcher.refused != c.refused {
				t.Errorf("online %v, refused %d; want %v, %d", status.Online, b.watcher.refused, c.online, c.refused)
			}
			for id, o := range b.cached(t) {
				if o.GoneAt != nil || o.Users.Value != 12 {
					t.Errorf("%s lost what was known: %+v", id, o)
				}
			}
		})
	}
}

func problem(s domain.SyncStatus) error {
	if s.Run.Problem == nil {
		return nil
	}
	return s.Run.Problem
}

func failCall(name string, err error) func(*remote) { return failCalls(err, name) }

func failCalls(err error, names ...string) func(*remote) {
	return func(r *remote) {
		r.fail = func(call string, _ domain.OrgID) error {
			for _, name := range names {
				if call == name {
					return err
				}
			}
			return nil
		}
	}
}

func failOne(name string, id domain.OrgID, err error) func(*remote) {
	return func(r *remote) {
		r.fail = func(call string, org domain.OrgID) error {
			if call == name && org == id {
				return err
			}
			return nil
		}
	}
}

func failOrg(id domain.OrgID, err error) func(*remote) {
	return func(r *remote) {
		r.fail = func(_ string, org domain.OrgID) error {
			if org == id {
				return err
			}
			return nil
		}
	}
}

func TestOnlyACompleteListingMarksAsGone(t *testing.T) {
	b := newBench(t, 120)
	b.sync(t)
	lost := orgID(7)
	b.remote.set(func(r *remote) { r.orgs = append(r.orgs[:7:7], r.orgs[8:]...); r.lie = 1 })
	if status := b.sync(t); status.Run.Gone != 0 || b.cached(t)[lost].GoneAt != nil {
		t.Fatalf("an incomplete listing marked %d as gone", status.Run.Gone)
	}
	b.remote.set(func(r *remote) { r.lie = 0 })
	if status := b.sync(t); status.Run.Gone != 1 || b.cached(t)[lost].GoneAt == nil {
		t.Fatalf("a complete listing marked %d as gone", status.Run.Gone)
	}
	b.remote.set(func(r *remote) { r.orgs = append(r.orgs, domain.Listed{ID: lost, Name: "Customer 0007"}) })
	if status := b.sync(t); status.Run.Gone != 0 || b.cached(t)[lost].GoneAt != nil {
		t.Fatalf("a listed organization stayed gone")
	}
	lines, err := b.db.Activities(t.Context(), b.account.ID, domain.ActivityFilter{Org: lost})
	if err != nil || len(lines) != 2 || lines[0].Kind != domain.ActivityOrgBack || lines[1].Kind != domain.ActivityOrgGone {
		t.Errorf("the history tells %+v, %v", lines, err)
	}
}

func TestLaggingListingTakesNothingAway(t *testing.T) {
	b := newBench(t, 20)
	capped, url := 40, "https://cdn.example/logo.png"
	b.remote.set(func(r *remote) {
		r.orgs[3].MaxSystemUsers, r.orgs[3].LogoURL, r.logo = &capped, &url, []byte("picture")
	})
	b.sync(t)
	b.remote.set(func(r *remote) { r.unlisted[orgID(3)] = true })
	status := b.sync(t)
	o := b.cached(t)[orgID(3)]
	if o.MaxSystemUsers == nil || *o.MaxSystemUsers != capped || o.LogoHash == "" || o.GoneAt != nil || status.Run.ListingComplete {
		t.Errorf("after a lagging listing: %+v, run %+v", o, status.Run)
	}
}

func TestLogosAreFetchedOncePerAddress(t *testing.T) {
	b := newBench(t, 3)
	one, two := "https://cdn.example/1.png", "https://cdn.example/2.png"
	b.remote.set(func(r *remote) { r.orgs[0].LogoURL, r.orgs[1].LogoURL, r.logo = &one, &one, []byte("picture") })
	b.sync(t)
	b.sync(t)
	if b.remote.calls["logo"] != 2 || b.cached(t)[orgID(0)].LogoHash == "" {
		t.Fatalf("%d logo calls after two runs over two logos", b.remote.calls["logo"])
	}
	b.remote.set(func(r *remote) { r.orgs[0].LogoURL, r.logo = &two, nil })
	b.sync(t)
	b.sync(t)
	if b.remote.calls["logo"] != 3 {
		t.Errorf("an unusable picture was asked for %d times", b.remote.calls["logo"]-2)
	}
	b.remote.set(func(r *remote) { r.orgs[0].LogoURL, r.orgs[1].LogoURL = nil, nil })
	b.sync(t)
	if o := b.cached(t)[orgID(1)]; o.LogoHash != "" || o.LogoURL != "" {
		t.Errorf("a logo taken away is still shown: %+v", o)
	}
}

func TestCanceledRunIsTakenUpAgain(t *testing.T) {
	b := newBench(t, 300)
	b.remote.delay = time.Millisecond
	ctx, cancel := context.WithCancel(t.Context())
	engine, ended := b.engine(t), make(chan struct{})
	b.remote.fail = func(call string, _ domain.OrgID) error {
		if call == "details" && b.remote.calls["details"] == 150 {
			engine.Cancel()
		}
		return nil
	}
	go func() { defer close(ended); engine.Run(ctx) }()
	status := <-b.watcher.finished
	if status.Run.State != domain.SyncCanceled || status.Run.Done == 0 || status.Run.Problem != nil {
		t.Fatalf("a canceled run ended as %+v", status.Run)
	}
	cancel()
	<-ended
	before := b.remote.calls["details"]
	if status := b.sync(t); status.Run.State != domain.SyncDone || status.Run.Done != 300 {
		t.Fatalf("the next run ended as %+v", status.Run)
	}
	if again := b.remote.calls["details"] - before; again > 300-100 {
		t.Errorf("%d of 300 details were read again", again)
	}
}

// TestBrokenOffRunIsTakenUpAgain: what was read before the network went is not
// read anew when it is back.
func TestBrokenOffRunIsTakenUpAgain(t *testing.T) {
	for _, code := range []domain.Code{domain.CodeOffline, domain.CodeRateLimited, domain.CodeServer} {
		b := newBench(t, 300)
		b.remote.fail = func(_ string, org domain.OrgID) error {
			if org != "" && b.remote.calls["details"] >= 150 {
				return &domain.Error{Code: code, Message: "gone"}
			}
			return nil
		}
		status := b.sync(t)
		if status.Run.State != domain.SyncPartial || status.Run.Done == 0 || status.Run.Done+status.Run.Failed >= 300 {
			t.Fatalf("%s: the run ended as %+v", code, status.Run)
		}
		before := b.remote.calls["details"]
		b.remote.set(func(r *remote) { r.fail = func(string, domain.OrgID) error { return nil } })
		if status := b.sync(t); status.Run.State != domain.SyncDone || status.Run.Done != 300 {
			t.Fatalf("%s: the next run ended as %+v", code, status.Run)
		}
		if again := b.remote.calls["details"] - before; again > 300-100 {
			t.Errorf("%s: %d of 300 details were read again", code, again)
		}
	}
}

// TestWholeRunsAreNotTakenUpAgain: where some organizations failed, a person who
// asks again wants all of it anew.
func TestWholeRunsAreNotTakenUpAgain(t *testing.T) {
	b := newBench(t, 30)
	failOrg(orgID(5), &domain.Error{Code: domain.CodeServer, Message: "500"})(b.remote)
	b.sync(t)
	b.remote.set(func(r *remote) { r.counts[domain.FigureUsers] = 99 })
	b.sync(t)
	if o := b.cached(t)[orgID(7)]; o.Users.Value != 99 {
		t.Errorf("nothing was read anew: %+v", o.Users)
	}
}

// TestCrashedRunIsTakenUpAgain: a program that was killed leaves a run that is
// "running"; the next start closes it and reads only what that run had not.
func TestCrashedRunIsTakenUpAgain(t *testing.T) {
	const count = 40
	b := newBench(t, count)
	b.sync(t)
	crashed := domain.SyncRun{Account: b.account.ID, StartedAt: time.Now(), State: domain.SyncRunning, Phase: domain.PhaseFigures, Organizations: count}
	if _, err := b.db.StartRun(t.Context(), crashed); err != nil {
		t.Fatal(err)
	}
	var updates []domain.OrgUpdate
	for i := range count / 2 {
		now := time.Now()
		update := domain.OrgUpdate{ID: orgID(i), At: now, Details: &domain.Details{RemoteAssist: domain.RemoteAssistOn}, Figures: map[domain.FigureKind]domain.Figure{}}
		for _, kind := range domain.FigureKinds() {
			update.Figures[kind] = domain.KnownFigure(7, now)
		}
		updates = append(updates, update)
	}
	if _, err := b.db.ApplyUpdates(t.Context(), b.account.ID, updates); err != nil {
		t.Fatal(err)
	}
	if err := b.db.InterruptRuns(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := maps.Clone(b.remote.calls)
	status := b.sync(t)
	if status.Run.State != domain.SyncDone || status.Run.Done != count {
		t.Errorf("the next run ended as %+v", status.Run)
	}
	for _, call := range []string{"details", "users", "devices", "applications"} {
		if again := b.remote.calls[call] - before[call]; again != count/2 {
			t.Errorf("%s was read %d times, want %d", call, again, count/2)
		}
	}
	if cached := b.cached(t); cached[orgID(0)].Users.Value != 7 || cached[orgID(count-1)].Users.Value != 12 {
		t.Errorf("cached are %+v and %+v", cached[orgID(0)].Users, cached[orgID(count-1)].Users)
	}
}

func TestEndOfProgramInterrupts(t *testing.T) {
	b := newBench(t, 50)
	ctx, cancel := context.WithCancel(t.Context())
	b.remote.fail = func(call string, _ domain.OrgID) error {
		if call == "details" {
			cancel()
		}
		return nil
	}
	b.engine(t).Run(ctx)
	run, _, err := b.db.LastRun(t.Context(), b.account.ID)
	if err != nil || run.State != domain.SyncInterrupted {
		t.Errorf("the run was recorded as %+v, %v", run, err)
	}
}

func TestRepeatedFailureStopsTheRun(t *testing.T) {
	b := newBench(t, 900)
	b.remote.fail = func(_ string, org domain.OrgID) error {
		if org != "" {
			return &domain.Error{Code: domain.CodeOffline, Message: "offline"}
		}
		return nil
	}
	status := b.sync(t)
	if status.Online || status.Run.State != domain.SyncPartial || len(b.remote.order) > 100 {
		t.Errorf("after %d failing calls: online %v, %s", len(b.remote.order), status.Online, status.Run.State)
	}
}

func TestOneRunAtATime(t *testing.T) {
	b := newBench(t, 5)
	ctx, cancel := context.WithCancel(t.Context())
	engine, ended := b.engine(t), make(chan struct{})
	var second error
	b.remote.fail = func(call string, _ domain.OrgID) error {
		if call == "provider" && second == nil {
			second = engine.Start()
		}
		return nil
	}
	go func() { defer close(ended); engine.Run(ctx) }()
	<-b.watcher.finished
	if !errors.Is(second, &domain.Error{Code: domain.CodeBusy}) {
		t.Errorf("a second run was answered with %v", second)
	}
	cancel()
	<-ended
}

func TestFailureAfterACompleteRunDoesNotMakeItFresh(t *testing.T) {
	b := newBench(t, 30)
	b.sync(t)
	failCall("identify", &domain.Error{Code: domain.CodeOffline, Message: "offline"})(b.remote)
	b.sync(t)
	b.remote.set(func(r *remote) {
		r.fail = func(string, domain.OrgID) error { return nil }
		r.counts[domain.FigureUsers] = 99
	})
	b.sync(t)
	if o := b.cached(t)[orgID(7)]; o.Users.Value != 99 {
		t.Errorf("after an outage nothing was read anew: %+v", o.Users)
	}
}
