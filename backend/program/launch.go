package program

import (
	"context"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/browser"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// launcher opens organizations' consoles.
type launcher struct{ *Program }

// Launch opens the console of an organization's region in the system's browser,
// puts the organization's name on the clipboard, and logs it. No published
// link leads to an organization: the address is a template, and the name is
// there to pick the organization by hand.
func (l launcher) Launch(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.Launch, error) {
	w, err := l.workspaceOf(account)
	if err != nil {
		return domain.Launch{}, err
	}
	known, err := w.session.Account(account)
	if err != nil {
		return domain.Launch{}, err
	}
	organization, err := w.db.Organization(ctx, account, org)
	if err != nil {
		return domain.Launch{}, err
	}
	launch := domain.Launch{Org: org, Name: organization.Name}
	openErr := l.open(known.Region, &launch)
	result := "ok"
	if openErr != nil {
		result = string(domain.CodeOf(openErr))
	}
	if err := w.db.AppendActivity(ctx, domain.Activity{
		Account: account, Org: org, At: l.opts.Now(), Kind: domain.ActivityLaunch, Source: domain.SourceOrgdeck,
		Actor: known.Email, After: launch.URL, Result: result,
	}); err != nil && openErr == nil {
		return launch, fmt.Errorf("keep the launch in the history: %w", err)
	}
	return launch, openErr
}

func (l launcher) open(region domain.Region, launch *domain.Launch) error {
	var err error
	if launch.URL, err = browser.LaunchURL(l.launchTemplate(region), region, launch.Org); err != nil {
		return fmt.Errorf("launch: %w", err)
	}
	if launch.Name != "" {
		if err := l.opts.Desktop.SetText(launch.Name); err != nil {
			l.opts.Log.Warn("the name could not be copied", "error", err)
		} else {
			launch.NameCopied = true
		}
	}
	return l.openBrowser(launch.URL)
}

// openBrowser opens an address that was checked already.
func (p *Program) openBrowser(url string) error {
	if err := p.opts.Desktop.OpenBrowser(url); err != nil {
		return &domain.Error{
			Code: domain.CodeLaunchFailed, Message: "The browser could not be opened. Nothing was changed.",
			Hint: "Open " + url + " yourself.", Cause: err,
		}
	}
	return nil
}
