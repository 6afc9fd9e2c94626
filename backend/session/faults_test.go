package session_test

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// Paths of what a synchronisation reads. A star stands for anything.
const (
	atNames = "/api/v2/providers/*/organizations"
	atLogos = "/api/organizations"
	atUsers = "/api/systemusers"
	// listings alone ask for a hundred.
	listing = "limit=100"
)

// faultCase is a synchronisation that meets faults, and how it ends.
type faultCase struct {
	name string
	// faults are those of one organization where one is set.
	faults []simulator.Fault
	one    bool
	// newLogo gives that organization another logo first.
	newLogo bool
	state   domain.SyncState
	code    domain.Code
	says    string
	failed  int
	// offline and refused are what the window shows afterwards.
	offline, refused bool
	// cached is what becomes of that organization in the cache; nil for nothing.
	cached func(*domain.Organization)
}

func fault(kind simulator.FaultKind, path, query string) []simulator.Fault {
	return []simulator.Fault{{Kind: kind, Path: path, Query: query}}
}

func status(code int, path string) []simulator.Fault {
	return []simulator.Fault{{Kind: simulator.FaultStatus, Status: code, Path: path}}
}

func after(passed int, faults []simulator.Fault) []simulator.Fault {
	for i := range faults {
		faults[i].After = passed
	}
	return faults
}

// faultCases is the list of bad input and faults that a synchronisation meets.
func faultCases() []faultCase {
	partial, done, failed := domain.SyncPartial, domain.SyncDone, domain.SyncFailed
	noAccess := func(o *domain.Organization) { o.Users.State = domain.FigureNoAccess }
	denied := func(o *domain.Organization) { o.DetailsDenied = true }
	cases := []faultCase{
		{name: "401 at once", faults: status(401, ""), state: failed, code: domain.CodeUnauthorized, says: "did not accept the API key", refused: true},
		{name: "302 to the sign-in page", faults: status(302, ""), state: failed, code: domain.CodeUnauthorized, says: "did not accept the API key", refused: true},
		{name: "401 in mid-sync", faults: after(10, status(401, atUsers)), state: partial, code: domain.CodeUnauthorized, says: "did not accept the API key", failed: -1, refused: true},
		{name: "403 on one's figures", one: true, faults: status(403, atUsers), state: done, cached: noAccess},
		{name: "403 on one's details", one: true, faults: status(403, atLogos+"/"), state: done, cached: denied},
		{name: "404 of one organization", one: true, faults: status(404, ""), state: partial, code: domain.CodeNotFound, says: "does not have it", failed: 1},
		{name: "429 beyond patience", faults: status(429, atUsers), state: partial, code: domain.CodeRateLimited, says: "asks for a pause", failed: -1},
		// Fewer than a call has attempts, for they may all hit the same one.
		{name: "a burst of 503", faults: []simulator.Fault{{Kind: simulator.FaultStatus, Status: 503, Path: atUsers, Times: 4}}, state: done},
		{name: "500 for one", one: true, faults: status(500, atUsers), state: partial, code: domain.CodeServer, says: "problem of its own (status 500)", failed: 1},
		{name: "500 for all", faults: after(8, status(500, "/api/")), state: partial, code: domain.CodeServer, says: "problem of its own", failed: -1, offline: true},
		{name: "resets for one", one: true, faults: fault(simulator.FaultReset, atUsers, ""), state: partial, code: domain.CodeOffline, says: "was cut", failed: 1},
		{name: "resets for all", faults: after(8, fault(simulator.FaultReset, "/api/", "")), state: partial, code: domain.CodeOffline, says: "was cut", failed: -1, offline: true},
		{name: "a captive portal", faults: fault(simulator.FaultHTML, "", ""), state: failed, code: domain.CodeProtocol, says: "a web page came", offline: true},
		{name: "a captive portal in mid-sync", faults: after(8, fault(simulator.FaultHTML, "/api/", "")), state: partial, code: domain.CodeProtocol, says: "a web page came", failed: -1, offline: true},
		{name: "counts of names too high", faults: fault(simulator.FaultCount, atNames, ""), state: partial, code: domain.CodePartialListing, says: "None was marked as gone"},
		{name: "counts of names too low", faults: fault(simulator.FaultUndercount, atNames, ""), state: partial, code: domain.CodePartialListing, says: "None was marked as gone"},
		{name: "counts of logos too high", faults: fault(simulator.FaultCount, atLogos, listing), state: partial, code: domain.CodePartialListing, says: "None was marked as gone"},
		{name: "counts of logos too low", faults: fault(simulator.FaultUndercount, atLogos, listing), state: partial, code: domain.CodePartialListing, says: "None was marked as gone"},
		{name: "records twice", faults: append(fault(simulator.FaultDuplicate, atNames, ""), fault(simulator.FaultDuplicate, atLogos, listing)...), state: done},
		{name: "records that vanish from names", faults: fault(simulator.FaultVanish, atNames, ""), state: partial, code: domain.CodePartialListing, says: "None was marked as gone"},
		{name: "records that vanish from both", faults: append(fault(simulator.FaultVanish, atNames, ""), fault(simulator.FaultVanish, atLogos, listing)...), state: partial, code: domain.CodePartialListing, says: "None was marked as gone"},
		{name: "both listings forbidden", faults: append(status(403, atNames), simulator.Fault{Kind: simulator.FaultStatus, Status: 403, Path: atLogos, Query: listing}), state: failed, code: domain.CodeForbidden, says: "does not allow it"},
		{name: "a logo behind a sign-in", one: true, newLogo: true, faults: status(401, "/api/v2/logos/"), state: partial, code: domain.CodeLogo, says: "did not give it", failed: 1},
		{name: "a logo that is missing for now", one: true, newLogo: true, faults: status(404, "/api/v2/logos/"), state: partial, code: domain.CodeNotFound, says: "read a logo", failed: 1},
		{name: "half a logo", one: true, newLogo: true, faults: fault(simulator.FaultTruncate, "/api/v2/logos/", ""), state: partial, code: domain.CodeProtocol, says: "broke off", failed: 1},
		{name: "a web page for a logo", one: true, newLogo: true, faults: fault(simulator.FaultHTML, "/api/v2/logos/", ""), state: partial, code: domain.CodeProtocol, says: "a web page came", failed: 1},
	}
	for kind, says := range map[simulator.FaultKind]string{
		simulator.FaultTruncate: "broke off in the middle", simulator.FaultGarbage: "not what JumpCloud's API promises",
		simulator.FaultHTML: "a web page came", simulator.FaultEmpty: "not what JumpCloud's API promises",
		simulator.FaultHuge: "far larger", simulator.FaultNull: "not what JumpCloud's API promises",
		simulator.FaultWrongType: "not what JumpCloud's API promises",
	} {
		cases = append(cases,
			faultCase{name: string(kind) + " for one's figures", one: true, faults: fault(kind, atUsers, ""), state: partial, code: domain.CodeProtocol, says: says, failed: 1},
			faultCase{name: string(kind) + " for names", faults: fault(kind, atNames, ""), state: partial, code: domain.CodeProtocol, says: says},
			faultCase{name: string(kind) + " for logo addresses", faults: fault(kind, atLogos, listing), state: partial, code: domain.CodeProtocol, says: says},
		)
	}
	return cases
}

