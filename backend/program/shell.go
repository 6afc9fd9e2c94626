package program

import (
	"context"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/browser"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// exampleOrg stands for any organization in the preview of a launch template.
const exampleOrg = domain.OrgID("624d9eae6849cf3b3f93dc56")

// shell answers the bound Shell.
type shell struct{ *Program }

// OpenLink opens a link in the system's browser, if it leads to an allowed host.
func (s shell) OpenLink(_ context.Context, url string) error {
	checked, err := browser.CheckLink(url)
	if err != nil {
		return fmt.Errorf("open a link: %w", err)
	}
	return s.openBrowser(checked)
}

// FirstRows notes that the page has painted rows; what waited for that begins.
func (s shell) FirstRows(rows int) {
	s.opts.Trace.Rows("first-rows", rows)
	s.firstRows.Do(func() { close(s.painted) })
}

// PreviewLaunch gives what a template would open for an organization of the account.
func (s shell) PreviewLaunch(_ context.Context, accountID, template string) (string, error) {
	w, err := s.workspaceOf(domain.AccountID(accountID))
	if err != nil {
		return "", err
	}
	account, err := w.session.Account(domain.AccountID(accountID))
	if err != nil {
		return "", fmt.Errorf("preview: %w", err)
	}
	url, err := browser.LaunchURL(template, account.Region, exampleOrg)
	if err != nil {
		return "", fmt.Errorf("preview: %w", err)
	}
	return url, nil
}
