package editor_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

const addPath = "/api/v2/providers/*/organizations"

func TestAdd(t *testing.T) {
	post := func(kind simulator.FaultKind, status int) []simulator.Fault {
		return []simulator.Fault{{Method: http.MethodPost, Path: addPath, Kind: kind, Status: status}}
	}
	unlisted := simulator.Fault{Method: http.MethodGet, Path: addPath, Kind: simulator.FaultReset}
	low := simulator.Fault{Method: http.MethodGet, Path: addPath, Kind: simulator.FaultUndercount}
	high := simulator.Fault{Method: http.MethodGet, Path: addPath, Kind: simulator.FaultCount}
	short := simulator.Fault{Method: http.MethodGet, Path: addPath, Kind: simulator.FaultVanish}
	for _, c := range []struct {
		name   string
		faults []simulator.Fault
		state  domain.AddState
		code   domain.Code
		exists bool
		says   string
	}{
		{name: "added", state: domain.AddDone, exists: true, says: "was added"},
		{name: "lost answer", faults: post(simulator.FaultLost, 0), state: domain.AddDone, exists: true, says: "JumpCloud lists it"},
		{name: "answer cut", faults: post(simulator.FaultTruncate, 0), state: domain.AddDone, exists: true, says: "JumpCloud lists it"},
		{name: "lost request", faults: post(simulator.FaultReset, 0), code: domain.CodeOffline, says: "may yet arrive"},
		{name: "server broke", faults: post(simulator.FaultStatus, 503), code: domain.CodeServer, says: "may yet arrive"},
		{name: "captive portal", faults: post(simulator.FaultHTML, 0), code: domain.CodeProtocol, says: "may yet arrive"},
		{name: "lost, and no listing", faults: append(post(simulator.FaultLost, 0), unlisted), state: domain.AddUncertain, exists: true, says: "not known whether"},
		{name: "lost, and half a listing", faults: append(post(simulator.FaultReset, 0), short), state: domain.AddUncertain, says: "not known whether"},
		{name: "lost, and a count that is too low", faults: append(post(simulator.FaultReset, 0), low), state: domain.AddUncertain, says: "not known whether"},
		{name: "lost, and listed under a wrong count", faults: append(post(simulator.FaultLost, 0), high), state: domain.AddDone, exists: true, says: "JumpCloud lists it"},
		{name: "taken on the server", faults: post(simulator.FaultStatus, 409), code: domain.CodeConflict, says: "Nothing was changed"},
		{name: "refused", faults: post(simulator.FaultStatus, 403), code: domain.CodeForbidden, says: "Nothing was changed"},
		{name: "limited", faults: post(simulator.FaultStatus, 429), code: domain.CodeRateLimited, says: "Nothing was changed"},
		{name: "key replaced", faults: post(simulator.FaultStatus, 401), code: domain.CodeUnauthorized},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 3)
			r.faults(c.faults...)
			outcome, err := r.Add(t.Context(), r.id, "  Quay & Sons ", "25")
			told := outcome.Message
			if err != nil {
				told = err.Error()
			}
			if domain.CodeOf(err) != c.code || outcome.State != c.state || !strings.Contains(told, c.says) {
				t.Fatalf("came to %+v, %v", outcome, err)
			}
			if r.wire.sent() != 1 {
				t.Errorf("the request was sent %d times", r.wire.sent())
			}
			if c.code == domain.CodeUnauthorized != r.accounts.refused {
				t.Errorf("the key counts as refused: %v", r.accounts.refused)
			}
			found := r.simulator.OrganizationsNamed("Quay & Sons")
			if (len(found) == 1) != c.exists {
				t.Fatalf("the server has %d of them", len(found))
			}
			line, lines := r.lastLine()
			if lines != 1 || line.Kind != domain.ActivityOrgAdded || line.After != "Quay & Sons" {
				t.Errorf("the history has %d lines, the last is %+v", lines, line)
			}
			if c.state != domain.AddDone {
				if len(r.watcher.shown()) != 0 {
					t.Error("a row was shown")
				}
				return
			}
			row := r.cached(domain.OrgID(found[0].ID))
			if row.Name != "Quay & Sons" || row.MaxSystemUsers == nil || *row.MaxSystemUsers != 25 || outcome.Organization.ID != row.ID {
				t.Errorf("the cache has %+v", row)
			}
			if rows := r.watcher.shown(); len(rows) != 1 || rows[0] != row.ID || line.Org != row.ID || line.Result != domain.ResultOK {
				t.Errorf("shown were %+v, and the history has %+v", rows, line)
			}
		})
	}
}

func TestAddIsRefusedBeforeAnythingIsSent(t *testing.T) {
	r := newRig(t, 3)
	r.organization()
	for _, c := range []struct {
		name, org, most string
		code            domain.Code
	}{
		{"no name", "  ", "", domain.CodeInvalidInput},
		{"long name", strings.Repeat("x", 256), "", domain.CodeInvalidInput},
		{"no number", "New", "many", domain.CodeInvalidInput},
		{"cap of zero", "New", "0", domain.CodeInvalidInput},
		{"taken", "zebra DENTAL", "", domain.CodeConflict},
	} {
		t.Run(c.name, func(t *testing.T) {
			r.simulator.ClearStats()
			if _, err := r.Add(t.Context(), r.id, c.org, c.most); domain.CodeOf(err) != c.code || r.simulator.Stats().Requests != 0 {
				t.Errorf("came to %v after %d requests", err, r.simulator.Stats().Requests)
			}
		})
	}
	r.accounts.account.DisallowOrgCreation = true
	_, err := r.Add(t.Context(), r.id, "New", "")
	if domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(hintOf(err), "JumpCloud Support") || r.simulator.Stats().Requests != 0 {
		t.Errorf("where creation is disallowed it came to %v", err)
	}
}

