package sqlite

import (
	"context"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestWhatWasReadLaterStays: a synchronisation that was under way while a
// person edited must not bring the old values back.
func TestWhatWasReadLaterStays(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct {
		name string
		// edited and listed are when the edit and the synchronisation read.
		edited, listed time.Time
		want           string
	}{
		{"the edit is newer", start.Add(-time.Minute), start.Add(-time.Hour), "edited"},
		{"at the same time", start.Add(-time.Hour), start.Add(-time.Hour), "listed"},
		{"the edit is older", start.Add(-time.Hour), start.Add(-time.Minute), "listed"},
		// The clock was wrong when the edit was made: it must not rule for ever.
		{"the edit is yet to come", start.Add(time.Hour), start.Add(-time.Minute), "listed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			db := openNew(t, acme)
			apply := func(text string, most int, at time.Time) {
				_, err := db.ApplyListing(ctx, acme.ID, []domain.Listed{{ID: orgID(1), Name: text, MaxSystemUsers: &most}}, at)
				must(t, err)
				_, err = db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{{ID: orgID(1), At: at, Details: &domain.Details{ContactName: text}}})
				must(t, err)
			}
			apply("edited", 1, c.edited)
			apply("listed", 2, c.listed)
			got, err := db.Organization(ctx, acme.ID, orgID(1))
			must(t, err)
			most := map[string]int{"edited": 1, "listed": 2}[c.want]
			if got.Name != c.want || got.Details.ContactName != c.want || *got.MaxSystemUsers != most {
				t.Errorf("the cache has %q, %q and %d", got.Name, got.Details.ContactName, *got.MaxSystemUsers)
			}
			gone, err := db.MarkGone(ctx, acme.ID, map[domain.OrgID]struct{}{}, c.listed)
			must(t, err)
			if stays := c.want == "edited"; stays != (len(gone) == 0) {
				t.Errorf("gone are %v", gone)
			}
		})
	}
}
