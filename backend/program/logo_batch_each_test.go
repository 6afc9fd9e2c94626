package program_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// servedLogo gives the file that JumpCloud serves of an organization's logo.
func servedLogo(t *testing.T, running *simulator.Running, org string) []byte {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, running.URL+"/api/v2/logos/"+serverLogo(t, running, org), nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	data, err := io.ReadAll(answer.Body)
	if err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("%s, %v", answer.Status, err)
	}
	return data
}

func asJPEG(t *testing.T, file []byte) []byte {
	t.Helper()
	picture, err := png.Decode(bytes.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	var data bytes.Buffer
	if err := jpeg.Encode(&data, picture, nil); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

// TestEachOfManyIsMadeAsItIsSuggested: as the dialog of one logo begins, so that
// a good file is sent byte for byte, a logo on white stays on white, and one
// that had to be enlarged says so in the report.
func TestEachOfManyIsMadeAsItIsSuggested(t *testing.T) {
	running, err := simulator.Start("127.0.0.1:0", simulator.Options{Orgs: 6, Seed: 3, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = running.Close() }()
	folder := &folderDesktop{chosen: t.TempDir()}
	p := start(t, func(o *program.Options) {
		o.APIURL = running.URL
		folder.desktop, _ = o.Desktop.(*desktop)
		o.Desktop = folder
	})
	id := p.signedIn(t, running.APIKey())
	logos := p.logos(t)
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	good, white, small := list.Rows[0].ID, list.Rows[1].ID, list.Rows[2].ID
	whole := markOnWhite(t, 1200, 400)
	put(t, folder.chosen, good+".png", whole)
	put(t, folder.chosen, white+".jpg", asJPEG(t, markOnWhite(t, 2400, 390)))
	put(t, folder.chosen, small+".png", drawn(t, 90)) // 600 by 200 with 400 by 100 of content
	plan, err := logos.PlanLogos(id, "")
	if err != nil {
		t.Fatal(err)
	}
	pairs := []bind.LogoPair{pairOf(plan, good), pairOf(plan, white), pairOf(plan, small)}
	if err := logos.StartLogoBatch(id, plan.ID, pairs, nil); err != nil {
		t.Fatal(err)
	}
	var batch bind.LogoBatch
	p.until(t, "the end of the batch", func() bool {
		batch, err = logos.LogoBatch(id)
		return err == nil && batch.State == "done"
	})
	if batch.Set != 3 {
		t.Fatalf("the batch is %+v", batch)
	}
	if got := servedLogo(t, running, good); !bytes.Equal(got, whole) {
		t.Errorf("the good file has %d bytes, and %d are served", len(whole), len(got))
	}
	made, _, err := image.Decode(bytes.NewReader(servedLogo(t, running, white)))
	if err != nil || made.Bounds().Dx() != 1200 || made.Bounds().Dy() != 400 {
		t.Fatalf("the logo on white is %v, %v", made.Bounds(), err)
	}
	if corner := color.NRGBAModel.Convert(made.At(2, 2)); corner != (color.NRGBA{R: 255, G: 255, B: 255, A: 255}) {
		t.Errorf("the logo on white has a corner of %v", corner)
	}
	if warnings := batch.Rows[2].Warnings; len(warnings) != 1 || !strings.Contains(warnings[0], "times larger") ||
		len(batch.Rows[0].Warnings)+len(batch.Rows[1].Warnings) != 0 {
		t.Errorf("the warnings are in %+v", batch.Rows)
	}
}
