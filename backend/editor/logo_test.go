package editor_test

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/logo"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// drawn keeps the pictures and hashes that were made: tests need the same few
// again and again, and they are slow to make.
var drawn sync.Map

// picture draws a block of a colour, as a file of a kind ("png", "jpeg", "gif").
func picture(t *testing.T, kind string, c color.RGBA) []byte {
	t.Helper()
	key := kind + string([]byte{c.R, c.G, c.B})
	if done, ok := drawn.Load(key); ok {
		return done.([]byte)
	}
	m := image.NewRGBA(image.Rect(0, 0, 400, 400))
	draw.Draw(m, m.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(m, image.Rect(100, 60, 300, 340), image.NewUniform(c), image.Point{}, draw.Src)
	var out bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&out, m)
	case "jpeg":
		err = jpeg.Encode(&out, m, nil)
	default:
		err = gif.Encode(&out, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	drawn.Store(key, out.Bytes())
	return out.Bytes()
}

// The logos of the tests: what was, what is wanted, and what somebody else sets.
var (
	navy   = color.RGBA{R: 20, G: 40, B: 110, A: 255}
	orange = color.RGBA{R: 240, G: 130, B: 20, A: 255}
	green  = color.RGBA{R: 10, G: 150, B: 60, A: 255}
)

func file(data []byte) domain.LogoFile { return domain.LogoFile{MediaType: "image/png", Bytes: data} }

// hashOf is a logo as the history has it.
func hashOf(t *testing.T, data []byte) string {
	t.Helper()
	if len(data) == 0 {
		return ""
	}
	if done, ok := drawn.Load(string(data)); ok {
		return done.(string)
	}
	small, err := logo.Thumbnail(data, 300, 100)
	if err != nil {
		t.Fatal(err)
	}
	drawn.Store(string(data), small.Hash)
	return small.Hash
}

// someoneSets is someone else setting a logo in the portal; nil takes it away.
func (r *rig) someoneSets(org domain.OrgID, data []byte) {
	r.t.Helper()
	text := ""
	if data != nil {
		text = "data:image/png;base64," + base64.StdEncoding.EncodeToString(data)
	}
	if err := r.simulator.PatchOrganization(string(org), simulator.OrganizationPatch{Logo: &text}); err != nil {
		r.t.Fatal(err)
	}
}

// withLogo is organization with a logo, which a synchronisation has read; nil
// for none.
func (r *rig) withLogo(data []byte) domain.OrgID {
	r.t.Helper()
	org := r.organization()
	r.someoneSets(org, data)
	r.seesLogo(org)
	return org
}

// seesLogo puts the logo into the cache that the server has.
func (r *rig) seesLogo(org domain.OrgID) {
	r.t.Helper()
	details, err := r.client.Details(r.t.Context(), org)
	if err != nil {
		r.t.Fatal(err)
	}
	update := domain.OrgUpdate{ID: org, Details: &details, LogoGone: details.LogoURL == ""}
	if details.LogoURL != "" {
		served, err := r.client.Logo(r.t.Context(), details.LogoURL)
		if err != nil {
			r.t.Fatal(err)
		}
		small, err := logo.Thumbnail(served, 300, 100)
		if err != nil {
			r.t.Fatal(err)
		}
		update.Logo, update.LogoURL = &small, details.LogoURL
	}
	if _, err := r.db.ApplyUpdates(r.t.Context(), r.id, []domain.OrgUpdate{update}); err != nil {
		r.t.Fatal(err)
	}
}

// served is the logo that the server has, whatever its key is by now.
func (r *rig) served(org domain.OrgID) []byte {
	r.t.Helper()
	id := r.server(org).LogoID
	if id == "" {
		return nil
	}
	request, err := http.NewRequestWithContext(r.t.Context(), http.MethodGet, r.simulator.URL+"/api/v2/logos/"+id, nil)
	if err != nil {
		r.t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		r.t.Fatal(err)
	}
	defer answer.Body.Close() //nolint:errcheck // it was read
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		r.t.Fatal(answer.Status, err)
	}
	return data
}

// logoSituation is what a change of a logo meets.
type logoSituation struct {
	name    string
	arrange func(*rig, domain.OrgID)
	// overwrite is what the person said to an earlier conflict, which showed theirs.
	overwrite bool
	state     domain.EditState
	code      domain.Code
	// written is how often the server was changed through the API.
	written int
	says    string
	// dark says that JumpCloud's answer does not tell what it holds.
	dark bool
}

const logoPath = "/api/v2/logos/"

