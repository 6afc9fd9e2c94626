package editor_test

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// subject is a field as the tests see it on both sides.
type subject struct {
	field domain.EditField
	// was is what organization gives it; wanted and theirs are other values.
	was, wanted, theirs string
	path                string
	server              func(simulator.OrganizationState) string
	cached              func(domain.Organization) string
	patch               func(string) simulator.OrganizationPatch
	behave              func(*simulator.Behaviour, simulator.WriteMode)
}

const (
	providerPath = "/api/v2/providers/*/organizations/*"
	settingsPath = "/api/organizations/"
)

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func subjects() []subject {
	return []subject{{
		domain.FieldName, "Zebra Dental", "Zebra Dental Group", "Somebody's Name", providerPath,
		func(s simulator.OrganizationState) string { return s.Name },
		func(o domain.Organization) string { return o.Name },
		func(v string) simulator.OrganizationPatch { return simulator.OrganizationPatch{Name: &v} },
		func(b *simulator.Behaviour, m simulator.WriteMode) { b.RenameWrites = m },
	}, {
		domain.FieldUserCap, "50", "75", "60", providerPath,
		func(s simulator.OrganizationState) string { return number(s.MaxSystemUsers) },
		func(o domain.Organization) string {
			if o.MaxSystemUsers == nil {
				return ""
			}
			return number(*o.MaxSystemUsers)
		},
		func(v string) simulator.OrganizationPatch {
			n, _ := strconv.Atoi(v)
			return simulator.OrganizationPatch{MaxSystemUsers: &n}
		},
		func(b *simulator.Behaviour, m simulator.WriteMode) { b.CapWrites = m },
	}, {
		domain.FieldRemoteAssist, "off", "on", "unknown", settingsPath,
		func(s simulator.OrganizationState) string {
			switch {
			case s.RemoteAssist == nil:
				return "unknown"
			case *s.RemoteAssist:
				return "on"
			}
			return "off"
		},
		func(o domain.Organization) string { return string(o.Details.RemoteAssist) },
		func(v string) simulator.OrganizationPatch {
			return simulator.OrganizationPatch{RemoteAssist: map[string]simulator.Switch{
				"on": simulator.On, "off": simulator.Off, "unknown": simulator.Absent,
			}[v]}
		},
		func(b *simulator.Behaviour, m simulator.WriteMode) { b.RemoteAssistWrites = m },
	}, {
		domain.FieldContactName, "Ada Byron", "Grace Hopper", "Somebody Else", settingsPath,
		func(s simulator.OrganizationState) string { return s.ContactName },
		func(o domain.Organization) string { return o.Details.ContactName },
		func(v string) simulator.OrganizationPatch { return simulator.OrganizationPatch{ContactName: &v} },
		func(b *simulator.Behaviour, m simulator.WriteMode) { b.ContactWrites = m },
	}, {
		domain.FieldContactEmail, "ada@acme.example", "grace@acme.example", "else@acme.example", settingsPath,
		func(s simulator.OrganizationState) string { return s.ContactEmail },
		func(o domain.Organization) string { return o.Details.ContactEmail },
		func(v string) simulator.OrganizationPatch { return simulator.OrganizationPatch{ContactEmail: &v} },
		func(b *simulator.Behaviour, m simulator.WriteMode) { b.ContactWrites = m },
	}}
}

// situation is what an edit meets.
type situation struct {
	name    string
	arrange func(*rig, subject, domain.OrgID)
	// overwrite is what the person said to an earlier conflict, which showed theirs.
	overwrite bool
	// state is what the edit comes to; code instead, where it is an error.
	state domain.EditState
	code  domain.Code
	// written is how often the server was changed through the API.
	written int
	says    string
}

// theirChange is someone else changing the field in the portal.
func theirChange(r *rig, s subject, org domain.OrgID) {
	if err := r.simulator.PatchOrganization(string(org), s.patch(s.theirs)); err != nil {
		r.t.Fatal(err)
	}
}

