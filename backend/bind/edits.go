package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// EditService changes and adds organizations.
type EditService interface {
	Edit(ctx context.Context, account domain.AccountID, edit domain.Edit) (domain.EditOutcome, error)
	// Undo writes back what an edit of the history replaced.
	Undo(ctx context.Context, account domain.AccountID, activity int64) (domain.EditOutcome, error)
	// Add adds an organization; most is its user cap as text, empty for none.
	Add(ctx context.Context, account domain.AccountID, name, most string) (domain.AddOutcome, error)
	// SaveImportResult asks where to, and saves what the newest import did as CSV.
	SaveImportResult(ctx context.Context, account domain.AccountID) (domain.SavedFile, error)
}

// ImportService adds many organizations from a CSV file.
type ImportService interface {
	Preview(ctx context.Context, account domain.AccountID, text string) (domain.ImportPreview, error)
	// Start begins an import in the background; busy when one is running.
	Start(ctx context.Context, account domain.AccountID, text string) error
	Cancel(ctx context.Context, account domain.AccountID) error
	Status(ctx context.Context, account domain.AccountID) (domain.ImportStatus, error)
	Result(ctx context.Context, account domain.AccountID) (domain.ImportResult, error)
}

// Edits is the bound area of changing and adding organizations.
type Edits struct {
	area    Area
	service EditService
	imports ImportService
}

// NewEdits makes the area.
func NewEdits(area Area, service EditService, imports ImportService) *Edits {
	return &Edits{area: area, service: service, imports: imports}
}

// EditOrganization changes one field ("name", "remoteAssist", "userCap",
// "contactName", "contactEmail") of an organization. expected is what the
// person saw, value what it is to become. Where JumpCloud holds something else,
// nothing is written and the outcome is a conflict. overwrite says that expected
// is what an earlier conflict showed.
func (e *Edits) EditOrganization(accountID, orgID, field, expected, value string, overwrite bool) (outcome EditOutcome, err error) {
	defer guard(e.area.Log, "Edits.EditOrganization", &err)
	org, err := organization(orgID)
	if err != nil {
		return EditOutcome{}, err
	}
	edit := domain.Edit{Org: org, Field: domain.EditField(field), Expected: expected, Value: value, Overwrite: overwrite}
	return ask(e.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.EditOutcome, error) {
		return e.service.Edit(ctx, acc, edit)
	}, newEditOutcome)
}

// UndoEdit writes back what an edit, a line of the history, replaced. It is an
// edit itself, whose outcome may be a conflict.
func (e *Edits) UndoEdit(accountID string, activityID int64) (outcome EditOutcome, err error) {
	defer guard(e.area.Log, "Edits.UndoEdit", &err)
	return ask(e.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.EditOutcome, error) {
		return e.service.Undo(ctx, acc, activityID)
	}, newEditOutcome)
}

// AddOrganization adds an organization; userCap is a number, or empty for none.
func (e *Edits) AddOrganization(accountID, name, userCap string) (outcome AddOutcome, err error) {
	defer guard(e.area.Log, "Edits.AddOrganization", &err)
	return ask(e.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.AddOutcome, error) {
		return e.service.Add(ctx, acc, name, userCap)
	}, newAddOutcome)
}

// PreviewImport reads the text of a CSV file with the columns name and
// maxSystemUsers, and says of each row what an import would do. Nothing is sent.
func (e *Edits) PreviewImport(accountID, text string) (preview ImportPreview, err error) {
	defer guard(e.area.Log, "Edits.PreviewImport", &err)
	return ask(e.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.ImportPreview, error) {
		return e.imports.Preview(ctx, acc, text)
	}, newImportPreview)
}

// StartImport adds the new organizations of a CSV file in the background.
// Progress arrives as EventImport; it is busy while an import is running.
func (e *Edits) StartImport(accountID, text string) (err error) {
	defer guard(e.area.Log, "Edits.StartImport", &err)
	return tell(e.area, accountID, func(ctx context.Context, acc domain.AccountID) error {
		return e.imports.Start(ctx, acc, text)
	})
}

// CancelImport ends the running import after the row it is at; what was added stays.
func (e *Edits) CancelImport(accountID string) (err error) {
	defer guard(e.area.Log, "Edits.CancelImport", &err)
	return tell(e.area, accountID, e.imports.Cancel)
}

// ImportStatus gives how the account's newest import stands.
func (e *Edits) ImportStatus(accountID string) (status ImportStatus, err error) {
	defer guard(e.area.Log, "Edits.ImportStatus", &err)
	var revision int64
	return ask(e.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.ImportStatus, error) {
		revision = e.area.Revision()
		return e.imports.Status(ctx, acc)
	}, func(acc domain.AccountID, found domain.ImportStatus) ImportStatus {
		return NewImportStatus(acc, found, revision)
	})
}

// ImportResult gives what the account's newest import did, row by row.
func (e *Edits) ImportResult(accountID string) (result ImportResult, err error) {
	defer guard(e.area.Log, "Edits.ImportResult", &err)
	return ask(e.area, accountID, e.imports.Result, NewImportResult)
}

// SaveImportResult asks where to, and saves what the newest import did as a CSV
// file that is safe to open in a spreadsheet. The path of the answer is empty
// where the person chose no place.
func (e *Edits) SaveImportResult(accountID string) (saved SavedFile, err error) {
	defer guard(e.area.Log, "Edits.SaveImportResult", &err)
	return saveFor(e.area, accountID, e.service.SaveImportResult)
}
