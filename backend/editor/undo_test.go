package editor_test

import (
	"errors"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func asError(err error) (*domain.Error, bool) { return errors.AsType[*domain.Error](err) }

func TestUndo(t *testing.T) {
	for _, s := range subjects() {
		t.Run(string(s.field), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 3)
			org := r.organization()
			done, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: s.field, Expected: s.was, Value: s.wanted})
			if err != nil {
				t.Fatal(err)
			}
			undone, err := r.Undo(t.Context(), r.id, done.ActivityID)
			if err != nil || undone.State != domain.EditApplied || s.server(r.server(org)) != s.was || s.cached(r.cached(org)) != s.was {
				t.Fatalf("undo came to %+v, %v", undone, err)
			}
			redone, err := r.Undo(t.Context(), r.id, undone.ActivityID)
			if err != nil || redone.State != domain.EditApplied || s.server(r.server(org)) != s.wanted {
				t.Fatalf("undoing the undo came to %+v, %v", redone, err)
			}
			theirChange(r, s, org)
			conflict, err := r.Undo(t.Context(), r.id, redone.ActivityID)
			if err != nil || conflict.State != domain.EditConflict || conflict.Server != s.theirs || s.server(r.server(org)) != s.theirs {
				t.Fatalf("undoing what somebody else changed came to %+v, %v", conflict, err)
			}
			if history := r.simulator.History(); len(history) != 3 {
				t.Errorf("the server was changed %d times", len(history))
			}
		})
	}
}

func TestWhatCannotBeUndone(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	line := func(change func(*domain.Activity)) int64 {
		a := domain.Activity{
			Account: r.id, Org: org, At: time.Now(), Kind: domain.ActivityOrgRenamed, Source: domain.SourceOrgdeck,
			Before: "Old", After: "Zebra Dental", Result: domain.ResultOK,
		}
		change(&a)
		id, err := r.db.RecordActivity(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	for _, c := range []struct {
		name string
		id   int64
		code domain.Code
	}{
		{"a launch", line(func(a *domain.Activity) { a.Kind = domain.ActivityLaunch }), domain.CodeInvalidInput},
		{"what a sync noticed", line(func(a *domain.Activity) { a.Source = domain.SourceSync }), domain.CodeInvalidInput},
		{"what was refused", line(func(a *domain.Activity) { a.Result = "forbidden" }), domain.CodeInvalidInput},
		{"what was not applied", line(func(a *domain.Activity) { a.Result = string(domain.EditNotApplied) }), domain.CodeInvalidInput},
		{"an unknown switch", line(func(a *domain.Activity) {
			a.Kind, a.Before, a.After = domain.ActivityRemoteAssist, "unknown", "on"
		}), domain.CodeInvalidInput},
		{"a name that was empty", line(func(a *domain.Activity) { a.Before = "" }), domain.CodeInvalidInput},
		{"no line", 1 << 40, domain.CodeNotFound},
		{"a negative line", -1, domain.CodeNotFound},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := r.Undo(t.Context(), r.id, c.id); domain.CodeOf(err) != c.code {
				t.Errorf("came to %v", err)
			}
			if len(r.simulator.History()) != 0 {
				t.Error("something was written")
			}
		})
	}
}

// TestUndoOfAnotherAccount: a line belongs to one account.
func TestUndoOfAnotherAccount(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	done, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "Zebra Group"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Undo(t.Context(), "eu:other", done.ActivityID); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("came to %v", err)
	}
}

// TestUndoToATakenName: meanwhile another organization took the old name.
func TestUndoToATakenName(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	done, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "Zebra Group"})
	if err != nil {
		t.Fatal(err)
	}
	name := "Zebra Dental"
	if _, err := r.simulator.AddOrganization(simulator.OrganizationPatch{Name: &name}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Undo(t.Context(), r.id, done.ActivityID); domain.CodeOf(err) != domain.CodeConflict || r.server(org).Name != "Zebra Group" {
		t.Errorf("came to %v, and the server has %q", err, r.server(org).Name)
	}
}