// TestFaultsOfTheServer: the real client, engine and cache on a simulator that
// misbehaves. Whatever comes, a run ends with words for a person, and every
// name, figure and logo is cached as before.
func TestFaultsOfTheServer(t *testing.T) {
	playFaults(t, 24, 0, faultCases())
}

// TestPagesThatDisagree needs two of them.
func TestPagesThatDisagree(t *testing.T) {
	playFaults(t, 104, 0, []faultCase{
		{
			name: "a count too low on the last page", faults: fault(simulator.FaultUndercount, atNames, "skip=100"),
			state: domain.SyncPartial, code: domain.CodePartialListing, says: "changed while it was read",
		},
		{
			name: "a record that vanishes between the pages", faults: fault(simulator.FaultVanish, atNames, "skip=0"),
			state: domain.SyncPartial, code: domain.CodePartialListing, says: "said there are 104 organizations but listed 103",
		},
	})
}

// TestAServerThatDoesNotAnswer is apart, because only here calls are given up soon.
func TestAServerThatDoesNotAnswer(t *testing.T) {
	playFaults(t, 8, time.Second, []faultCase{{
		name: "no answer for one", one: true, faults: fault(simulator.FaultTimeout, atUsers, ""),
		state: domain.SyncPartial, code: domain.CodeOffline, says: "did not answer in time", failed: 1,
	}})
}

// playFaults meets one case after the other with a cache that was complete before.
func playFaults(t *testing.T, organizations int, patience time.Duration, cases []faultCase) {
	t.Helper()
	r := startRig(t, simulator.Options{Orgs: organizations, Seed: 7, Now: time.Now, NoDrift: true})
	r.patience = patience
	r.thumbnail = func(data []byte) (domain.Thumbnail, error) {
		sum := sha256.Sum256(data)
		return domain.Thumbnail{Hash: hex.EncodeToString(sum[:]), PNG: data, Width: 1, Height: 1}, nil
	}
	r.open(t)
	id := r.signIn(t, r.simulator.APIKey())
	r.until(t, "the first synchronization", r.synced(id))
	one := r.withLogo(t, id)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { c.play(t, r, id, one) })
	}
}

