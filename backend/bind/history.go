package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// HistoryService reads and exports what happened.
type HistoryService interface {
	// History gives the lines that pass, newest first.
	History(ctx context.Context, account domain.AccountID, filter domain.HistoryFilter) ([]domain.HistoryLine, error)
	// ExportHistory asks where to, and saves the lines as CSV.
	ExportHistory(ctx context.Context, account domain.AccountID, filter domain.HistoryFilter) (domain.SavedFile, error)
}

const (
	defaultLines  = 100
	maxLines      = 500
	maxSearchText = 200
)

// History is the bound area of what happened: what this program did and what
// syncs noticed.
type History struct {
	area    Area
	service HistoryService
}

// NewHistory makes the area.
func NewHistory(area Area, service HistoryService) *History {
	return &History{area: area, service: service}
}

// Activities gives a page of the history of an account, or of one organization
// where orgID is not empty.
func (h *History) Activities(accountID, orgID string, query ActivityQuery) (page ActivityPage, err error) {
	defer guard(h.area.Log, "History.Activities", &err)
	acc, filter, err := historyFilter(accountID, orgID, query)
	if err != nil {
		return ActivityPage{}, err
	}
	ctx, err := h.area.Lifetime()
	if err != nil {
		return ActivityPage{}, err
	}
	limit := filter.Limit
	filter.Limit++ // one more tells whether there is a next page
	lines, err := h.service.History(ctx, acc, filter)
	if err != nil {
		return ActivityPage{}, err
	}
	page = ActivityPage{AccountID: accountID, OrganizationID: orgID}
	if len(lines) > limit {
		lines = lines[:limit]
		page.NextBeforeID = lines[limit-1].ID
	}
	page.Lines = newActivityLines(acc, lines)
	return page, nil
}

// ExportActivities asks where to, and saves what passes the query as CSV;
// BeforeID and Limit are passed over.
func (h *History) ExportActivities(accountID, orgID string, query ActivityQuery) (saved SavedFile, err error) {
	defer guard(h.area.Log, "History.ExportActivities", &err)
	_, filter, err := historyFilter(accountID, orgID, query)
	if err != nil {
		return SavedFile{}, err
	}
	filter.Before, filter.Limit = 0, 0
	return saveFor(h.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.SavedFile, error) {
		return h.service.ExportHistory(ctx, acc, filter)
	})
}

// historyFilter checks what the page asks for.
func historyFilter(accountID, orgID string, query ActivityQuery) (domain.AccountID, domain.HistoryFilter, error) {
	filter := domain.HistoryFilter{
		ActivityFilter: domain.ActivityFilter{Before: max(0, query.BeforeID), Limit: min(query.Limit, maxLines)},
		Source:         domain.ActivitySource(query.Source), Text: query.Text,
	}
	if filter.Limit <= 0 {
		filter.Limit = defaultLines
	}
	acc, err := account(accountID)
	if err != nil {
		return "", filter, err
	}
	if orgID != "" {
		if filter.Org, err = organization(orgID); err != nil {
			return "", filter, err
		}
	}
	if len(query.Text) > maxSearchText || len(query.Kinds) > maxLines {
		return "", filter, &domain.Error{Code: domain.CodeInvalidInput, Message: "This search is too long."}
	}
	for _, kind := range query.Kinds {
		filter.Kinds = append(filter.Kinds, domain.ActivityKind(kind))
	}
	return acc, filter, nil
}

func newActivityLines(account domain.AccountID, lines []domain.HistoryLine) []ActivityLine {
	converted := make([]ActivityLine, len(lines))
	for i := range lines {
		l := &lines[i]
		converted[i] = ActivityLine{
			ID: l.ID, OrganizationID: string(l.Org), OrganizationName: l.OrgName, At: seconds(l.At), Kind: string(l.Kind),
			Source: string(l.Source), Actor: l.Actor, Before: l.Before, After: l.After, Result: l.Result,
		}
		if l.Kind == domain.ActivityLogo {
			converted[i].Before, converted[i].After = "", ""
			converted[i].LogoBefore, converted[i].LogoAfter = LogoPath(account, l.Before), LogoPath(account, l.After)
		}
	}
	return converted
}
