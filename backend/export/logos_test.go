package export_test

import (
	"slices"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/export"
)

func TestLogoBatch(t *testing.T) {
	batch := domain.LogoBatch{}
	for _, name := range hostile {
		batch.Rows = append(batch.Rows, domain.LogoBatchRow{
			LogoPair: domain.LogoPair{FileName: name + ".png", Org: "624d9eae6849cf3b3f93dc56"}, OrgName: name, Result: domain.ResultOK, Message: name, Hint: name,
			Warnings: []string{name, "Look."}, Steps: []string{name, "Cropped."},
		})
	}
	text, err := export.LogoBatch(&batch)
	if err != nil {
		t.Fatal(err)
	}
	rows := read(t, text)
	want := []string{"'=cmd|' /C calc'!A0.png", "624d9eae6849cf3b3f93dc56", "'=cmd|' /C calc'!A0", "ok", "'=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0",
		"'=cmd|' /C calc'!A0 Look.", "'=cmd|' /C calc'!A0 Cropped."}
	if len(rows) != len(hostile)+1 || !slices.Equal(rows[1], want) {
		t.Errorf("%d lines, the second is %q", len(rows), rows[1])
	}
}
