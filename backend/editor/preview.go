package editor

import (
	"context"
	"errors"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor/csv"
)

// Preview reads the text of a CSV file and says of each row what an import
// would do, as far as the cache knows the organizations. Nothing is sent.
func (e *Editor) Preview(ctx context.Context, id domain.AccountID, text string) (domain.ImportPreview, error) {
	account, err := e.opts.Accounts.Account(id)
	if err != nil {
		return domain.ImportPreview{}, err
	}
	rows, err := e.judge(ctx, id, text)
	if err != nil {
		return domain.ImportPreview{}, err
	}
	return domain.ImportPreview{Rows: rows, CannotAdd: account.CannotAddOrganizations()}, nil
}

// judge gives the rows of a file with their verdicts.
func (e *Editor) judge(ctx context.Context, id domain.AccountID, text string) ([]domain.ImportRow, error) {
	parsed, err := csv.ParseImport(text)
	if err != nil {
		return nil, fmt.Errorf("read the file: %w", err)
	}
	known, err := e.cachedNames(ctx, id)
	if err != nil {
		return nil, err
	}
	rows := make([]domain.ImportRow, len(parsed))
	lines := make(map[string]int, len(parsed))
	for i, row := range parsed {
		rows[i] = judgeRow(row, known, lines)
	}
	return rows, nil
}

// judgeRow gives a row its verdict; lines are the first lines of the names above it.
func judgeRow(parsed csv.Row, known names, lines map[string]int) domain.ImportRow {
	row := domain.ImportRow{Line: parsed.Line, Name: parsed.Name, Verdict: domain.ImportInvalid, Reason: parsed.Problem}
	if row.Reason != "" {
		return row
	}
	if _, err := checkName(parsed.Name); err != nil {
		row.Reason = fmt.Sprintf("Line %d: %s", parsed.Line, reasonOf(err))
		return row
	}
	userCap, err := checkCap(parsed.Cap)
	if err != nil {
		row.Reason = fmt.Sprintf("Line %d: %s", parsed.Line, reasonOf(err))
		return row
	}
	row.MaxSystemUsers = userCap
	key := nameKey(parsed.Name)
	if first, twice := lines[key]; twice {
		row.Verdict, row.Reason = domain.ImportDuplicate, fmt.Sprintf("Line %d has this name already.", first)
		return row
	}
	lines[key] = parsed.Line
	if other, exists := known[key]; exists {
		row.Verdict, row.Reason, row.Org = domain.ImportExists, "There is an organization named "+quoted(other.Name)+" already.", other.ID
		return row
	}
	row.Verdict = domain.ImportNew
	return row
}

// reasonOf is an error in a cell.
func reasonOf(err error) string {
	if known, ok := errors.AsType[*domain.Error](err); ok {
		return known.Message
	}
	return "It failed for a reason that is not for people."
}
