package editor_test

import (
	"context"
	"iter"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// TestRoles: role by role, what is allowed is done, and what is not is
// explained, with who can grant it.
func TestRoles(t *testing.T) {
	everything := map[domain.EditField]bool{}
	for _, field := range domain.EditFields() {
		everything[field] = true
	}
	allowed := map[string]map[domain.EditField]bool{
		"Administrator With Billing": everything,
		"Administrator": {
			domain.FieldName: true, domain.FieldRemoteAssist: true, domain.FieldContactName: true, domain.FieldContactEmail: true,
		},
		"Manager":   {domain.FieldRemoteAssist: true},
		"Help Desk": {}, "Billing Only": {}, "Read Only": {}, "Command Runner": {}, "Command Runner With Billing": {},
	}
	for _, role := range simulator.Roles() {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 3)
			org := r.organization()
			if err := r.simulator.SetRole(role, 100); err != nil {
				t.Fatal(err)
			}
			r.accounts.account.RoleName = role
			for _, s := range subjects() {
				outcome, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: s.field, Expected: s.was, Value: s.wanted})
				server := s.server(r.server(org))
				if allowed[role][s.field] {
					if err != nil || outcome.State != domain.EditApplied || server != s.wanted {
						t.Errorf("%s came to %+v, %v", s.field, outcome, err)
					}
					continue
				}
				if domain.CodeOf(err) != domain.CodeForbidden || server != s.was {
					t.Errorf("%s came to %v, and the server has %q", s.field, err, server)
					continue
				}
				if hint := hintOf(err); !strings.Contains(hint, "Administrator With Billing") || !strings.Contains(hint, role) {
					t.Errorf("%s is explained with %q", s.field, hint)
				}
			}
			outcome, err := r.Add(t.Context(), r.id, "Added By Role", "")
			if may := role == "Administrator With Billing"; may != (err == nil && outcome.State == domain.AddDone) {
				t.Errorf("adding came to %+v, %v", outcome, err)
			} else if !may && (domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(err.Error(), role)) {
				t.Errorf("adding is explained with %v", err)
			}
		})
	}
}

func hintOf(err error) string {
	known, ok := asError(err)
	if !ok {
		return ""
	}
	return known.Hint
}

// TestBillingRoleRefusedByTheTenant: nobody can grant what the role has already.
func TestBillingRoleRefusedByTheTenant(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	r.behave(simulator.Behaviour{RemoteAssistWrites: simulator.Refuse})
	_, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldRemoteAssist, Expected: "off", Value: "on"})
	if domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(hintOf(err), "console") {
		t.Errorf("is explained with %v, %q", err, hintOf(err))
	}
}

func TestInputIsCheckedBeforeAnythingIsSent(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	other := r.simulator.OrganizationIDs()[1]
	taken := r.server(domain.OrgID(other)).Name
	for _, c := range []struct {
		name  string
		field domain.EditField
		value string
		code  domain.Code
	}{
		{"empty name", domain.FieldName, " \t ", domain.CodeInvalidInput},
		{"long name", domain.FieldName, strings.Repeat("ä", 256), domain.CodeInvalidInput},
		{"line break", domain.FieldName, "Two\nlines", domain.CodeInvalidInput},
		{"right to left override", domain.FieldName, "Acme \u202egpj.exe", domain.CodeInvalidInput},
		{"invisible", domain.FieldName, "Ac\u200bme", domain.CodeInvalidInput},
		{"no UTF-8", domain.FieldName, "Ac\xffme", domain.CodeInvalidInput},
		{"taken", domain.FieldName, taken, domain.CodeConflict},
		{"taken in capitals", domain.FieldName, " " + strings.ToUpper(taken) + " ", domain.CodeConflict},
		{"taken in full-width letters", domain.FieldName, wide(taken), domain.CodeConflict},
		{"cap of zero", domain.FieldUserCap, "0", domain.CodeInvalidInput},
		{"negative cap", domain.FieldUserCap, "-5", domain.CodeInvalidInput},
		{"large cap", domain.FieldUserCap, "1000001", domain.CodeInvalidInput},
		{"huge cap", domain.FieldUserCap, "99999999999999999999", domain.CodeInvalidInput},
		{"grouped cap", domain.FieldUserCap, "1,000", domain.CodeInvalidInput},
		{"hexadecimal cap", domain.FieldUserCap, "0x10", domain.CodeInvalidInput},
		{"no address", domain.FieldContactEmail, "ada", domain.CodeInvalidInput},
		{"no domain", domain.FieldContactEmail, "ada@localhost", domain.CodeInvalidInput},
		{"named address", domain.FieldContactEmail, "Ada <ada@acme.example>", domain.CodeInvalidInput},
		{"two addresses", domain.FieldContactEmail, "a@acme.example, b@acme.example", domain.CodeInvalidInput},
		{"header injected", domain.FieldContactEmail, "ada@acme.example\r\nBcc: x@y.example", domain.CodeInvalidInput},
		{"long contact", domain.FieldContactName, strings.Repeat("x", 256), domain.CodeInvalidInput},
		{"tab in the contact", domain.FieldContactName, "Ada\tByron", domain.CodeInvalidInput},
		{"unknown switch", domain.FieldRemoteAssist, "unknown", domain.CodeInvalidInput},
		{"no switch", domain.FieldRemoteAssist, "yes", domain.CodeInvalidInput},
		{"no field", "logoUrl", "x", domain.CodeInvalidInput},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.simulator.ClearStats()
			_, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: c.field, Expected: "", Value: c.value})
			if domain.CodeOf(err) != c.code {
				t.Errorf("came to %v", err)
			}
			if sent := r.simulator.Stats().Requests; sent != 0 {
				t.Errorf("%d requests were sent", sent)
			}
		})
	}
}

