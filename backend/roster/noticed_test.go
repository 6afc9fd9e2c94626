package roster_test

import (
	"context"
	"net/http"
	"slices"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/roster"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

const administratorsPath = "/api/v2/providers/*/administrators"

// TestASyncNoticesAdministrators: what it reads first is no news; who comes and
// goes later is; and a key that may not read it is no failure.
func TestASyncNoticesAdministrators(t *testing.T) {
	r := newRig(t, 3)
	sync := func() error { return r.RefreshAdministrators(t.Context(), r.id) }
	if err := sync(); err != nil || len(r.history(t)) != 0 {
		t.Fatalf("at first sight it came to %v, %q", err, r.history(t))
	}
	who := r.person(t, "kim@other.example", "Help Desk", 0)
	if err := sync(); err != nil {
		t.Fatal(err)
	}
	if err := r.simulator.DeleteAdministrator(string(who)); err != nil {
		t.Fatal(err)
	}
	r.fault(t, simulator.Fault{Path: administratorsPath, Kind: simulator.FaultStatus, Status: http.StatusForbidden, Times: 1})
	if err := sync(); err != nil {
		t.Errorf("without the right it came to %v", err)
	}
	r.fault(t, simulator.Fault{Path: administratorsPath, Kind: simulator.FaultStatus, Status: http.StatusBadRequest, Times: 1})
	if err := sync(); domain.CodeOf(err) != domain.CodeRejected {
		t.Errorf("refused, it came to %v", err)
	}
	if err := sync(); err != nil {
		t.Fatal(err)
	}
	want := []string{"administrator_added sync >kim@other.example ok", "administrator_removed sync kim@other.example> ok"}
	if told := r.history(t); !slices.Equal(told, want) {
		t.Errorf("the history tells %q", told)
	}
	lines, err := r.db.Activities(t.Context(), r.id, domain.ActivityFilter{})
	if err != nil || lines[0].Actor != "" {
		t.Errorf("told to be done by %q, %v", lines[0].Actor, err)
	}
}

// slow is a remote in which something happens while administrators are read.
type slow struct {
	roster.Remote
	meanwhile func()
}

func (s *slow) Administrators(ctx context.Context, providerID string) ([]domain.Administrator, error) {
	list, err := s.Remote.Administrators(ctx, providerID)
	if meanwhile := s.meanwhile; meanwhile != nil {
		s.meanwhile = nil
		meanwhile()
	}
	return list, err
}

// TestASyncDuringAnAct does not take what this program does for somebody else's
// doing, nor bring back whom it deleted.
func TestASyncDuringAnAct(t *testing.T) {
	r := newRig(t, 3)
	who := r.person(t, "kim@other.example", "Help Desk", 0)
	remote := &slow{Remote: r.accounts.remote}
	r.accounts.remote = remote
	if err := r.RefreshAdministrators(t.Context(), r.id); err != nil {
		t.Fatal(err)
	}
	remote.meanwhile = func() {
		if outcome, err := r.Delete(t.Context(), r.id, who, "kim@other.example"); err != nil || outcome.State != domain.ActApplied {
			t.Errorf("deleting came to %+v, %v", outcome, err)
		}
	}
	if err := r.RefreshAdministrators(t.Context(), r.id); err != nil {
		t.Fatal(err)
	}
	want := []string{"administrator_removed orgdeck kim@other.example> ok"}
	if told := r.history(t); !slices.Equal(told, want) {
		t.Errorf("the history tells %q", told)
	}
	known, err := r.Provider(t.Context(), r.id)
	if err != nil || slices.ContainsFunc(known.Administrators, func(a domain.Administrator) bool { return a.ID == who }) {
		t.Errorf("the deleted administrator is back, %v", err)
	}
}
