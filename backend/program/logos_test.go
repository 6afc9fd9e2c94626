package program_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
)

const absentOrg = "000000000000000000000001"

// markOnWhite is a picture with a dark mark on white, as PNG.
func markOnWhite(t *testing.T, width, height int) []byte {
	t.Helper()
	picture := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			picture.Set(x, y, color.White)
			if x > width/4 && x < width*3/4 && y > height/4 && y < height*3/4 {
				picture.Set(x, y, color.RGBA{R: 20, G: 60, B: 120, A: 255})
			}
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, picture); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

// hand hands a picture over as the page does; change may make it another request.
func (p *page) hand(t *testing.T, path, name string, body io.Reader, change func(*http.Request)) (int, []byte) {
	t.Helper()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://orgdeck.test"+path, body)
	r.Header.Set("X-Orgdeck", "take")
	r.Header.Set("X-File-Name", url.PathEscape(name))
	if change != nil {
		change(r)
	}
	recorder := httptest.NewRecorder()
	p.Assets(http.NotFoundHandler()).ServeHTTP(recorder, r)
	return recorder.Code, recorder.Body.Bytes()
}

// demoRow starts a demo, and gives its account and an organization of it.
func demoRow(t *testing.T) (*page, string, bind.OrganizationRow) {
	t.Helper()
	p := start(t, func(o *program.Options) { o.Demo = true })
	id := p.synced(t)
	list, err := p.organizations.List(id)
	if err != nil || len(list.Rows) < 2 {
		t.Fatalf("%d rows, %v", len(list.Rows), err)
	}
	return p, id, list.Rows[0]
}

func (p *page) take(t *testing.T, account, org, name string, data []byte) bind.TakenLogo {
	t.Helper()
	status, body := p.hand(t, "/take/"+account+"/"+org, name, bytes.NewReader(data), nil)
	var taken bind.TakenLogo
	if err := json.Unmarshal(body, &taken); err != nil || status != http.StatusOK {
		t.Fatalf("%d: %s (%v)", status, body, err)
	}
	return taken
}

// TestOneLogoFromThePage does all of it in one demo, whose start takes longer.
func TestOneLogoFromThePage(t *testing.T) {
	p, account, row := demoRow(t)
	for name, part := range map[string]func(*testing.T, *page, string, bind.OrganizationRow){
		"a picture is taken, prepared, shown and saved": pictureIsTakenPreparedShownAndSaved,
		"a logo is set, removed and brought back":       logoIsSetRemovedAndBroughtBack,
		"a JPEG is saved as one":                        jpegIsSavedAsOne,
		"what is no picture of the page is refused":     whatIsNoPictureOfThePageIsRefused,
		"a dropped file is taken":                       droppedFileIsTaken,
		"what is no file is refused when it is dropped": whatIsNoFileIsRefusedWhenDropped,
	} {
		t.Run(name, func(t *testing.T) { part(t, p, account, row) })
	}
}

func pictureIsTakenPreparedShownAndSaved(t *testing.T, p *page, account string, row bind.OrganizationRow) {
	logos := p.logos(t)
	taken := p.take(t, account, row.ID, "Ärzte 株式会社.png", markOnWhite(t, 900, 600))
	if taken.FileName != "Ärzte 株式会社.png" || taken.AccountID != account || taken.OrganizationID != row.ID ||
		taken.Kind != "PNG" || taken.Width != 900 || taken.Height != 600 || taken.Suggested.Shape == "" {
		t.Errorf("taken as %+v", taken)
	}
	answer, before := p.get(t, taken.Path)
	shown, err := png.Decode(bytes.NewReader(before))
	if err != nil || shown.Bounds().Dx() != 900 || answer.Header.Get("Content-Type") != "image/png" || answer.Header.Get("Cache-Control") != "no-store" {
		t.Fatalf("%s is answered with %v, %v", taken.Path, answer.Header, err)
	}
	recipe := taken.Suggested
	recipe.Shape = "800x400"
	ready, err := logos.PrepareLogo(account, row.ID, taken.ID, recipe)
	if err != nil || ready.Width != 800 || ready.Height != 400 || ready.AccountID != account || ready.OrganizationID != row.ID {
		t.Fatalf("ready is %+v, %v", ready, err)
	}
	answer, after := p.get(t, ready.Path)
	config, _, err := image.DecodeConfig(bytes.NewReader(after))
	if err != nil || config.Width != 800 || len(after) != ready.Bytes || answer.Header.Get("Content-Type") != ready.MediaType {
		t.Errorf("%s is answered with %d bytes, %v, %v", ready.Path, len(after), answer.Header, err)
	}

	if saved, err := logos.SavePreparedLogo(account, row.ID, ready.ID); err != nil || saved.Path != "" {
		t.Errorf("saved without a place: %+v, %v", saved, err)
	}
	p.desktop.folder = t.TempDir()
	defer func() { p.desktop.folder = "" }()
	saved, err := logos.SavePreparedLogo(account, row.ID, ready.ID)
	if err != nil || saved.AccountID != account || !strings.HasSuffix(saved.Path, " logo.png") {
		t.Fatalf("saved as %+v, %v", saved, err)
	}
	if kept, err := os.ReadFile(saved.Path); err != nil || !bytes.Equal(kept, after) {
		t.Errorf("%d bytes were saved of %d, %v", len(kept), len(after), err)
	}
}

