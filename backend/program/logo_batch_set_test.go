package program_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/testkit"
)

// folderDesktop is a desktop whose person chooses a folder.
type folderDesktop struct {
	*desktop
	chosen string
}

func (f *folderDesktop) ChooseFolder() (string, error) { return f.chosen, nil }

// TestSetLogosFromThePage: from a folder to what JumpCloud serves, with one
// organization that somebody else changed and one file that is damaged.
func TestSetLogosFromThePage(t *testing.T) {
	running := testkit.CheckedSimulator(t, simulator.Options{Orgs: 6, Seed: 3, Now: time.Now})
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
	rows := list.Rows[:4]
	whole := drawn(t, 10)
	for i, row := range rows {
		data := drawn(t, uint8(40*i))
		if i == 2 {
			data = whole[:len(whole)/2] // its header is all there
		}
		put(t, folder.chosen, row.ID+".png", data)
	}
	plan, err := logos.PlanLogos(id, "")
	if err != nil {
		t.Fatal(err)
	}
	var pairs []bind.LogoPair
	for _, row := range plan.Rows {
		pairs = append(pairs, bind.LogoPair{FileName: row.FileName, OrganizationID: row.OrganizationID})
	}
	recipe := &bind.LogoRecipe{Shape: "1200x400", Background: "transparent", Crop: true, Tolerance: 8, Padding: 10}
	other := "new" // what somebody else sets after the plan
	if err := running.PatchOrganization(rows[1].ID, simulator.OrganizationPatch{Logo: &other}); err != nil {
		t.Fatal(err)
	}
	before := map[string]string{}
	for _, row := range rows {
		before[row.ID] = serverLogo(t, running, row.ID)
	}
	if err := logos.StartLogoBatch(id, plan.ID, pairs, recipe); err != nil {
		t.Fatal(err)
	}
	p.until(t, "the end of the batch", func() bool {
		events := told[bind.LogoBatch](p)
		return len(events) > 0 && events[len(events)-1].State == "done"
	})
	batch, err := logos.LogoBatch(id)
	if err != nil || batch.State != "done" || batch.Done != 4 || batch.Set != 2 || batch.Total != 4 {
		t.Fatalf("the batch is %+v, %v", batch, err)
	}
	results := map[string]string{}
	for _, row := range batch.Rows {
		results[row.OrganizationID] = row.Result
	}
	for i, want := range []string{"ok", "conflict", "invalid_input", "ok"} {
		org := rows[i].ID
		if results[org] != want {
			t.Errorf("file %d came to %s", i, results[org])
		}
		set := want == "ok"
		if changed := serverLogo(t, running, org) != before[org]; changed != set {
			t.Errorf("file %d came to %s, and that the server has another logo is %t", i, results[org], changed)
		}
		shown := p.row(t, id, org).Logo
		if set && (shown == "" || shown == rows[i].Logo) {
			t.Errorf("file %d is set, and the row shows %q", i, shown)
		}
		if answer, _ := p.get(t, shown); set && answer.Header.Get("Content-Type") != "image/png" {
			t.Errorf("the logo of %d is served as %s", i, answer.Header.Get("Content-Type"))
		}
	}
	for _, event := range told[bind.LogoBatch](p) {
		if event.AccountID != id || len(event.Rows) != 0 || event.Total != 4 || event.Revision == 0 {
			t.Errorf("told was %+v", event)
		}
	}
	saveReport(t, p, logos, id)
	again, err := logos.PlanLogos(id, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := logos.StartLogoBatch(id, plan.ID, pairs, recipe); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("the plan before the newest came to %v", err)
	}
	sent := len(running.History())
	if err := logos.StartLogoBatch(id, again.ID, []bind.LogoPair{pairOf(plan, rows[0].ID), pairOf(plan, rows[3].ID)}, recipe); err != nil {
		t.Fatal(err)
	}
	p.until(t, "the end of the second batch", func() bool {
		batch, err = logos.LogoBatch(id)
		return err == nil && batch.State == "done" && batch.Total == 2
	})
	if batch.Rows[0].Result != "unchanged" || batch.Rows[1].Result != "unchanged" || batch.Set != 2 || len(running.History()) != sent {
		t.Errorf("the same folder again came to %+v", batch)
	}
	if err := p.session.SignOut(id, false); err != nil {
		t.Fatal(err)
	}
	if err := logos.StartLogoBatch(id, again.ID, pairs, recipe); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("the plan of before the log-out came to %v", err)
	}
}

// pairOf gives the pair that a plan has for an organization.
func pairOf(plan bind.LogoPlan, org string) bind.LogoPair {
	for _, row := range plan.Rows {
		if row.OrganizationID == org {
			return bind.LogoPair{FileName: row.FileName, OrganizationID: org}
		}
	}
	return bind.LogoPair{}
}

// saveReport saves the report of a batch of four, one of which met a conflict.
func saveReport(t *testing.T, p *page, logos *bind.Logos, id string) {
	t.Helper()
	p.desktop.mu.Lock()
	p.desktop.folder = t.TempDir()
	p.desktop.mu.Unlock()
	saved, err := logos.SaveLogoBatch(id)
	if err != nil || saved.Rows != 4 {
		t.Fatalf("saved was %+v, %v", saved, err)
	}
	if report, err := os.ReadFile(saved.Path); err != nil || strings.Count(string(report), "\r\n") != 5 || !strings.Contains(string(report), ",conflict,") {
		t.Errorf("the report is %q, %v", report, err)
	}
}

// serverLogo gives the id of the logo that the server has of an organization.
func serverLogo(t *testing.T, running *simulator.Running, org string) string {
	t.Helper()
	state, err := running.Organization(org)
	if err != nil {
		t.Fatal(err)
	}
	return state.LogoID
}