func situations() []situation {
	mode := func(m simulator.WriteMode) func(*rig, subject, domain.OrgID) {
		return func(r *rig, s subject, _ domain.OrgID) {
			var b simulator.Behaviour
			s.behave(&b, m)
			r.behave(b)
		}
	}
	put := func(kind simulator.FaultKind) func(*rig, subject, domain.OrgID) {
		return func(r *rig, s subject, _ domain.OrgID) {
			r.faults(simulator.Fault{Method: http.MethodPut, Path: s.path, Kind: kind})
		}
	}
	return []situation{
		{name: "applied", arrange: mode(simulator.Apply), state: domain.EditApplied, written: 1, says: "is now"},
		{name: "refused", arrange: mode(simulator.Refuse), code: domain.CodeForbidden, says: "Nothing was changed"},
		{name: "silently ignored", arrange: mode(simulator.Ignore), state: domain.EditNotApplied, says: "JumpCloud accepted the request, but"},
		{name: "conflicting", arrange: theirChange, state: domain.EditConflict, says: "by someone else"},
		{name: "conflicting, overwritten", arrange: theirChange, overwrite: true, state: domain.EditApplied, written: 1, says: "is now"},
		{name: "conflicting, overwritten, but changed again after the dialog", arrange: func(*rig, subject, domain.OrgID) {},
			overwrite: true, state: domain.EditConflict, says: "by someone else"},
		{name: "wanted already", arrange: func(r *rig, s subject, org domain.OrgID) {
			if err := r.simulator.PatchOrganization(string(org), s.patch(s.wanted)); err != nil {
				r.t.Fatal(err)
			}
		}, state: domain.EditUnchanged, says: "already"},
		{name: "changed between the write and the look", arrange: func(r *rig, s subject, org domain.OrgID) {
			r.wire.afterWrite = func() { theirChange(r, s, org) }
		}, state: domain.EditConflict, written: 1, says: "was told to"},
		{name: "lost answer", arrange: put(simulator.FaultLost), state: domain.EditApplied, written: 1, says: "was lost, but JumpCloud has it"},
		{name: "lost, then changed by someone else", arrange: func(r *rig, s subject, org domain.OrgID) {
			put(simulator.FaultLost)(r, s, org)
			r.wire.afterWrite = func() { theirChange(r, s, org) }
		}, state: domain.EditConflict, written: 1, says: "was told to"},
		{name: "lost request", arrange: put(simulator.FaultReset), state: domain.EditNotApplied, says: "may yet arrive"},
		{name: "lost in the server", arrange: put(simulator.FaultStatus), state: domain.EditNotApplied, says: "may yet arrive"},
		{name: "captive portal", arrange: put(simulator.FaultHTML), state: domain.EditNotApplied, says: "may yet arrive"},
		{name: "answer cut", arrange: put(simulator.FaultTruncate), state: domain.EditApplied, written: 1, says: "JumpCloud has it"},
		{name: "unreadable afterwards", arrange: func(r *rig, s subject, _ domain.OrgID) {
			r.faults(simulator.Fault{Method: http.MethodPut, Path: s.path, Kind: simulator.FaultLost},
				simulator.Fault{Method: http.MethodGet, Kind: simulator.FaultReset, After: 1})
		}, state: domain.EditUncertain, written: 1, says: "It is not known whether"},
		{name: "accepted, unreadable afterwards", arrange: func(r *rig, _ subject, _ domain.OrgID) {
			r.faults(simulator.Fault{Method: http.MethodGet, Kind: simulator.FaultReset, After: 1})
		}, state: domain.EditUncertain, written: 1, says: "It is not known whether"},
		{name: "offline", arrange: func(r *rig, _ subject, _ domain.OrgID) {
			r.faults(simulator.Fault{Kind: simulator.FaultReset})
		}, code: domain.CodeOffline},
		{name: "limited", arrange: func(r *rig, s subject, _ domain.OrgID) {
			r.faults(simulator.Fault{Method: http.MethodPut, Path: s.path, Kind: simulator.FaultStatus, Status: 429})
		}, code: domain.CodeRateLimited, says: "Nothing was changed"},
		{name: "key replaced", arrange: func(r *rig, _ subject, _ domain.OrgID) { r.simulator.NewKey() }, code: domain.CodeUnauthorized},
		{name: "conflicting on the server", arrange: func(r *rig, s subject, _ domain.OrgID) {
			r.faults(simulator.Fault{Method: http.MethodPut, Path: s.path, Kind: simulator.FaultStatus, Status: 409})
		}, code: domain.CodeConflict, says: "Nothing was changed"},
	}
}