// logoIsSetRemovedAndBroughtBack: what the page is told is what the row has.
func logoIsSetRemovedAndBroughtBack(t *testing.T, p *page, account string, row bind.OrganizationRow) {
	logos := p.logos(t)
	taken := p.take(t, account, row.ID, "a.png", markOnWhite(t, 1200, 400))
	ready, err := logos.PrepareLogo(account, row.ID, taken.ID, taken.Suggested)
	if err != nil {
		t.Fatal(err)
	}
	foreign := "/logo/" + account + "/" + strings.Repeat("a", 64) + ".png"
	outcome, err := logos.SetLogo(account, row.ID, ready.ID, foreign, false)
	if err != nil || outcome.State != "conflict" || outcome.ServerValue != row.Logo {
		t.Fatalf("over another logo than was seen: %+v, %v", outcome, err)
	}
	outcome, err = logos.SetLogo(account, row.ID, ready.ID, row.Logo, false)
	if err != nil || outcome.State != "applied" || outcome.Field != "logo" || outcome.Before != row.Logo || !outcome.CanUndo {
		t.Fatalf("set: %+v, %v", outcome, err)
	}
	shown := p.row(t, account, row.ID).Logo
	if shown != outcome.ServerValue || shown == row.Logo || shown == "" {
		t.Errorf("the row shows %q, told %q, before %q", shown, outcome.ServerValue, row.Logo)
	}
	if answer, _ := p.get(t, shown); answer.StatusCode != http.StatusOK {
		t.Errorf("%s is answered with %s", shown, answer.Status)
	}
	removed, err := logos.RemoveLogo(account, row.ID, shown, false)
	if err != nil || removed.State != "applied" || removed.ServerValue != "" || p.row(t, account, row.ID).Logo != "" {
		t.Fatalf("removed: %+v, %v", removed, err)
	}
	undone, err := p.edits(t).UndoEdit(account, removed.ActivityID)
	if err != nil || undone.State != "applied" || undone.ServerValue != shown || p.row(t, account, row.ID).Logo != shown {
		t.Errorf("brought back: %+v, %v", undone, err)
	}
}

func jpegIsSavedAsOne(t *testing.T, p *page, account string, row bind.OrganizationRow) {
	edits := p.edits(t)
	if _, err := edits.EditOrganization(account, row.ID, "name", row.Name, `A/B: "C" <d>?`, false); err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(markOnWhite(t, 1200, 400)))
	if err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, picture, nil); err != nil {
		t.Fatal(err)
	}
	taken := p.take(t, account, row.ID, "a.jpg", data.Bytes())
	ready, err := p.logos(t).PrepareLogo(account, row.ID, taken.ID, bind.LogoRecipe{Shape: "keep", Background: "transparent"})
	if err != nil || !ready.Untouched || ready.MediaType != "image/jpeg" {
		t.Fatalf("ready is %+v, %v", ready, err)
	}
	p.desktop.folder = t.TempDir()
	defer func() { p.desktop.folder = "" }()
	saved, err := p.logos(t).SavePreparedLogo(account, row.ID, ready.ID)
	if err != nil || filepath.Base(saved.Path) != "A-B- -C- -d logo.jpg" {
		t.Errorf("saved as %+v, %v", saved, err)
	}
}

