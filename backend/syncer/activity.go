package syncer

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// resultOK is the result of an activity that went well.
const resultOK = "ok"

func noticed(kind domain.ActivityKind, org domain.OrgID, before, after string, at time.Time) domain.Activity {
	return domain.Activity{
		Org: org, At: at, Kind: kind, Source: domain.SourceSync, Before: before, After: after, Result: resultOK,
	}
}

func listingActivities(change domain.ListingChange, names map[domain.OrgID]string, at time.Time) []domain.Activity {
	var activities []domain.Activity
	for _, id := range change.Added {
		activities = append(activities, noticed(domain.ActivityOrgAdded, id, "", names[id], at))
	}
	for _, id := range change.Back {
		activities = append(activities, noticed(domain.ActivityOrgBack, id, "", names[id], at))
	}
	for _, renaming := range change.Renamed {
		activities = append(activities, noticed(domain.ActivityOrgRenamed, renaming.ID, renaming.Before, renaming.After, at))
	}
	return activities
}

func goneActivities(gone []domain.OrgID, at time.Time) []domain.Activity {
	activities := make([]domain.Activity, len(gone))
	for i, id := range gone {
		activities[i] = noticed(domain.ActivityOrgGone, id, "", "", at)
	}
	return activities
}

func updateActivities(changes []domain.OrgChange, at time.Time) []domain.Activity {
	var activities []domain.Activity
	for i := range changes {
		before, after := &changes[i].Before, &changes[i].After
		if changes[i].RemoteAssistFlipped() {
			activities = append(activities, noticed(domain.ActivityRemoteAssist, after.ID,
				string(before.Details.RemoteAssist), string(after.Details.RemoteAssist), at))
		}
		if changes[i].DeletionFlipped() {
			activities = append(activities, noticed(domain.ActivityPendingDelete, after.ID,
				domain.DeletionText(before.Details.PendingDelete), domain.DeletionText(after.Details.PendingDelete), at))
		}
		if changes[i].UsersChanged() {
			// A run reads the figure once: one line a run and organization.
			activities = append(activities, noticed(domain.ActivityUsersChanged, after.ID,
				strconv.Itoa(before.Users.Value), strconv.Itoa(after.Users.Value), at))
		}
	}
	return activities
}

// note keeps activities in the account's history.
func (r *run) note(ctx context.Context, activities []domain.Activity) error {
	if len(activities) == 0 {
		return nil
	}
	for i := range activities {
		activities[i].Account = r.opts.Account.ID
	}
	if err := r.opts.Store.AppendActivity(ctx, activities...); err != nil {
		return fmt.Errorf("keep what was noticed: %w", err)
	}
	return nil
}