// wide writes ASCII letters as full-width ones, which look alike.
func wide(text string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			return c - 'A' + 'Ａ'
		}
		return c
	}, text)
}

func TestInputIsTrimmedAndTaken(t *testing.T) {
	for _, c := range []struct {
		field                 domain.EditField
		expected, value, held string
	}{
		{domain.FieldName, "Zebra Dental", "  Zebra – Zahnärzte (#1) \t", "Zebra – Zahnärzte (#1)"},
		{domain.FieldName, "Zebra Dental", "ZEBRA DENTAL", "ZEBRA DENTAL"}, // its own name is not taken
		{domain.FieldName, "Zebra Dental", strings.Repeat("ä", 255), strings.Repeat("ä", 255)},
		{domain.FieldUserCap, " 050 ", "1", "1"},
		{domain.FieldUserCap, "50", "1000000", "1000000"},
		{domain.FieldUserCap, "50", "", ""},
		{domain.FieldContactEmail, "ada@acme.example", "", ""},
		{domain.FieldContactEmail, "ada@acme.example", " ADA@acme.example ", "ADA@acme.example"},
		{domain.FieldContactName, "Ada Byron", "  ", ""},
	} {
		t.Run(string(c.field)+" "+c.held, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 3)
			org := r.organization()
			outcome, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: c.field, Expected: c.expected, Value: c.value})
			if err != nil || outcome.State != domain.EditApplied || outcome.Server != c.held {
				t.Errorf("came to %+v, %v", outcome, err)
			}
		})
	}
}

// TestUnknownIsNoExpectation: who saw no state of Remote Assist is not asked
// whether to overwrite one.
func TestUnknownIsNoExpectation(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	outcome, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldRemoteAssist, Expected: "unknown", Value: "on"})
	if err != nil || outcome.State != domain.EditApplied || outcome.Before != "off" {
		t.Errorf("came to %+v, %v", outcome, err)
	}
}

func TestDeletedMeanwhile(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	if err := r.simulator.DeleteOrganization(string(org)); err != nil {
		t.Fatal(err)
	}
	for _, s := range subjects() {
		_, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: s.field, Expected: s.was, Value: s.wanted})
		if domain.CodeOf(err) != domain.CodeNotFound || s.cached(r.cached(org)) != s.was {
			t.Errorf("%s came to %v", s.field, err)
		}
	}
}

func TestSignedOut(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	r.accounts.signOut()
	_, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "X"})
	if domain.CodeOf(err) != domain.CodeSignedOut {
		t.Errorf("editing came to %v", err)
	}
	if _, err := r.Add(t.Context(), r.id, "X", ""); domain.CodeOf(err) != domain.CodeSignedOut {
		t.Errorf("adding came to %v", err)
	}
	if _, err := r.Edit(t.Context(), "us:nobody", domain.Edit{Org: org, Field: domain.FieldName, Value: "X"}); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a foreign account came to %v", err)
	}
}

// held is a Remote whose first look at an organization waits.
type held struct {
	editor.Remote
	reached, proceed chan struct{}
}

func (h held) Details(ctx context.Context, org domain.OrgID) (domain.Details, error) {
	select {
	case h.reached <- struct{}{}:
		<-h.proceed
	default:
	}
	return h.Remote.Details(ctx, org)
}

func (h held) ProviderOrganizations(ctx context.Context, provider string) iter.Seq2[domain.ListedPage, error] {
	return h.Remote.ProviderOrganizations(ctx, provider)
}

