package bind

import (
	"math"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// LogoPath is the path under which the window serves a cached thumbnail.
// The hash makes it unchanging, so that it can be kept for ever.
func LogoPath(account domain.AccountID, hash string) string {
	if hash == "" {
		return ""
	}
	return "/logo/" + string(account) + "/" + hash + ".png"
}

// NewRows converts organizations of one account for the grid.
func NewRows(account domain.AccountID, organizations []domain.Organization) []OrganizationRow {
	rows := make([]OrganizationRow, len(organizations))
	for i := range organizations {
		rows[i] = newRow(account, &organizations[i])
	}
	return rows
}

func newRow(account domain.AccountID, o *domain.Organization) OrganizationRow {
	row := OrganizationRow{
		ID: string(o.ID), Name: o.Name, Logo: LogoPath(account, o.LogoHash),
		RemoteAssist: string(domain.RemoteAssistUnknown),
		Users:        newFigure(o.Users), Devices: newFigure(o.Devices), Applications: newFigure(o.Applications),
		DetailsAt: seconds(o.DetailsAt), PendingDelete: o.Details.PendingDelete,
	}
	if o.Details.RemoteAssist != "" {
		row.RemoteAssist = string(o.Details.RemoteAssist)
	}
	if o.GoneAt != nil {
		row.GoneAt = seconds(*o.GoneAt)
	}
	return row
}

func newFigure(f domain.Figure) Figure {
	figure := Figure{At: seconds(f.FetchedAt), NoAccess: f.State == domain.FigureNoAccess}
	if f.State == domain.FigureKnown {
		figure.Value = &f.Value
	}
	return figure
}

func newDetails(account domain.AccountID, o domain.Organization) OrganizationDetails {
	created := o.Details.Created
	if created.IsZero() {
		created = o.ID.CreatedAt()
	}
	return OrganizationDetails{
		AccountID: string(account), Row: newRow(account, &o), Created: seconds(created),
		MaxSystemUsers: o.MaxSystemUsers, CapKnown: o.CapKnown, ContactName: o.Details.ContactName,
		ContactEmail: o.Details.ContactEmail, DetailsDenied: o.DetailsDenied,
	}
}

// NewSyncStatus converts a status; a rate that is no number becomes zero,
// because Wails ends the program over one.
func NewSyncStatus(account domain.AccountID, s domain.SyncStatus, revision int64) SyncStatus {
	rate := s.PerSecond
	if math.IsNaN(rate) || math.IsInf(rate, 0) {
		rate = 0
	}
	status := SyncStatus{
		AccountID: string(account), Revision: revision, State: string(s.Run.State), Phase: string(s.Run.Phase),
		Organizations: s.Run.Organizations, Done: s.Run.Done, Failed: s.Run.Failed, Changed: s.Run.Changed,
		Added: s.Run.Added, Gone: s.Run.Gone, PerSecond: rate,
		StartedAt: seconds(s.Run.StartedAt), FinishedAt: seconds(s.Run.FinishedAt),
		ListingComplete: s.Run.ListingComplete, Problem: problemOf(s.Run.Problem),
		Administrators: problemOf(s.Beside),
		Failures:       make([]SyncFailure, 0, len(s.Failures)), Online: s.Online,
		LastCompleteAt: seconds(s.LastCompleteAt),
	}
	if status.State == "" {
		status.State = "never"
	}
	for _, f := range s.Failures {
		status.Failures = append(status.Failures, SyncFailure{
			OrganizationID: string(f.Org), Name: f.Name, Problem: NewProblem(f.Problem),
		})
	}
	return status
}

// NewSessionState converts a session; it carries no key.
func NewSessionState(s domain.SessionState, about About, revision int64) SessionState {
	state := SessionState{
		Revision: revision, Version: about.Version, Platform: about.Platform, CurrentAccountID: string(s.Current),
		Regions: []Region{}, Accounts: []Account{}, Notices: []Problem{}, Simulated: s.Simulated,
		Keychain: Keychain{Available: s.KeychainProblem == nil},
	}
	if s.KeychainProblem != nil {
		state.Keychain.Message = s.KeychainProblem.Message
	}
	for _, r := range domain.Regions() {
		state.Regions = append(state.Regions, Region{Code: string(r.Region), Name: r.Name, ConsoleHost: r.ConsoleHost})
	}
	for _, a := range s.Accounts {
		state.Accounts = append(state.Accounts, newAccount(a))
	}
	for _, notice := range s.Notices {
		state.Notices = append(state.Notices, NewProblem(notice))
	}
	return state
}

func newAccount(a domain.AccountState) Account {
	region, _ := domain.LookupRegion(string(a.Account.Region))
	return Account{
		ID: string(a.Account.ID), Label: a.Account.Label, Region: string(a.Account.Region),
		RegionName: region.Name, ConsoleHost: region.ConsoleHost, Demo: a.Account.Demo,
		Email: a.Account.Email, RoleName: a.Account.RoleName, KeyState: string(a.Key),
		KeyPrefix: a.Account.KeyPrefix, KeyCreatedAt: seconds(a.Account.KeyCreatedAt), KeyExpiresAt: seconds(a.Account.KeyExpiresAt),
		KeyInSessionOnly: a.KeyInSessionOnly, CannotAdd: a.Account.CannotAddOrganizations(),
		LastSyncAt: seconds(a.Account.LastSyncAt),
	}
}

// seconds gives whole Unix seconds, 0 for the zero time.
func seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