func logoSituations(t *testing.T) []logoSituation {
	theirs := picture(t, "png", green)
	mode := func(m simulator.WriteMode) func(*rig, domain.OrgID) {
		return func(r *rig, _ domain.OrgID) { r.behave(simulator.Behaviour{LogoWrites: m}) }
	}
	put := func(f simulator.Fault) func(*rig, domain.OrgID) {
		f.Method, f.Path = http.MethodPut, settingsPath
		return func(r *rig, _ domain.OrgID) { r.faults(f) }
	}
	reading := func(faults ...simulator.Fault) func(*rig, domain.OrgID) {
		return func(r *rig, _ domain.OrgID) {
			for i := range faults {
				faults[i].Method = http.MethodGet
			}
			r.faults(faults...)
		}
	}
	theyDo := func(r *rig, org domain.OrgID) { r.someoneSets(org, theirs) }
	return []logoSituation{
		{name: "applied", arrange: mode(simulator.Apply), state: domain.EditApplied, written: 1},
		{name: "refused", arrange: mode(simulator.Refuse), code: domain.CodeForbidden, says: "Nothing was changed"},
		{name: "silently ignored", arrange: mode(simulator.Ignore), state: domain.EditNotApplied, says: "JumpCloud accepted the request, but"},
		{name: "conflicting", arrange: theyDo, state: domain.EditConflict, says: "was changed by someone else. Nothing was sent"},
		{name: "conflicting, overwritten", arrange: theyDo, overwrite: true, state: domain.EditApplied, written: 1},
		{name: "overwritten, but changed again after the dialog", arrange: func(*rig, domain.OrgID) {},
			overwrite: true, state: domain.EditConflict, says: "Nothing was sent"},
		{name: "changed between the write and the look", arrange: func(r *rig, org domain.OrgID) {
			r.wire.afterWrite = func() { r.someoneSets(org, theirs) }
		}, state: domain.EditConflict, written: 1, says: "was told to change"},
		{name: "lost answer", arrange: put(simulator.Fault{Kind: simulator.FaultLost}), state: domain.EditApplied, written: 1, says: "was lost, but JumpCloud has it"},
		{name: "answer cut", arrange: put(simulator.Fault{Kind: simulator.FaultTruncate}), state: domain.EditApplied, written: 1, says: "was lost, but JumpCloud has it"},
		{name: "lost request", arrange: put(simulator.Fault{Kind: simulator.FaultReset}), state: domain.EditNotApplied, says: "may yet arrive"},
		{name: "lost in the server", arrange: put(simulator.Fault{Kind: simulator.FaultStatus}), state: domain.EditNotApplied, says: "may yet arrive"},
		{name: "captive portal", arrange: put(simulator.Fault{Kind: simulator.FaultHTML}), state: domain.EditNotApplied, says: "may yet arrive"},
		{name: "limited", arrange: put(simulator.Fault{Kind: simulator.FaultStatus, Status: 429}), code: domain.CodeRateLimited, says: "Nothing was changed"},
		{name: "conflicting on the server", arrange: put(simulator.Fault{Kind: simulator.FaultStatus, Status: 409}), code: domain.CodeConflict, says: "Nothing was changed"},
		{name: "unreadable afterwards", arrange: reading(simulator.Fault{Path: settingsPath, Kind: simulator.FaultReset, After: 1}),
			state: domain.EditUncertain, written: 1, says: "It is not known whether", dark: true},
		{name: "lost, unreadable afterwards", arrange: func(r *rig, org domain.OrgID) {
			put(simulator.Fault{Kind: simulator.FaultLost})(r, org)
			reading(simulator.Fault{Path: settingsPath, Kind: simulator.FaultReset, After: 1})(r, org)
		}, state: domain.EditUncertain, written: 1, says: "It is not known whether", dark: true},
		{name: "the present one is refused", arrange: reading(simulator.Fault{Path: logoPath, Kind: simulator.FaultStatus, Status: 403}),
			state: domain.EditConflict, says: "could not be read, so it cannot be kept", dark: true},
		{name: "the present one is gone", arrange: reading(simulator.Fault{Path: logoPath, Kind: simulator.FaultStatus, Status: 404}),
			state: domain.EditConflict, says: "could not be read, so it cannot be kept", dark: true},
		{name: "offline", arrange: func(r *rig, _ domain.OrgID) { r.faults(simulator.Fault{Kind: simulator.FaultReset}) }, code: domain.CodeOffline},
		{name: "the present one is limited", arrange: reading(simulator.Fault{Path: logoPath, Kind: simulator.FaultStatus, Status: 429}), code: domain.CodeRateLimited},
		{name: "key replaced", arrange: func(r *rig, _ domain.OrgID) { r.simulator.NewKey() }, code: domain.CodeUnauthorized},
	}
}

