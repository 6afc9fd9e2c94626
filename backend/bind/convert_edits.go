package bind

import "github.com/orgdeck/orgdeck/backend/domain"

func newEditOutcome(account domain.AccountID, o domain.EditOutcome) EditOutcome {
	if o.Field == domain.FieldLogo {
		// The page knows a logo by the path it is served under, never by its hash.
		o.Before, o.Wanted, o.Server = LogoPath(account, o.Before), LogoPath(account, o.Wanted), LogoPath(account, o.Server)
	}
	return EditOutcome{
		AccountID: string(account), OrganizationID: string(o.Org), Field: string(o.Field), State: string(o.State),
		Before: o.Before, Wanted: o.Wanted, ServerValue: o.Server, ServerKnown: o.ServerKnown, At: seconds(o.At),
		ActivityID: o.ActivityID, CanUndo: o.Undoable && o.ActivityID != 0, OpenConsole: o.OpenConsole,
		Others: o.Others, Message: o.Message, Hint: o.Hint,
	}
}

func newAddOutcome(account domain.AccountID, o domain.AddOutcome) AddOutcome {
	return AddOutcome{
		AccountID: string(account), OrganizationID: string(o.Organization.ID), State: string(o.State),
		Name: o.Organization.Name, Row: newRow(account, &o.Organization), ActivityID: o.ActivityID,
		Message: o.Message, Hint: o.Hint,
	}
}

func newImportPreview(account domain.AccountID, p domain.ImportPreview) ImportPreview {
	preview := ImportPreview{AccountID: string(account), Rows: newImportRows(p.Rows), CannotAdd: p.CannotAdd}
	for i := range p.Rows {
		switch p.Rows[i].Verdict {
		case domain.ImportNew:
			preview.New++
		case domain.ImportExists:
			preview.Existing++
		case domain.ImportDuplicate:
			preview.Duplicate++
		default:
			preview.Invalid++
		}
	}
	return preview
}

func newImportRows(rows []domain.ImportRow) []ImportRow {
	converted := make([]ImportRow, len(rows))
	for i := range rows {
		r := &rows[i]
		converted[i] = ImportRow{
			Line: r.Line, Name: r.Name, MaxSystemUsers: r.MaxSystemUsers, Verdict: string(r.Verdict),
			Reason: r.Reason, OrganizationID: string(r.Org),
		}
	}
	return converted
}

// NewImportStatus converts the status of an import.
func NewImportStatus(account domain.AccountID, s domain.ImportStatus, revision int64) ImportStatus {
	status := ImportStatus{
		AccountID: string(account), Revision: revision, State: string(s.State), Total: s.Total, Done: s.Done, Added: s.Added,
		Skipped: s.Skipped, Failed: s.Failed, Uncertain: s.Uncertain, Current: s.Current,
		PausedUntil: seconds(s.PausedUntil), StartedAt: seconds(s.StartedAt), FinishedAt: seconds(s.FinishedAt), Problem: problemOf(s.Problem),
	}
	if status.State == "" {
		status.State = string(domain.ImportNever)
	}
	return status
}

// NewImportResult converts the result of an import.
func NewImportResult(account domain.AccountID, r domain.ImportResult) ImportResult {
	return ImportResult{
		AccountID: string(account), Status: NewImportStatus(account, r.Status, 0), Rows: newImportRows(r.Rows), CSV: r.CSV,
	}
}