// TestWhatIsToldIsWhatTheServerHolds is the promise of the edit flow.
func TestWhatIsToldIsWhatTheServerHolds(t *testing.T) {
	for _, c := range situations() {
		t.Run(c.name, func(t *testing.T) {
			for _, s := range subjects() {
				t.Run(string(s.field), func(t *testing.T) {
					t.Parallel()
					c := c
					expected := s.was
					if c.overwrite {
						expected = s.theirs
					}
					if s.field == domain.FieldRemoteAssist && c.overwrite && c.state == domain.EditApplied {
						// Their change took the feature away: no write can bring it back.
						c.state, c.written, c.says = domain.EditNotApplied, 0, "it is still unknown"
					}
					r := newRig(t, 3)
					org := r.organization()
					c.arrange(r, s, org)
					outcome, err := r.Edit(t.Context(), r.id, domain.Edit{
						Org: org, Field: s.field, Expected: expected, Value: s.wanted, Overwrite: c.overwrite,
					})
					r.simulator.ClearFaults()
					if domain.CodeOf(err) != c.code || outcome.State != c.state {
						t.Fatalf("came to %q, %v; expected %q, %q", outcome.State, err, c.state, c.code)
					}
					r.checkTold(s, org, outcome, err, c)
				})
			}
		})
	}
}

// checkTold holds what the person was told against the server, the cache and the history.
func (r *rig) checkTold(s subject, org domain.OrgID, outcome domain.EditOutcome, err error, c situation) {
	r.t.Helper()
	server, cached := s.server(r.server(org)), s.cached(r.cached(org))
	told := outcome.Message
	if err != nil {
		told = err.Error()
	}
	if !strings.Contains(told, c.says) {
		r.t.Errorf("the person is told %q", told)
	}
	if history := r.simulator.History(); len(history) != c.written {
		r.t.Errorf("the server was changed %d times: %+v", len(history), history)
	}
	line, lines := r.lastLine()
	result := string(c.code) + string(c.state)
	switch {
	case c.state == domain.EditApplied:
		result = domain.ResultOK
	case c.state == domain.EditConflict && c.written > 0:
		result = domain.ResultOvertaken
	}
	if lines != 1 || line.Result != result || line.Org != org || line.Actor != r.accounts.account.Email || line.Source != domain.SourceOrgdeck {
		r.t.Errorf("the history has %d lines, the last is %+v", lines, line)
	}
	if line.Before != s.was && line.Before != s.theirs || line.After != s.wanted {
		r.t.Errorf("the history tells of %q and %q", line.Before, line.After)
	}
	if (domain.CodeOf(err) == domain.CodeUnauthorized) != r.accounts.refused {
		r.t.Errorf("the key counts as refused: %v", r.accounts.refused)
	}
	switch {
	case err != nil:
		if server != s.was || cached != s.was {
			r.t.Errorf("refused, but the server has %q and the cache %q", server, cached)
		}
	case outcome.State == domain.EditUncertain:
		if outcome.ServerKnown || cached != s.was {
			r.t.Errorf("uncertain, but %+v is told and the cache has %q", outcome, cached)
		}
	default:
		if !outcome.ServerKnown || outcome.Server != server || cached != server {
			r.t.Errorf("told is %q, the server has %q, the cache %q", outcome.Server, server, cached)
		}
		if outcome.ActivityID != line.ID {
			r.t.Errorf("the outcome points to line %d instead of %d", outcome.ActivityID, line.ID)
		}
		rows := r.watcher.shown()
		if len(rows) != 1 || s.cached(r.cached(rows[0])) != server {
			r.t.Errorf("shown were %v", rows)
		}
	}
	if sent := r.wire.sent(); sent > 1 && c.code != domain.CodeRateLimited {
		r.t.Errorf("the change was sent %d times", sent)
	}
	if applied := outcome.State == domain.EditApplied; applied != (server == s.wanted) && outcome.State != domain.EditUncertain && outcome.State != domain.EditUnchanged {
		r.t.Errorf("%q, but the server has %q", outcome.State, server)
	}
	if applied := outcome.State == domain.EditApplied; outcome.Undoable != (applied && outcome.Before != "unknown") {
		r.t.Errorf("undoable is %v of %+v", outcome.Undoable, outcome)
	}
	if outcome.OpenConsole != (outcome.State == domain.EditNotApplied && strings.Contains(told, "accepted")) {
		r.t.Errorf("the console is offered: %v", outcome.OpenConsole)
	}
}