// TestOneEditAtATime: a second edit of an organization is refused, one of
// another organization is not, and the refusal leaves nothing behind.
func TestOneEditAtATime(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	waiting := held{r.accounts.remote, make(chan struct{}), make(chan struct{})}
	r.accounts.remote = waiting
	first := make(chan error, 1)
	edit := domain.Edit{Org: org, Field: domain.FieldContactName, Expected: "Ada Byron", Value: "Grace"}
	go func() {
		_, err := r.Edit(t.Context(), r.id, edit)
		first <- err
	}()
	<-waiting.reached
	if _, err := r.Edit(t.Context(), r.id, edit); domain.CodeOf(err) != domain.CodeBusy {
		t.Errorf("a second edit came to %v", err)
	}
	other := domain.OrgID(r.simulator.OrganizationIDs()[1])
	if _, err := r.Edit(t.Context(), r.id, domain.Edit{Org: other, Field: domain.FieldName, Expected: r.cached(other).Name, Value: "Other"}); err != nil {
		t.Errorf("an edit of another organization came to %v", err)
	}
	close(waiting.proceed)
	if err := <-first; err != nil {
		t.Errorf("the first edit came to %v", err)
	}
	edit.Expected, edit.Value = "Grace", "Ada"
	if outcome, err := r.Edit(t.Context(), r.id, edit); err != nil || outcome.State != domain.EditApplied {
		t.Errorf("a later edit came to %+v, %v", outcome, err)
	}
}

func TestAfterCloseNothingIsSent(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	r.Close()
	r.simulator.ClearStats()
	_, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "X"})
	if domain.CodeOf(err) != domain.CodeCanceled || r.simulator.Stats().Requests != 0 {
		t.Errorf("came to %v after %d requests", err, r.simulator.Stats().Requests)
	}
}

// TestShutDownInTheMiddle: the program ends while the write is under way.
func TestShutDownInTheMiddle(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	ctx, cancel := context.WithCancel(t.Context())
	r.wire.afterWrite = cancel
	outcome, err := r.Edit(ctx, r.id, domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "Zebra Group"})
	if err != nil || outcome.State != domain.EditUncertain {
		t.Errorf("came to %+v, %v", outcome, err)
	}
	if line, lines := r.lastLine(); lines != 1 || line.Result != string(domain.EditUncertain) {
		t.Errorf("the history has %+v", line)
	}
}

// TestLaggingListing: a server that shows the old value for a moment has not ignored the write.
func TestLaggingListing(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	lagging := &lag{Remote: r.accounts.remote, stale: 1}
	r.accounts.remote = lagging
	outcome, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "Zebra Group"})
	if err != nil || outcome.State != domain.EditApplied || r.settled != 1 {
		t.Errorf("came to %+v, %v, after settling %d times", outcome, err, r.settled)
	}
}

// lag is a Remote whose listing shows the first name for some looks more.
type lag struct {
	editor.Remote
	first *domain.Listed
	stale int
}

func (l *lag) ProviderOrganization(ctx context.Context, provider string, org domain.OrgID) (domain.Listed, error) {
	if l.first != nil && l.stale > 0 {
		l.stale--
		return *l.first, nil
	}
	listed, err := l.Remote.ProviderOrganization(ctx, provider, org)
	if l.first == nil {
		l.first = &listed
	}
	return listed, err
}

// TestAnEditSurvivesTheSyncUnderWay: what a synchronisation read before the
// edit arrives in the cache after it.
func TestAnEditSurvivesTheSyncUnderWay(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	began := time.Now()
	old := r.cached(org)
	for _, s := range subjects() {
		if _, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: s.field, Expected: s.was, Value: s.wanted}); err != nil {
			t.Fatal(err)
		}
	}
	added, err := r.Add(t.Context(), r.id, "Added Meanwhile", "")
	if err != nil {
		t.Fatal(err)
	}
	listed := domain.Listed{ID: org, Name: old.Name, MaxSystemUsers: old.MaxSystemUsers}
	if _, err := r.db.ApplyListing(t.Context(), r.id, []domain.Listed{listed}, began); err != nil {
		t.Fatal(err)
	}
	if _, err := r.db.ApplyUpdates(t.Context(), r.id, []domain.OrgUpdate{{ID: org, Details: &old.Details, At: began}}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.db.MarkGone(t.Context(), r.id, map[domain.OrgID]struct{}{org: {}}, began); err != nil {
		t.Fatal(err)
	}
	for _, s := range subjects() {
		if cached := s.cached(r.cached(org)); cached != s.wanted {
			t.Errorf("%s is %q in the cache", s.field, cached)
		}
	}
	if row := r.cached(added.Organization.ID); row.GoneAt != nil {
		t.Error("what was added meanwhile counts as gone")
	}
}
