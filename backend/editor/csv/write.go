package csv

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Result writes what became of each row as a file in UTF-8 with a byte order
// mark, which spreadsheets need to read it rightly. Cells that a spreadsheet
// would compute begin with an apostrophe.
func Result(rows []domain.ImportRow) (string, error) {
	var text strings.Builder
	text.WriteString("\ufeff")
	writer := csv.NewWriter(&text)
	writer.UseCRLF = true
	if err := writer.Write([]string{"line", ColumnName, ColumnCap, "result", "reason", "organizationId"}); err != nil {
		return "", fmt.Errorf("write the header: %w", err)
	}
	for i := range rows {
		row := &rows[i]
		limit := ""
		if row.MaxSystemUsers != nil {
			limit = strconv.Itoa(*row.MaxSystemUsers)
		}
		cells := []string{strconv.Itoa(row.Line), row.Name, limit, string(row.Verdict), row.Reason, string(row.Org)}
		for j := range cells {
			cells[j] = Safe(cells[j])
		}
		if err := writer.Write(cells); err != nil {
			return "", fmt.Errorf("write line %d: %w", row.Line, err)
		}
	}
	writer.Flush()
	if err := writer.Error(); err != nil {
		return "", fmt.Errorf("write the result: %w", err)
	}
	return text.String(), nil
}

// Safe is a cell as a spreadsheet shows it instead of computing it: one that
// begins like a formula gets an apostrophe in front.
func Safe(cell string) string {
	if formula(cell) {
		return "'" + cell
	}
	return cell
}
