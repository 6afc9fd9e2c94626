package export

import (
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// LogoBatch writes what became of the files of a batch of logos as CSV, in
// their order.
func LogoBatch(batch *domain.LogoBatch) (string, error) {
	rows := make([][]string, 0, len(batch.Rows)+1)
	rows = append(rows, []string{"file", "organizationId", "organization", "result", "message", "hint", "warnings", "whatWasDone"})
	for i := range batch.Rows {
		r := &batch.Rows[i]
		rows = append(rows, []string{r.FileName, string(r.Org), r.OrgName, r.Result, r.Message, r.Hint, strings.Join(r.Warnings, " "), strings.Join(r.Steps, " ")})
	}
	return table(rows)
}