func whatIsNoPictureOfThePageIsRefused(t *testing.T, p *page, account string, row bind.OrganizationRow) {
	data := markOnWhite(t, 500, 500)
	home := "/take/" + account + "/" + row.ID
	for name, c := range map[string]struct {
		path   string
		body   io.Reader
		change func(*http.Request)
		status int
		code   domain.Code
	}{
		"no picture":               {home, strings.NewReader("<svg/>"), nil, http.StatusBadRequest, domain.CodeInvalidInput},
		"nothing":                  {home, strings.NewReader(""), nil, http.StatusBadRequest, domain.CodeInvalidInput},
		"too much, as it says":     {home, bytes.NewReader(data), func(r *http.Request) { r.ContentLength = 64<<20 + 1 }, http.StatusBadRequest, domain.CodeInvalidInput},
		"too much, without saying": {home, io.LimitReader(zeros{}, 64<<20+1), func(r *http.Request) { r.ContentLength = -1 }, http.StatusBadRequest, domain.CodeInvalidInput},
		"an unknown organization":  {"/take/" + account + "/" + absentOrg, bytes.NewReader(data), nil, http.StatusNotFound, domain.CodeNotFound},
		"an unknown account":       {"/take/us:none/" + row.ID, bytes.NewReader(data), nil, http.StatusNotFound, domain.CodeNotFound},
		"no organization":          {"/take/" + account, bytes.NewReader(data), nil, http.StatusBadRequest, domain.CodeInvalidInput},
		"a path for one":           {home + "/x", bytes.NewReader(data), nil, http.StatusBadRequest, domain.CodeInvalidInput},
		"a GET":                    {home, nil, func(r *http.Request) { r.Method = http.MethodGet }, http.StatusNotFound, ""},
		"a question before it":     {home, nil, func(r *http.Request) { r.Method = http.MethodOptions }, http.StatusNotFound, ""},
		"a form of any page":       {home, bytes.NewReader(data), func(r *http.Request) { r.Header.Del("X-Orgdeck") }, http.StatusNotFound, ""},
		"another site":             {home, bytes.NewReader(data), func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusNotFound, ""},
		"another port":             {home, bytes.NewReader(data), func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, http.StatusNotFound, ""},
		"another origin":           {home, bytes.NewReader(data), func(r *http.Request) { r.Header.Set("Origin", "http://evil.test") }, http.StatusNotFound, ""},
		"an origin that is none":   {home, bytes.NewReader(data), func(r *http.Request) { r.Header.Set("Origin", "null") }, http.StatusNotFound, ""},
		"the same origin":          {home, bytes.NewReader(data), func(r *http.Request) { r.Header.Set("Origin", "http://orgdeck.test") }, http.StatusOK, ""},
		"the window":               {home, bytes.NewReader(data), func(r *http.Request) { r.Header.Set("Origin", "wails://wails") }, http.StatusOK, ""},
	} {
		t.Run(name, func(t *testing.T) {
			status, body := p.hand(t, c.path, "a.png", c.body, c.change)
			var problem bind.Problem
			if status != c.status {
				t.Fatalf("answered with %d: %s", status, body)
			}
			if c.code == "" {
				return
			}
			if err := json.Unmarshal(body, &problem); err != nil || problem.Code != string(c.code) || problem.Message == "" {
				t.Errorf("told %s (%v)", body, err)
			}
		})
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestATakenPictureBelongsToItsOrganization: it can be neither made nor set nor
// saved for another, nor shown to another account, nor after signing out.
func TestATakenPictureBelongsToItsOrganization(t *testing.T) {
	p, account, row := demoRow(t)
	logos := p.logos(t)
	list, err := p.organizations.List(account)
	if err != nil {
		t.Fatal(err)
	}
	another := list.Rows[1].ID
	taken := p.take(t, account, row.ID, "a.png", markOnWhite(t, 500, 500))
	ready, err := logos.PrepareLogo(account, row.ID, taken.ID, taken.Suggested)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := logos.PrepareLogo(account, another, taken.ID, taken.Suggested); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("made for another: %v", err)
	}
	if _, err := logos.SetLogo(account, another, ready.ID, "", true); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("set for another: %v", err)
	}
	if _, err := logos.SavePreparedLogo(account, another, ready.ID); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("saved for another: %v", err)
	}
	for _, path := range []string{
		"/taken/us:x/" + taken.ID + ".png", "/taken/" + account + "/" + taken.ID, "/taken/" + account + "/.png",
		"/ready/us:x/" + ready.ID, "/ready/" + account + "/" + taken.ID, "/ready/" + account + "/", "/ready/",
	} {
		if answer, _ := p.get(t, path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s is answered with %s", path, answer.Status)
		}
	}
	if err := p.session.SignOut(account, true); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{taken.Path, ready.Path} {
		if answer, _ := p.get(t, path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("after signing out, %s is answered with %s", path, answer.Status)
		}
	}
}

