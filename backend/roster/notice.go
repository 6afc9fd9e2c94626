package roster

import (
	"context"
	"fmt"
	"strconv"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// maxNoticed is how many changes of one administrator's access are told one by
// one; more are told in one line.
const maxNoticed = 10

// resultOK is the result of what a refresh noticed, and of acts that succeeded.
const resultOK = "ok"

func noticed(kind domain.ActivityKind, org domain.OrgID, before, after string) domain.Activity {
	return domain.Activity{Kind: kind, Org: org, Source: domain.SourceSync, Before: before, After: after, Result: resultOK}
}

// noticedPeople tells who came and went without this program: own did with it.
func noticedPeople(change domain.RosterChange, org domain.OrgID, own domain.AdministratorID) []domain.Activity {
	var lines []domain.Activity
	for i := range change.Added {
		if change.Added[i].ID != own {
			lines = append(lines, noticed(domain.ActivityAdministratorAdded, org, "", change.Added[i].Email))
		}
	}
	for i := range change.Removed {
		if change.Removed[i].ID != own {
			lines = append(lines, noticed(domain.ActivityAdministratorRemoved, org, change.Removed[i].Email, ""))
		}
	}
	return lines
}

// noticedAccess tells whose access to an organization came and went without
// this program. Who left the provider is told as that.
func (v *visit) noticedAccess(ctx context.Context, change domain.AccessChange, own domain.AdministratorID) ([]domain.Activity, error) {
	if len(change.Added)+len(change.Removed) == 0 {
		return nil, nil
	}
	known, err := v.opts.Cache.ProviderRoster(ctx, v.account.ID)
	if err != nil {
		return nil, fmt.Errorf("read administrators: %w", err)
	}
	emails := make(map[domain.AdministratorID]string, len(known.Administrators))
	for i := range known.Administrators {
		emails[known.Administrators[i].ID] = known.Administrators[i].Email
	}
	var lines []domain.Activity
	for _, link := range change.Added {
		if email := emails[link.Administrator]; link.Administrator != own && email != "" {
			lines = append(lines, noticed(domain.ActivityAccessGiven, link.Organization, "", email))
		}
	}
	for _, link := range change.Removed {
		if email := emails[link.Administrator]; link.Administrator != own && email != "" {
			lines = append(lines, noticed(domain.ActivityAccessTaken, link.Organization, email, ""))
		}
	}
	return lines, nil
}

// noticedMatrix tells how one administrator's access changed; count is how
// many organizations may be entered now.
func noticedMatrix(administrator *domain.Administrator, change domain.AccessChange, count int) []domain.Activity {
	gained, lost := len(change.Added), len(change.Removed)
	if gained+lost > maxNoticed {
		told := func(n int) string { return administrator.Email + ": " + strconv.Itoa(n) + " organizations" }
		return []domain.Activity{noticed(domain.ActivityAccessChanged, "", told(count-gained+lost), told(count))}
	}
	var lines []domain.Activity
	for _, link := range change.Added {
		lines = append(lines, noticed(domain.ActivityAccessGiven, link.Organization, "", administrator.Email))
	}
	for _, link := range change.Removed {
		lines = append(lines, noticed(domain.ActivityAccessTaken, link.Organization, administrator.Email, ""))
	}
	return lines
}
