package program

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestARowIsToldAsItIsCachedThen: a synchronisation that commits, and tells of
// it only after an edit did both, must not show the row of before the edit.
func TestARowIsToldAsItIsCachedThen(t *testing.T) {
	const account, org = domain.AccountID("a"), domain.OrgID("624d9eae6849cf3b3f93dc56")
	cached := map[domain.OrgID]domain.Organization{org: {ID: org, Name: "after the edit"}}
	var told []bind.RowsChanged
	e := newEvents(
		func(_ string, payload any) { told = append(told, payload.(bind.RowsChanged)) },
		func(of domain.AccountID, ids []domain.OrgID) []domain.Organization {
			if of != account || len(ids) != 1 {
				t.Errorf("asked for %v of %s", ids, of)
			}
			if row, ok := cached[ids[0]]; ok {
				return []domain.Organization{row}
			}
			return nil
		},
	)
	defer e.close()
	e.rowsChanged(account, []domain.OrgID{org})
	if len(told) != 1 || len(told[0].Rows) != 1 || told[0].Rows[0].Name != "after the edit" || told[0].AccountID != string(account) {
		t.Fatalf("told %+v", told)
	}
}

// TestNamesDoNotWaitForThePause, which what is told otherwise does.
func TestNamesDoNotWaitForThePause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const account = domain.AccountID("a")
		var told []string
		e := newEvents(
			func(event string, payload any) { told = append(told, event) },
			func(_ domain.AccountID, ids []domain.OrgID) []domain.Organization {
				return make([]domain.Organization, len(ids))
			},
		)
		defer e.close()
		row := []domain.OrgID{"624d9eae6849cf3b3f93dc56"}
		e.statusChanged(account, domain.SyncStatus{})
		e.rowsChanged(account, row)
		if len(told) != 1 {
			t.Errorf("within the pause %v were told", told)
		}
		e.now()
		if len(told) != 2 || told[1] != bind.EventRows {
			t.Errorf("told %v", told)
		}
		e.rowsChanged(account, row)
		<-time.After(eventPause)
		synctest.Wait()
		if len(told) != 3 {
			t.Errorf("after the pause %v were told", told)
		}
	})
}
