package program_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/image/tiff"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// TestOneOfManyIsLookedAt: as it came in and as it would be sent, before
// anything is, and only to be looked at.
func TestOneOfManyIsLookedAt(t *testing.T) {
	p, id := startWithFolder(t)
	logos := p.logos(t)
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	org := list.Rows[0].ID
	put(t, p.desktop.chosen, org+".png", drawn(t, 200))
	put(t, p.desktop.chosen, "IMG 1.png", markOnWhite(t, 1200, 400))
	plan, err := logos.PlanLogos(id, "")
	if err != nil {
		t.Fatal(err)
	}
	p.until(t, "how far the looking came", func() bool { return len(told[bind.LogoPlanProgress](p)) > 0 })
	if event := told[bind.LogoPlanProgress](p)[0]; event.AccountID != id || event.Revision == 0 || event.Total != 2 {
		t.Errorf("told was %+v", event)
	}
	for _, row := range plan.Rows { // also one that is for no organization yet
		taken, err := logos.LookAtLogo(id, plan.ID, row.FileName)
		if err != nil || taken.FileName != row.FileName || taken.Width != row.Width || taken.OrganizationID != "" {
			t.Fatalf("taken as %+v, %v", taken, err)
		}
		ready, err := logos.PrepareLook(id, taken.ID, taken.Suggested)
		good := row.FileName == "IMG 1.png"
		if err != nil || ready.Untouched != good || good == (len(ready.Warnings) == 1) {
			t.Fatalf("ready is %+v, %v", ready, err)
		}
		for _, path := range []string{taken.Path, ready.Path} {
			answer, data := p.get(t, path)
			if _, err := png.DecodeConfig(bytes.NewReader(data)); err != nil || answer.Header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s is answered with %s, %v", path, answer.Status, err)
			}
		}
		for _, other := range []string{org, ""} {
			if _, err := logos.SetLogo(id, other, ready.ID, list.Rows[0].Logo, true); err == nil {
				t.Errorf("what was looked at was set for %q", other)
			}
		}
		if err := logos.ForgetLogo(id, taken.ID); err != nil {
			t.Error(err)
		}
		for _, path := range []string{taken.Path, ready.Path} {
			if answer, _ := p.get(t, path); answer.StatusCode != http.StatusNotFound {
				t.Errorf("after it was let go of, %s is answered with %s", path, answer.Status)
			}
		}
	}
	put(t, p.desktop.chosen, "IMG 1.png", drawn(t, 1))
	if _, err := logos.LookAtLogo(id, plan.ID, "IMG 1.png"); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("a file that was changed came to %v", err)
	}
	if _, err := logos.LookAtLogo(id, "other", org+".png"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("of another plan: %v", err)
	}
	if err := logos.StopLogoPlan(id); err != nil {
		t.Errorf("stopping nothing came to %v", err)
	}
}

// TestLettingGoDoesNotEndASetting: the dialog may be closed while its logo is sent.
func TestLettingGoDoesNotEndASetting(t *testing.T) {
	running, err := simulator.Start("127.0.0.1:0", simulator.Options{Orgs: 3, Seed: 3, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Close() }()
	to, err := url.Parse(running.URL)
	if err != nil {
		t.Fatal(err)
	}
	letGo := func() {}
	forward := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(to)
		r.Out.Host = r.In.Host
	}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			letGo()
		}
		forward.ServeHTTP(w, r)
	}))
	defer server.Close()
	p := start(t, func(o *program.Options) { o.APIURL = server.URL })
	id := p.signedIn(t, running.APIKey())
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	logos, row := p.logos(t), list.Rows[0]
	taken := p.take(t, id, row.ID, "a.png", markOnWhite(t, 1200, 400))
	ready, err := logos.PrepareLogo(id, row.ID, taken.ID, taken.Suggested)
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	letGo = func() {
		calls++
		if err := logos.ForgetLogo(id, taken.ID); err != nil {
			t.Error(err)
		}
	}
	outcome, err := logos.SetLogo(id, row.ID, ready.ID, row.Logo, false)
	if err != nil || outcome.State != "applied" || calls != 1 {
		t.Errorf("came to %+v, %v, and it was let go of %d times", outcome, err, calls)
	}
	if got := servedLogo(t, running, row.ID); !bytes.Equal(got, markOnWhite(t, 1200, 400)) {
		t.Errorf("%d bytes are served", len(got))
	}
	if answer, _ := p.get(t, ready.Path); answer.StatusCode != http.StatusNotFound {
		t.Errorf("it is kept: %s", answer.Status)
	}
}

// TestPicturesThatTellLateWhatTheyAre: a TIFF has its facts at its end, and a
// JPEG behind whatever its makers put before them; so has one without an ending.
func TestPicturesThatTellLateWhatTheyAre(t *testing.T) {
	p, id := startWithFolder(t)
	picture, err := png.Decode(bytes.NewReader(drawn(t, 200)))
	if err != nil {
		t.Fatal(err)
	}
	large := image.NewNRGBA(image.Rect(0, 0, 900, 300))
	copy(large.Pix, picture.(*image.NRGBA).Pix) //nolint:forcetypeassert // drawn as one
	var late bytes.Buffer
	if err := tiff.Encode(&late, large, nil); err != nil {
		t.Fatal(err)
	}
	photo := asJPEG(t, drawn(t, 100))
	long := append([]byte{}, photo[:2]...)
	for range 6 { // such as a print shop's colour profile
		long = append(long, 0xFF, 0xE2)
		long = binary.BigEndian.AppendUint16(long, 60_000)
		long = append(long, make([]byte, 60_000-2)...)
	}
	long = append(long, photo[2:]...)
	put(t, p.desktop.chosen, "late.tif", late.Bytes())
	put(t, p.desktop.chosen, "late", late.Bytes())
	put(t, p.desktop.chosen, "long.jpg", long)
	put(t, p.desktop.chosen, "text", []byte("BM is how this text begins"))
	plan, err := p.logos(t).PlanLogos(id, "")
	if err != nil || len(plan.Rows) != 3 || plan.Skipped != 1 {
		t.Fatalf("the plan is %+v, %v", plan, err)
	}
	for i, want := range []string{"TIFF", "TIFF", "JPEG"} {
		if row := plan.Rows[i]; row.Problem != nil || row.Kind != want || row.Width != map[string]int{"TIFF": 900, "JPEG": 600}[want] {
			t.Errorf("the row is %+v", row)
		}
	}
	if info, err := os.Stat(filepath.Join(p.desktop.chosen, "late")); err != nil || info.Size() < 256<<10 {
		t.Fatalf("the TIFF is too small to prove anything: %v", err)
	}
}
