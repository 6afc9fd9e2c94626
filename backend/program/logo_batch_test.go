package program_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
)

func (p *page) logos(t *testing.T) *bind.Logos {
	t.Helper()
	for _, area := range p.Bound() {
		if found, ok := area.(*bind.Logos); ok {
			return found
		}
	}
	t.Fatal("the logos are not bound")
	return nil
}

// drawn is a PNG with a shape in its middle, of a shade that tells it from others.
func drawn(t *testing.T, shade uint8) []byte {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, 600, 200))
	for y := 50; y < 150; y++ {
		for x := 100; x < 500; x++ {
			picture.SetNRGBA(x, y, color.NRGBA{R: shade, G: 80, B: uint8(x / 2), A: 255})
		}
	}
	var data bytes.Buffer
	if err := png.Encode(&data, picture); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

// startWithFolder starts the demo with a folder that the person will choose.
func startWithFolder(t *testing.T) (p *page, account string) {
	t.Helper()
	p = start(t, func(o *program.Options) { o.Demo = true })
	p.desktop.chosen = filepath.Join(t.TempDir(), "Logos of clients")
	if err := os.Mkdir(p.desktop.chosen, 0o700); err != nil {
		t.Fatal(err)
	}
	return p, p.synced(t)
}

func put(t *testing.T, folder, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(folder, name), data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestPlanLogosFromThePage(t *testing.T) {
	p, id := startWithFolder(t)
	logos := p.logos(t)
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	first := list.Rows[0]
	put(t, p.desktop.chosen, first.ID+".png", drawn(t, 200))
	put(t, p.desktop.chosen, "picture.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"))
	put(t, p.desktop.chosen, "notes.txt", nil)
	plan, err := logos.PlanLogos(id, "")
	if err != nil || plan.AccountID != id || plan.ID == "" || plan.Folder != "Logos of clients" || plan.Skipped != 1 || len(plan.Rows) != 2 {
		t.Fatalf("the plan is %+v, %v", plan, err)
	}
	if row := plan.Rows[0]; row.OrganizationID != first.ID || row.OrganizationName != first.Name || row.Match != "id" ||
		row.Kind != "PNG" || row.Width != 600 || row.Height != 200 || row.Problem != nil {
		t.Errorf("the picture is %+v", row)
	}
	if row := plan.Rows[1]; row.Problem == nil || row.Problem.Code != string(domain.CodeInvalidInput) || row.Match != "none" {
		t.Errorf("the drawing is %+v", row)
	}
	p.desktop.chosen = ""
	if plan, err := logos.PlanLogos(id, ""); err != nil || plan.ID != "" || plan.AccountID != id {
		t.Errorf("no folder came to %+v, %v", plan, err)
	}
	p.desktop.chosen = "relative"
	if _, err := logos.PlanLogos(id, ""); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("half a path came to %v", err)
	}
	p.desktop.chosen = filepath.Join(t.TempDir(), "none")
	if _, err := logos.PlanLogos(id, ""); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("a missing folder came to %v", err)
	}
	if _, err := logos.SaveLogoBatch(id); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a report of nothing came to %v", err)
	}
	if _, err := logos.PlanLogos("us:nobody", ""); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a foreign account came to %v", err)
	}
}

// TestADroppedFolderIsPlanned: and so are several files that were dropped.
func TestADroppedFolderIsPlanned(t *testing.T) {
	p, id := startWithFolder(t)
	logos := p.logos(t)
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	folder := p.desktop.chosen
	p.desktop.chosen = ""
	first, second := list.Rows[0].ID+".png", list.Rows[1].ID+".png"
	put(t, folder, first, drawn(t, 200))
	put(t, folder, second, drawn(t, 100))
	drop := p.dropped(t, folder)
	plan, err := logos.PlanLogos(id, drop.ID)
	if err != nil || !drop.Folder || plan.ID == "" || plan.Folder != "Logos of clients" || len(plan.Rows) != 2 {
		t.Errorf("the plan is %+v, %v", plan, err)
	}
	files := p.dropped(t, filepath.Join(folder, first), filepath.Join(folder, second))
	plan, err = logos.PlanLogos(id, files.ID)
	if err != nil || files.Folder || plan.ID == "" || len(plan.Rows) != 2 {
		t.Errorf("the plan is %+v, %v", plan, err)
	}
	if _, err := logos.PlanLogos(id, drop.ID); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("of a drop that was displaced: %v", err)
	}
}
