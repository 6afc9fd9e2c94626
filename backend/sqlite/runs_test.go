package sqlite

import (
	"context"
	"reflect"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestRuns(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	if _, ok, err := db.LastRun(ctx, acme.ID); ok || err != nil {
		t.Errorf("last run of a new account: %v, %v", ok, err)
	}
	run := domain.SyncRun{Account: acme.ID, StartedAt: first, State: domain.SyncRunning, Phase: domain.PhaseProvider}
	id, err := db.StartRun(ctx, run)
	must(t, err)
	run.ID, run.FinishedAt, run.State, run.Phase = id, second, domain.SyncPartial, domain.PhaseFinished
	run.Organizations, run.Done, run.Failed, run.Changed, run.Added, run.Gone, run.ListingComplete = 7, 6, 5, 4, 3, 2, true
	run.Problem = &domain.Error{
		Code: domain.CodeRateLimited, Message: "Slow down.", Hint: "Wait.", Retryable: true, RetryAfter: 90 * time.Second,
	}
	must(t, db.SaveRun(ctx, run))
	got, ok, err := db.LastRun(ctx, acme.ID)
	must(t, err)
	if !ok || !reflect.DeepEqual(got, run) {
		t.Errorf("run is %+v, want %+v", got, run)
	}
	if a, err := db.Account(ctx, acme.ID); err != nil || !a.LastSyncAt.IsZero() {
		t.Errorf("a partial run counts as complete: %v, %v", a.LastSyncAt, err)
	}
	run.State, run.Problem = domain.SyncDone, nil
	must(t, db.SaveRun(ctx, run))
	if a, err := db.Account(ctx, acme.ID); err != nil || !a.LastSyncAt.Equal(second) {
		t.Errorf("last complete synchronisation is %v, %v; want %v", a.LastSyncAt, err, second)
	}
	run.ID = 999
	wantCode(t, db.SaveRun(ctx, run), domain.CodeNotFound)
}

func TestInterruptRuns(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	done := domain.SyncRun{Account: acme.ID, StartedAt: first, FinishedAt: second, State: domain.SyncDone, Phase: domain.PhaseFinished}
	_, err := db.StartRun(ctx, done)
	must(t, err)
	_, err = db.StartRun(ctx, domain.SyncRun{Account: acme.ID, StartedAt: second, State: domain.SyncRunning, Phase: domain.PhaseListing})
	must(t, err)
	must(t, db.InterruptRuns(ctx))
	runs, err := db.Runs(ctx, acme.ID, 10)
	must(t, err)
	if len(runs) != 2 || runs[0].State != domain.SyncInterrupted || !runs[0].FinishedAt.Equal(start) || runs[1].State != domain.SyncDone {
		t.Errorf("runs are %+v", runs)
	}
}

func TestOldRunsAreDropped(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	var last int64
	for range keptRuns + 10 {
		id, err := db.StartRun(ctx, domain.SyncRun{Account: acme.ID, StartedAt: first, FinishedAt: first, State: domain.SyncDone, Phase: domain.PhaseFinished})
		must(t, err)
		last = id
	}
	runs, err := db.Runs(ctx, acme.ID, 1000)
	must(t, err)
	if len(runs) != keptRuns || runs[0].ID != last {
		t.Errorf("%d runs, newest %d; want %d, %d", len(runs), runs[0].ID, keptRuns, last)
	}
}

func TestActivities(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	for n := range 5 {
		must(t, db.AppendActivity(ctx,
			domain.Activity{Account: acme.ID, Org: orgID(n % 2), At: first, Kind: domain.ActivityLaunch, Source: domain.SourceOrgdeck, Actor: "kim", Result: "ok"},
			domain.Activity{Account: acme.ID, At: second, Kind: domain.ActivityOrgRenamed, Source: domain.SourceSync, Before: "a", After: "b"},
		))
	}
	tests := []struct {
		name   string
		filter domain.ActivityFilter
		want   []int64
	}{
		{"all", domain.ActivityFilter{}, []int64{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}},
		{"first page", domain.ActivityFilter{Limit: 2}, []int64{10, 9}},
		{"next page", domain.ActivityFilter{Limit: 2, Before: 9}, []int64{8, 7}},
		{"one organization", domain.ActivityFilter{Org: orgID(1)}, []int64{7, 3}},
		{"one organization, older", domain.ActivityFilter{Org: orgID(1), Before: 7}, []int64{3}},
		{"none", domain.ActivityFilter{Org: "x"}, []int64{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := db.Activities(ctx, acme.ID, test.filter)
			must(t, err)
			ids := []int64{}
			for _, a := range got {
				ids = append(ids, a.ID)
			}
			if !reflect.DeepEqual(ids, test.want) {
				t.Errorf("lines %v, want %v", ids, test.want)
			}
		})
	}
	got, err := db.Activities(ctx, acme.ID, domain.ActivityFilter{Limit: 1})
	must(t, err)
	want := domain.Activity{ID: 10, Account: acme.ID, At: second, Kind: domain.ActivityOrgRenamed, Source: domain.SourceSync, Before: "a", After: "b"}
	if got[0] != want {
		t.Errorf("line is %+v, want %+v", got[0], want)
	}
	must(t, db.AppendActivity(ctx))
}
