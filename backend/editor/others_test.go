package editor_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// TestATenantThatReplacesSettings loses what an edit did not send; that is told
// with the values before, and is in the history.
func TestATenantThatReplacesSettings(t *testing.T) {
	for _, c := range []struct {
		field domain.EditField
		value string
		// lost are the kinds that the history tells of beside the edit; says is in the message.
		lost []domain.ActivityKind
		says []string
	}{
		{
			domain.FieldContactName, "Grace Hopper",
			[]domain.ActivityKind{domain.ActivityContactEmail, domain.ActivityLogo, domain.ActivityRemoteAssist},
			[]string{"the contact's e-mail address changed: it was “ada@acme.example”, and is now empty", "Remote Assist changed: it was off, and is now unknown", "the logo changed: it was there, and is now none"},
		},
		{
			domain.FieldContactEmail, "grace@acme.example",
			[]domain.ActivityKind{domain.ActivityContactName, domain.ActivityLogo, domain.ActivityRemoteAssist},
			[]string{"the contact's name changed: it was “Ada Byron”, and is now empty"},
		},
		{
			domain.FieldRemoteAssist, "on",
			[]domain.ActivityKind{domain.ActivityContactEmail, domain.ActivityContactName, domain.ActivityLogo},
			[]string{"“Ada Byron”", "“ada@acme.example”"},
		},
		{domain.FieldName, "Another Name", nil, nil},
		{domain.FieldUserCap, "75", nil, nil},
	} {
		t.Run(string(c.field), func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 3)
			org := r.withLogo(picture(t, "png", navy))
			r.behave(simulator.Behaviour{ReplaceSettings: true})
			s := subjectOf(c.field)
			outcome, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: c.field, Expected: s.was, Value: c.value})
			if err != nil || outcome.State != domain.EditApplied || outcome.Others != (c.lost != nil) || outcome.Others != (outcome.Hint != "") {
				t.Fatalf("came to %+v, %v", outcome, err)
			}
			for _, words := range c.says {
				if !strings.Contains(outcome.Message, words) {
					t.Errorf("the person is told %q, without %q", outcome.Message, words)
				}
			}
			if got := r.noticed(org); !slices.Equal(got, c.lost) {
				t.Errorf("the history notices %v", got)
			}
			if cached := r.cached(org); cached.Details.ContactEmail != r.server(org).ContactEmail || cached.Details.ContactName != r.server(org).ContactName {
				t.Errorf("the cache has %+v", cached.Details)
			}
		})
	}
}

// TestALogoWhoseTenantReplacesSettings is told the same way.
func TestALogoWhoseTenantReplacesSettings(t *testing.T) {
	r := newRig(t, 3)
	was := picture(t, "png", navy)
	org := r.withLogo(was)
	r.behave(simulator.Behaviour{ReplaceSettings: true})
	outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(picture(t, "png", orange)), Expected: hashOf(t, was)})
	if err != nil || outcome.State != domain.EditApplied || !outcome.Others || !strings.Contains(outcome.Message, "“Ada Byron”") {
		t.Errorf("came to %+v, %v", outcome, err)
	}
	want := []domain.ActivityKind{domain.ActivityContactEmail, domain.ActivityContactName, domain.ActivityRemoteAssist}
	if got := r.noticed(org); !slices.Equal(got, want) {
		t.Errorf("the history notices %v", got)
	}
}

// TestAnotherValueThatSomebodyChanged with a rename is told as well.
func TestAnotherValueThatSomebodyChanged(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	most := 12
	r.wire.afterWrite = func() {
		if err := r.simulator.PatchOrganization(string(org), simulator.OrganizationPatch{MaxSystemUsers: &most}); err != nil {
			t.Error(err)
		}
	}
	outcome, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "Zebra"})
	if err != nil || !outcome.Others || !strings.Contains(outcome.Message, "the user cap changed: it was 50, and is now 12") {
		t.Errorf("came to %+v, %v", outcome, err)
	}
	if got := r.noticed(org); !slices.Equal(got, []domain.ActivityKind{domain.ActivityUserCap}) {
		t.Errorf("the history notices %v", got)
	}
}

// TestADeletionFoundByAnEdit is in the history: the next sync finds it known.
func TestADeletionFoundByAnEdit(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	pending := true
	if err := r.simulator.PatchOrganization(string(org), simulator.OrganizationPatch{PendingDelete: &pending}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldContactName, Expected: "Ada Byron", Value: "Grace"}); err != nil {
		t.Fatal(err)
	}
	if got := r.noticed(org); !slices.Equal(got, []domain.ActivityKind{domain.ActivityPendingDelete}) {
		t.Errorf("the history notices %v", got)
	}
}

// TestTakingTheCapAway says what JumpCloud was told, because what 0 means to it
// is an inference.
func TestTakingTheCapAway(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	outcome, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldUserCap, Expected: "50", Value: ""})
	if err != nil || outcome.State != domain.EditApplied || !strings.Contains(outcome.Message, "which Orgdeck reads as no cap") {
		t.Errorf("came to %+v, %v", outcome, err)
	}
}

func subjectOf(field domain.EditField) subject {
	all := subjects()
	return all[slices.IndexFunc(all, func(s subject) bool { return s.field == field })]
}

// noticed gives the kinds of the lines that tell of what nobody here did, sorted.
func (r *rig) noticed(org domain.OrgID) []domain.ActivityKind {
	r.t.Helper()
	lines, err := r.db.Activities(r.t.Context(), r.id, domain.ActivityFilter{Org: org})
	if err != nil {
		r.t.Fatal(err)
	}
	var kinds []domain.ActivityKind
	for _, line := range lines {
		if line.Source == domain.SourceSync {
			kinds = append(kinds, line.Kind)
		}
	}
	slices.Sort(kinds)
	return kinds
}
