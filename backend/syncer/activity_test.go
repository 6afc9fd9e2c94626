package syncer_test

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestChangedUsersAreNoticedOnce: the first reading is no change, an equal one
// is none either, and a change is one line an organization.
func TestChangedUsersAreNoticedOnce(t *testing.T) {
	b := newBench(t, 3)
	lines := func() []domain.Activity {
		found, err := b.db.Activities(t.Context(), b.account.ID, domain.ActivityFilter{})
		if err != nil {
			t.Fatal(err)
		}
		var users []domain.Activity
		for _, line := range found {
			if line.Kind == domain.ActivityUsersChanged {
				users = append(users, line)
			}
		}
		return users
	}
	b.sync(t)
	b.sync(t)
	if found := lines(); len(found) != 0 {
		t.Errorf("nothing changed, and the history tells %+v", found)
	}
	b.remote.set(func(r *remote) { r.counts[domain.FigureUsers], r.counts[domain.FigureDevices] = 11, 99 })
	b.sync(t)
	found := lines()
	if len(found) != 3 {
		t.Fatalf("the history tells %+v", found)
	}
	for _, line := range found {
		if line.Before != "12" || line.After != "11" || line.Source != domain.SourceSync || line.Actor != "" || line.Org == "" || line.Result != "ok" {
			t.Errorf("the line is %+v", line)
		}
	}
	usage, err := b.db.OrganizationUsage(t.Context(), b.account.ID, orgID(0))
	if err != nil || len(usage.Marks) != 1 || usage.Marks[0].Users != 12 || usage.Organization.Users.Value != 11 {
		t.Errorf("the month's highest number is %+v, %v", usage.Marks, err)
	}
	// A refusal tells of no number.
	b.remote.set(func(r *remote) {
		r.fail = func(call string, _ domain.OrgID) error {
			if call == string(domain.FigureUsers) {
				return &domain.Error{Code: domain.CodeForbidden, Message: "no"}
			}
			return nil
		}
	})
	b.sync(t)
	if again := lines(); len(again) != 3 {
		t.Errorf("after a refusal the history tells %+v", again)
	}
}

// TestARequestedDeletionIsFollowed: a line when support was asked, and one when
// it is not asked any more; none for what was so at the first look.
func TestARequestedDeletionIsFollowed(t *testing.T) {
	b := newBench(t, 2)
	told := func() []string {
		found, err := b.db.Activities(t.Context(), b.account.ID, domain.ActivityFilter{Org: orgID(0)})
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, line := range found {
			if line.Kind == domain.ActivityPendingDelete {
				lines = append(lines, string(line.Source)+": "+line.Before+" > "+line.After)
			}
		}
		return lines
	}
	for _, step := range []struct {
		pending bool
		want    []string
	}{
		{true, nil}, {true, nil},
		{false, []string{"sync: requested > not requested"}},
		{true, []string{"sync: not requested > requested", "sync: requested > not requested"}},
	} {
		b.remote.set(func(r *remote) { r.details.PendingDelete = step.pending })
		b.sync(t)
		if got := told(); !slices.Equal(got, step.want) {
			t.Fatalf("the history tells %q, want %q", got, step.want)
		}
	}
}

// TestAdditionsByOthersInTheFirstSession: only the first sight of a provider is
// no news; what comes while the program still runs is.
func TestAdditionsByOthersInTheFirstSession(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 3)
		// That something always fails must not make every run the first.
		failOrg(orgID(1), &domain.Error{Code: domain.CodeServer, Message: "500"})(b.remote)
		b.running(t)
		pass(time.Minute)
		added := func() []domain.Activity {
			found, err := b.db.Activities(t.Context(), b.account.ID, domain.ActivityFilter{})
			if err != nil {
				t.Fatal(err)
			}
			return slices.DeleteFunc(found, func(a domain.Activity) bool { return a.Kind != domain.ActivityOrgAdded })
		}
		if found := added(); len(found) != 0 {
			t.Fatalf("at first sight the history tells %+v", found)
		}
		b.remote.set(func(r *remote) { r.orgs = append(r.orgs, domain.Listed{ID: orgID(3), Name: "Newcomer"}) })
		pass(15 * time.Minute)
		if found := added(); len(found) != 1 || found[0].After != "Newcomer" {
			t.Errorf("the history tells %+v", found)
		}
		b.remote.set(func(r *remote) { r.orgs = append(r.orgs, domain.Listed{ID: orgID(4), Name: "Another"}) })
		for len(b.watcher.finished) > 0 {
			<-b.watcher.finished
		}
		b.sync(t)
		if found := added(); len(found) != 2 {
			t.Errorf("after a restart the history tells %+v", found)
		}
	})
}