// TestTheLogoToldIsTheOneTheServerHas is the promise of the edit flow, for
// setting, for setting where there was none, and for removing.
func TestTheLogoToldIsTheOneTheServerHas(t *testing.T) {
	was, wanted := picture(t, "png", navy), picture(t, "png", orange)
	for _, act := range []struct {
		name        string
		was, wanted []byte
	}{{"set", was, wanted}, {"first", nil, wanted}, {"remove", was, nil}} {
		for _, c := range logoSituations(t) {
			if act.was == nil && (c.dark && c.state == domain.EditConflict || c.name == "the present one is limited") {
				continue // there is no present one
			}
			t.Run(act.name+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				r := newRig(t, 3)
				org := r.withLogo(act.was)
				c.arrange(r, org)
				held := r.heldBefore(org, act.was, c)
				expected := hashOf(t, act.was)
				if c.overwrite {
					expected = hashOf(t, picture(t, "png", green))
				}
				outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{
					Org: org, File: fileOrNone(act.wanted), Expected: expected, Overwrite: c.overwrite,
				})
				r.simulator.ClearFaults()
				if domain.CodeOf(err) != c.code || outcome.State != c.state {
					t.Fatalf("came to %q, %v; expected %q, %q", outcome.State, err, c.state, c.code)
				}
				r.checkLogo(org, held, hashOf(t, act.wanted), outcome, err, c)
			})
		}
	}
}

func fileOrNone(data []byte) domain.LogoFile {
	if data == nil {
		return domain.LogoFile{}
	}
	return file(data)
}

// heldBefore is the logo that the server has when the change begins.
func (r *rig) heldBefore(org domain.OrgID, was []byte, c logoSituation) string {
	if strings.HasPrefix(c.name, "conflicting") && c.code == "" {
		return hashOf(r.t, picture(r.t, "png", green))
	}
	return hashOf(r.t, was)
}

// checkLogo holds what the person was told against the server, the cache and
// the history.
func (r *rig) checkLogo(org domain.OrgID, before, wanted string, outcome domain.EditOutcome, err error, c logoSituation) {
	r.t.Helper()
	server, cached := hashOf(r.t, r.served(org)), r.cached(org)
	told := outcome.Message
	if err != nil {
		told = err.Error()
	}
	if !strings.Contains(told, c.says) || told == "" {
		r.t.Errorf("the person is told %q", told)
	}
	if history := r.simulator.History(); len(history) != c.written || r.wire.sent() > 1 && c.code != domain.CodeRateLimited {
		r.t.Errorf("the server was changed %d times in %d requests", len(history), r.wire.sent())
	}
	line, lines := r.lastLine()
	result := string(c.code) + string(c.state)
	switch {
	case c.state == domain.EditApplied:
		result = domain.ResultOK
	case c.state == domain.EditConflict && c.written > 0:
		result = domain.ResultOvertaken
	}
	if lines != 1 || line.Kind != domain.ActivityLogo || line.Result != result || line.Org != org || line.Actor != r.accounts.account.Email || line.After != wanted {
		r.t.Errorf("the history has %d lines, the last is %+v", lines, line)
	}
	switch {
	case err != nil:
		if server != before || cached.LogoHash != before {
			r.t.Errorf("refused, but the server has %q and the cache %q", server, cached.LogoHash)
		}
		return
	case c.dark:
		if outcome.ServerKnown || outcome.OpenConsole != (c.state == domain.EditUncertain) {
			r.t.Errorf("nothing could be read, but told is %+v", outcome)
		}
		if due := cached.LogoHash != "" && cached.LogoSource != cached.LogoURL; due != (c.state == domain.EditUncertain && before != "") {
			r.t.Errorf("the logo is due: %v; %+v", due, cached)
		}
		return
	}
	if !outcome.ServerKnown || outcome.Server != server || cached.LogoHash != server || (cached.LogoURL == "") != (server == "") || cached.LogoSource != cached.LogoURL {
		r.t.Errorf("told is %q, the server has %q, the cache %+v", outcome.Server, server, cached)
	}
	if (outcome.State == domain.EditApplied) != (server == wanted) || outcome.Undoable != (outcome.State == domain.EditApplied) {
		r.t.Errorf("%q, undoable %v, but the server has %q", outcome.State, outcome.Undoable, server)
	}
	if outcome.Before != before || line.Before != before || outcome.Wanted != wanted || outcome.ActivityID != line.ID {
		r.t.Errorf("told is %+v, and the history has %+v", outcome, line)
	}
	if outcome.OpenConsole != (outcome.State == domain.EditNotApplied && strings.Contains(told, "accepted")) {
		r.t.Errorf("the console is offered: %v", outcome.OpenConsole)
	}
	if rows := r.watcher.shown(); len(rows) != 1 || r.cached(rows[0]).LogoHash != server {
		r.t.Errorf("shown were %v", rows)
	}
}
