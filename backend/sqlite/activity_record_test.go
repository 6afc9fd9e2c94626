package sqlite

import (
	"context"
	"reflect"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestRecordedActivity(t *testing.T) {
	ctx := context.Background()
	other := acme
	other.ID = "eu:acme"
	db := openNew(t, acme, other)
	line := domain.Activity{
		Account: acme.ID, Org: orgID(1), At: start, Kind: domain.ActivityOrgRenamed, Source: domain.SourceOrgdeck,
		Actor: acme.Email, Before: "A", After: "B", Result: domain.ResultOK,
	}
	first, err := db.RecordActivity(ctx, line)
	must(t, err)
	second, err := db.RecordActivity(ctx, line)
	must(t, err)
	if first == 0 || second <= first {
		t.Errorf("the ids are %d and %d", first, second)
	}
	line.ID = first
	if got, err := db.Activity(ctx, acme.ID, first); err != nil || !reflect.DeepEqual(got, line) {
		t.Errorf("read back as %+v, %v", got, err)
	}
	_, err = db.Activity(ctx, other.ID, first)
	wantCode(t, err, domain.CodeNotFound)
	_, err = db.Activity(ctx, acme.ID, second+1)
	wantCode(t, err, domain.CodeNotFound)
	line.Account = "us:nobody"
	_, err = db.RecordActivity(ctx, line)
	wantCode(t, err, domain.CodeNotFound)
}