// play meets one case; one is the organization it is about.
func (c *faultCase) play(t *testing.T, r *rig, id domain.AccountID, one domain.OrgID) {
	t.Helper()
	before := r.timeless(t, id)
	if c.newLogo {
		another := "new"
		if err := r.simulator.PatchOrganization(string(one), simulator.OrganizationPatch{Logo: &another}); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range c.faults {
		if c.one && !c.newLogo {
			f.OrgID = string(one)
		}
		if err := r.simulator.AddFaults(f); err != nil {
			t.Fatal(err)
		}
	}
	ended := r.syncOnce(t, id)
	r.simulator.ClearFaults()
	c.checkStatus(t, ended)
	if key := r.state(t, id).Key; (key == domain.KeyRefused) != c.refused {
		t.Errorf("the key is %s", key)
	}
	want, got := before[one], r.timeless(t, id)
	if c.newLogo {
		want.LogoURL, want.Details.LogoURL = got[one].LogoURL, got[one].LogoURL
	}
	if c.cached != nil {
		c.cached(&want)
	}
	before[one] = want
	same(t, before, got)
	// Nothing stays behind of it.
	if ended := r.syncOnce(t, id); ended.Run.State != domain.SyncDone || !ended.Online || r.state(t, id).Key != domain.KeyReady {
		t.Fatalf("the run after it ended as %+v, online %v", ended.Run, ended.Online)
	}
	got = r.timeless(t, id)
	if now := got[one]; c.newLogo {
		if now.LogoHash == "" || now.LogoSource != now.LogoURL {
			t.Errorf("the new logo was not read: %+v", now)
		}
		want = now
	}
	want.Users.State, want.DetailsDenied = domain.FigureKnown, false
	before[one] = want
	same(t, before, got)
}

func (c *faultCase) checkStatus(t *testing.T, ended domain.SyncStatus) {
	t.Helper()
	var code domain.Code
	words := ""
	if problem := ended.Run.Problem; problem != nil {
		code, words = problem.Code, problem.Message+" "+problem.Hint
	}
	if ended.Run.State != c.state || code != c.code {
		t.Errorf("ended as %s with %q: %s; want %s with %q", ended.Run.State, code, words, c.state, c.code)
	}
	if !strings.Contains(words, c.says) || strings.Contains(words, "%!") {
		t.Errorf("told is %q, want %q", words, c.says)
	}
	if c.failed >= 0 && ended.Run.Failed != c.failed || c.failed < 0 && ended.Run.Failed == 0 {
		t.Errorf("%d failed, want %d", ended.Run.Failed, c.failed)
	}
	if ended.Online == c.offline || ended.Run.Gone != 0 || ended.Run.Added != 0 {
		t.Errorf("online %v, %d gone, %d added", ended.Online, ended.Run.Gone, ended.Run.Added)
	}
}

// syncOnce does one run that begins now, and gives how it ended.
func (r *rig) syncOnce(t *testing.T, id domain.AccountID) (ended domain.SyncStatus) {
	t.Helper()
	before, err := r.SyncStatus(id)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.StartSync(t.Context(), id); err != nil && domain.CodeOf(err) != domain.CodeBusy {
		t.Fatal(err)
	}
	r.until(t, "the end of a synchronization", func() bool {
		ended, err = r.SyncStatus(id)
		return err == nil && ended.Run.ID > before.Run.ID && ended.Run.State != domain.SyncRunning
	})
	return ended
}

// withLogo gives an organization that has a logo.
func (r *rig) withLogo(t *testing.T, id domain.AccountID) domain.OrgID {
	t.Helper()
	rows := r.timeless(t, id)
	for _, org := range slices.Sorted(maps.Keys(rows)) {
		if row := rows[org]; row.LogoHash != "" && row.Users.Value > 0 {
			return org
		}
	}
	t.Fatal("no organization has a logo")
	return ""
}

// timeless gives the whole cache, without when what was read.
func (r *rig) timeless(t *testing.T, id domain.AccountID) map[domain.OrgID]domain.Organization {
	t.Helper()
	rows, err := r.db.Organizations(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	all := map[domain.OrgID]domain.Organization{}
	for _, o := range rows {
		if o.DetailsAt.IsZero() || o.Users.FetchedAt.IsZero() {
			t.Errorf("%s was never read: %+v", o.ID, o)
		}
		o.ListedAt, o.DetailsAt = time.Time{}, time.Time{}
		for _, figure := range []*domain.Figure{&o.Users, &o.Devices, &o.Applications} {
			figure.FetchedAt, figure.LastKnownAt = time.Time{}, time.Time{}
		}
		all[o.ID] = o
	}
	return all
}

func same(t *testing.T, want, got map[domain.OrgID]domain.Organization) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%d organizations are cached, want %d", len(got), len(want))
	}
	for id, o := range want {
		if !reflect.DeepEqual(o, got[id]) {
			t.Errorf("%s was %+v and is %+v", id, o, got[id])
		}
	}
}
