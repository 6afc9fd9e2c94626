package program_test

import (
	"os"
	"testing"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
)

func (p *page) edits(t *testing.T) *bind.Edits {
	t.Helper()
	for _, area := range p.Bound() {
		if found, ok := area.(*bind.Edits); ok {
			return found
		}
	}
	t.Fatal("the edits are not bound")
	return nil
}

// told gives the events of a kind so far.
func told[T any](p *page) []T {
	p.desktop.mu.Lock()
	defer p.desktop.mu.Unlock()
	var found []T
	for _, event := range p.desktop.events {
		if payload, ok := event.(T); ok {
			found = append(found, payload)
		}
	}
	return found
}

// row gives a row of the list.
func (p *page) row(t *testing.T, account, org string) bind.OrganizationRow {
	t.Helper()
	details, err := p.organizations.Details(account, org)
	if err != nil {
		t.Fatal(err)
	}
	return details.Row
}

func TestEditFromThePage(t *testing.T) {
	p := start(t, func(o *program.Options) { o.Demo = true })
	id := p.synced(t)
	edits := p.edits(t)
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	before := list.Rows[0]
	outcome, err := edits.EditOrganization(id, before.ID, "name", before.Name, " Renamed here ", false)
	if err != nil || outcome.State != "applied" || outcome.ServerValue != "Renamed here" || !outcome.CanUndo {
		t.Fatalf("came to %+v, %v", outcome, err)
	}
	if outcome.AccountID != id || outcome.OrganizationID != before.ID || outcome.Field != "name" {
		t.Errorf("the outcome belongs to %+v", outcome)
	}
	if row := p.row(t, id, before.ID); row.Name != "Renamed here" || row.Users.Value == nil {
		t.Errorf("the row is %+v", row)
	}
	p.until(t, "the row", func() bool {
		for _, event := range told[bind.RowsChanged](p) {
			for _, row := range event.Rows {
				if event.AccountID == id && row.ID == before.ID && row.Name == "Renamed here" {
					return true
				}
			}
		}
		return false
	})
	undone, err := edits.UndoEdit(id, outcome.ActivityID)
	if err != nil || undone.State != "applied" || p.row(t, id, before.ID).Name != before.Name {
		t.Errorf("undo came to %+v, %v", undone, err)
	}
	for _, c := range [][2]string{{"us:nobody", before.ID}, {id, "624d9eae6849cf3b3f93dc56"}} {
		if _, err := edits.EditOrganization(c[0], c[1], "name", "", "x", false); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("an edit of %v came to %v", c, err)
		}
	}
}

func TestAddAndImportFromThePage(t *testing.T) {
	p := start(t, func(o *program.Options) { o.Demo = true })
	id := p.synced(t)
	edits := p.edits(t)
	if _, err := edits.SaveImportResult(id); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("saving the result of no import came to %v", err)
	}
	added, err := edits.AddOrganization(id, "Quay & Sons", "12")
	if err != nil || added.State != "added" || added.Row.ID == "" || added.Row.ID != added.OrganizationID || added.AccountID != id {
		t.Fatalf("came to %+v, %v", added, err)
	}
	details, err := p.organizations.Details(id, added.OrganizationID)
	if err != nil || details.Row.Name != "Quay & Sons" || details.MaxSystemUsers == nil || *details.MaxSystemUsers != 12 {
		t.Errorf("the cache has %+v, %v", details, err)
	}
	const text = "name,maxSystemUsers\nquay & sons,\nOne,1\nTwo,\n"
	preview, err := edits.PreviewImport(id, text)
	if err != nil || preview.New != 2 || preview.Existing != 1 || len(preview.Rows) != 3 {
		t.Fatalf("the preview is %+v, %v", preview, err)
	}
	if err := edits.StartImport(id, text); err != nil {
		t.Fatal(err)
	}
	p.until(t, "the end of the import", func() bool {
		statuses := told[bind.ImportStatus](p)
		return len(statuses) > 0 && statuses[len(statuses)-1].State == "done" && statuses[len(statuses)-1].AccountID == id
	})
	result, err := edits.ImportResult(id)
	if err != nil || result.Status.Added != 2 || result.Rows[1].OrganizationID == "" || result.CSV == "" {
		t.Errorf("the result is %+v, %v", result, err)
	}
	if saved, err := edits.SaveImportResult(id); err != nil || saved.Path != "" {
		t.Errorf("saving without a place came to %+v, %v", saved, err)
	}
	p.desktop.mu.Lock()
	p.desktop.folder = t.TempDir()
	p.desktop.mu.Unlock()
	saved, err := edits.SaveImportResult(id)
	if err != nil || saved.Rows != 3 {
		t.Fatalf("saving came to %+v, %v", saved, err)
	}
	if content, err := os.ReadFile(saved.Path); err != nil || string(content) != result.CSV {
		t.Errorf("the file is %q, %v", content, err)
	}
	// The next synchronisation finds nothing new: the cache knows them already.
	if err := p.sync.Start(id); err != nil {
		t.Fatal(err)
	}
	p.until(t, "the synchronization", func() bool {
		status, err := p.sync.Status(id)
		return err == nil && status.State == "done" && status.Organizations == 11
	})
	if status, err := p.sync.Status(id); err != nil || status.Added != 0 || status.Gone != 0 {
		t.Errorf("the synchronization found %+v, %v", status, err)
	}
}