// TestANameThatIsGoneIsFree: an organization that is gone no longer has its name.
func TestANameThatIsGoneIsFree(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	if err := r.simulator.DeleteOrganization(string(org)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.db.MarkGone(t.Context(), r.id, map[domain.OrgID]struct{}{}, r.cached(org).ListedAt); err != nil {
		t.Fatal(err)
	}
	if outcome, err := r.Add(t.Context(), r.id, "Zebra Dental", ""); err != nil || outcome.State != domain.AddDone {
		t.Errorf("came to %+v, %v", outcome, err)
	}
}

// TestADoubtfulNameIsNotSentAgain: the simulator would refuse the name; a
// server that does not must not get it twice either.
func TestADoubtfulNameIsNotSentAgain(t *testing.T) {
	for _, c := range []struct {
		name  string
		kind  simulator.FaultKind
		again string
		sent  int
	}{
		{"it had been added", simulator.FaultLost, "QUAY & Sons", 1},
		{"it had not", simulator.FaultReset, "Quay & Sons", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, 3)
			r.faults(simulator.Fault{Method: http.MethodPost, Kind: c.kind}, simulator.Fault{Method: http.MethodGet, Kind: simulator.FaultReset})
			if outcome, err := r.Add(t.Context(), r.id, "Quay & Sons", ""); err != nil || outcome.State != domain.AddUncertain {
				t.Fatalf("came to %+v, %v", outcome, err)
			}
			if _, err := r.Add(t.Context(), r.id, "QUAY & sons", ""); domain.CodeOf(err) != domain.CodeOffline || r.wire.sent() != 1 {
				t.Errorf("offline it came to %v after %d requests", err, r.wire.sent())
			}
			r.simulator.ClearFaults()
			r.advance(3 * time.Minute)
			outcome, err := r.Add(t.Context(), r.id, c.again, "")
			if err != nil || outcome.State != domain.AddDone || r.wire.sent() != c.sent {
				t.Errorf("came to %+v, %v after %d requests", outcome, err, r.wire.sent())
			}
			if found := r.simulator.OrganizationsNamed("Quay & Sons"); len(found) != 1 || string(outcome.Organization.ID) != found[0].ID {
				t.Errorf("the server has %d of them", len(found))
			}
		})
	}
}

// TestALateRequest: JumpCloud works on a request after the client gave it up and
// after its listing was looked at. What is pressed again then adds nothing.
func TestALateRequest(t *testing.T) {
	for _, c := range []struct {
		name  string
		fails func(*rig) (domain.Code, bool)
	}{
		{"by hand", func(r *rig) (domain.Code, bool) {
			_, err := r.Add(t.Context(), r.id, "Quay & Sons", "25")
			return domain.CodeOf(err), uncertain(err)
		}},
		{"by an import", func(r *rig) (domain.Code, bool) {
			result := r.run("name,maxSystemUsers\nQuay & Sons,25\n")
			return result.Status.Problem.Code, result.Status.Uncertain == 1 && result.Rows[0].Verdict == domain.ImportUncertain
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, 3)
			arrive := r.wire.postpone()
			if code, told := c.fails(r); code != domain.CodeOffline || !told {
				t.Fatalf("came to %q, told as uncertain: %v", code, told)
			}
			// It is not listed yet, and yet nothing is sent: it may be on its way.
			_, err := r.Add(t.Context(), r.id, "quay & sons", "25")
			if domain.CodeOf(err) != domain.CodeBusy || !uncertain(err) || r.wire.sent() != 1 {
				t.Errorf("pressed again at once it came to %v after %d requests", err, r.wire.sent())
			}
			arrive()
			r.advance(time.Hour)
			outcome, err := r.Add(t.Context(), r.id, "quay & sons", "25")
			if err != nil || outcome.State != domain.AddDone || r.wire.sent() != 1 {
				t.Errorf("pressed again it came to %+v, %v after %d requests", outcome, err, r.wire.sent())
			}
			if found := r.simulator.OrganizationsNamed("Quay & Sons"); len(found) != 1 || string(outcome.Organization.ID) != found[0].ID {
				t.Errorf("the server has %d of them", len(found))
			}
		})
	}
}

func uncertain(err error) bool {
	known, ok := asError(err)
	return ok && known.Uncertain
}

// TestAddTwiceAtOnce: a double click adds one organization.
func TestAddTwiceAtOnce(t *testing.T) {
	r := newRig(t, 3)
	var both sync.WaitGroup
	for range 8 {
		both.Go(func() { _, _ = r.Add(t.Context(), r.id, "Quay & Sons", "") })
	}
	both.Wait()
	if found := r.simulator.OrganizationsNamed("Quay & Sons"); len(found) != 1 || len(r.simulator.History()) != 1 {
		t.Errorf("the server has %d of them", len(found))
	}
}