// dropped drops files on the window, and gives what the page is told.
func (p *page) dropped(t *testing.T, paths ...string) bind.DroppedFiles {
	t.Helper()
	p.Dropped(12, 34, paths)
	all := told[bind.DroppedFiles](p)
	if len(all) == 0 {
		t.Fatal("nothing was told of a drop")
	}
	return all[len(all)-1]
}

func droppedFileIsTaken(t *testing.T, p *page, account string, row bind.OrganizationRow) {
	logos := p.logos(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "Acme Dental.png")
	if err := os.WriteFile(path, markOnWhite(t, 500, 500), 0o600); err != nil {
		t.Fatal(err)
	}
	first := p.dropped(t, path)
	if first.X != 12 || first.Y != 34 || first.Folder || len(first.Names) != 1 || first.Names[0] != "Acme Dental.png" ||
		strings.Contains(first.ID, "Acme") {
		t.Errorf("told %+v", first)
	}
	taken, err := logos.TakeDropped(account, row.ID, first.ID)
	if err != nil || taken.FileName != "Acme Dental.png" || taken.Width != 500 {
		t.Fatalf("taken as %+v, %v", taken, err)
	}
	if _, err := logos.TakeDropped(account, absentOrg, first.ID); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("for an unknown organization: %v", err)
	}

	both := p.dropped(t, path, filepath.Join(folder, "other.png"))
	if len(both.Names) != 2 || both.Folder {
		t.Errorf("told %+v", both)
	}
	if _, err := logos.TakeDropped(account, row.ID, both.ID); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("of two files: %v", err)
	}
	for _, id := range []string{first.ID, "", path} {
		if _, err := logos.TakeDropped(account, row.ID, id); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("drop %q: %v", id, err)
		}
	}
}

func whatIsNoFileIsRefusedWhenDropped(t *testing.T, p *page, account string, row bind.OrganizationRow) {
	logos := p.logos(t)
	folder := t.TempDir()
	large := filepath.Join(folder, "large.png")
	if err := os.WriteFile(large, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(large, 64<<20+1); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(folder, "text.png")
	if err := os.WriteFile(text, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		path   string
		folder bool
		code   domain.Code
	}{
		{folder, true, domain.CodeInvalidInput}, {large, false, domain.CodeInvalidInput}, {text, false, domain.CodeInvalidInput},
		{filepath.Join(folder, "gone.png"), false, domain.CodeFile}, {os.DevNull, false, domain.CodeInvalidInput},
	} {
		drop := p.dropped(t, c.path)
		if drop.Folder != c.folder {
			t.Errorf("%s is told as %+v", c.path, drop)
		}
		if _, err := logos.TakeDropped(account, row.ID, drop.ID); domain.CodeOf(err) != c.code {
			t.Errorf("%s: %v", c.path, err)
		}
	}
	before := len(told[bind.DroppedFiles](p))
	for _, nothing := range [][]string{nil, {""}, {"text.png"}, {"", "../text.png"}} {
		p.Dropped(0, 0, nothing)
	}
	if drop := p.dropped(t, "", text); len(drop.Names) != 1 {
		t.Errorf("told %+v", drop)
	}
	if before++; len(told[bind.DroppedFiles](p)) != before {
		t.Error("a drop of nothing was told")
	}
}