// TestOverwritingWhatWasShown: a third value that came after the dialog is
// asked about anew, and the dialog that shows it decides about that one.
func TestOverwritingWhatWasShown(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	someone := func(name string) {
		t.Helper()
		if err := r.simulator.PatchOrganization(string(org), simulator.OrganizationPatch{Name: &name}); err != nil {
			t.Fatal(err)
		}
	}
	edit := domain.Edit{Org: org, Field: domain.FieldName, Expected: "Zebra Dental", Value: "Mine"}
	for _, theirs := range []string{"Theirs", "Newest"} {
		someone(theirs)
		outcome, err := r.Edit(t.Context(), r.id, edit)
		if err != nil || outcome.State != domain.EditConflict || outcome.Server != theirs || r.wire.sent() != 0 {
			t.Fatalf("%s came to %+v, %v after %d requests", theirs, outcome, err, r.wire.sent())
		}
		edit.Expected, edit.Overwrite = outcome.Server, true
	}
	if outcome, err := r.Edit(t.Context(), r.id, edit); err != nil || outcome.State != domain.EditApplied || outcome.Before != "Newest" {
		t.Errorf("overwriting what was shown came to %+v, %v", outcome, err)
	}
}

// TestEditsInARow tries random edits in random situations one after the other.
func TestEditsInARow(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	random := rand.New(rand.NewPCG(1, 2))
	all, met := subjects(), situations()
	steps := 0
	for step := range 120 {
		s, c := all[random.IntN(len(all))], met[random.IntN(len(met))]
		if c.name == "key replaced" {
			continue
		}
		steps++
		before, writes := s.server(r.server(org)), len(r.simulator.History())
		value := []string{s.was, s.wanted}[random.IntN(2)]
		c.arrange(r, s, org)
		outcome, err := r.Edit(t.Context(), r.id, domain.Edit{
			Org: org, Field: s.field, Expected: s.cached(r.cached(org)), Value: value, Overwrite: random.IntN(2) == 0,
		})
		r.simulator.ClearFaults()
		r.behave(simulator.Behaviour{})
		r.wire.afterWrite = nil
		server, cached := s.server(r.server(org)), s.cached(r.cached(org))
		written := len(r.simulator.History()) - writes
		if written > 1 {
			t.Fatalf("step %d, %s of %s: written %d times", step, c.name, s.field, written)
		}
		if err == nil && outcome.ServerKnown && (outcome.Server != server || cached != server) {
			t.Fatalf("step %d, %s of %s: told %q, the server has %q, the cache %q", step, c.name, s.field, outcome.Server, server, cached)
		}
		if err != nil && (written != 0 || c.name == "offline" && server != before) {
			t.Fatalf("step %d, %s of %s: %v, but the server went from %q to %q", step, c.name, s.field, err, before, server)
		}
		if outcome.State == domain.EditApplied && server != value {
			t.Fatalf("step %d, %s of %s: applied, but the server has %q", step, c.name, s.field, server)
		}
	}
	if _, lines := r.lastLine(); lines != steps {
		t.Errorf("%d edits left %d lines in the history", steps, lines)
	}
}
