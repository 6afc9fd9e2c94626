package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestAccounts(t *testing.T) {
	ctx := context.Background()
	db := openNew(t)
	full := acme
	full.KeyExpiresAt, full.LastSyncAt, full.DisallowOrgCreation = start.Add(time.Hour), start, true
	demo := domain.Account{ID: domain.NewAccountID(domain.RegionUS, "p", true), Label: "Aaa", Demo: true}
	must(t, db.SaveAccount(ctx, full))
	must(t, db.SaveAccount(ctx, demo))
	fill(t, db, full.ID, 1)

	got, err := db.Accounts(ctx)
	must(t, err)
	if want := []domain.Account{demo, full}; !reflect.DeepEqual(got, want) {
		t.Errorf("accounts are\n%+v\nwant\n%+v", got, want)
	}
	must(t, db.RenameAccount(ctx, full.ID, "Renamed"))
	wantCode(t, db.RenameAccount(ctx, "us:nobody", "x"), domain.CodeNotFound)
	// Whoever saves may hold an older copy.
	full.LastSyncAt, full.RoleName = time.Time{}, "Help Desk"
	must(t, db.SaveAccount(ctx, full))
	one, err := db.Account(ctx, full.ID)
	must(t, err)
	full.Label, full.LastSyncAt = "Renamed", start
	if !reflect.DeepEqual(one, full) {
		t.Errorf("account is %+v, want %+v", one, full)
	}
	if all, err := db.Organizations(ctx, full.ID); err != nil || len(all) != 1 {
		t.Errorf("saving an account left %d organizations, %v", len(all), err)
	}
	_, err = db.Account(ctx, "us:nobody")
	wantCode(t, err, domain.CodeNotFound)
}

// TestDeleteAccountErases searches the bytes of every file for what must be
// gone, also for names replaced and rows deleted before.
func TestDeleteAccountErases(t *testing.T) {
	ctx := context.Background()
	kept := domain.Account{ID: "eu:kept", Label: "KEPT-LABEL", ProviderID: "kept"}
	db := openNew(t, acme, kept)
	secrets := []string{acme.Email, "CANARY", "CANARY original", thumbnail("CANARY-logo").Hash, original("CANARY original").Thumbnail.Hash}
	for round := range 3 {
		listed := listedOrgs(500)
		for i := range listed {
			listed[i].Name = fmt.Sprintf("CANARY customer %d of round %d", i, round)
		}
		_, err := db.ApplyListing(ctx, acme.ID, listed, start)
		must(t, err)
	}
	update := fullUpdate(orgID(1), 1, start)
	update.Details.ContactName, update.Logo = "CANARY contact", thumbnail("CANARY-logo")
	_, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{update})
	must(t, err)
	must(t, db.AppendActivity(ctx, domain.Activity{
		Account: acme.ID, At: start, Kind: domain.ActivityOrgRenamed, Source: domain.SourceSync, Before: "CANARY before", After: "CANARY after",
	}))
	canary := person(1)
	canary.Email = "CANARY@acme.example"
	_, err = db.SaveAdministrators(ctx, acme.ID, []domain.Administrator{canary}, start)
	must(t, err)
	_, err = db.SaveAdministratorLinks(ctx, acme.ID, canary.ID, []domain.AccessLink{{Administrator: canary.ID, Organization: "CANARY-linked"}}, start)
	must(t, err)
	must(t, db.SaveInvoices(ctx, acme.ID, []domain.Invoice{{ID: "CANARY-1", Status: "CANARY status"}}, start))
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(1), original("CANARY original")))
	_, err = db.StartRun(ctx, domain.SyncRun{
		Account: acme.ID, StartedAt: start, FinishedAt: start, State: domain.SyncFailed, Phase: domain.PhaseListing,
		Problem: &domain.Error{Code: domain.CodeServer, Message: "CANARY problem"},
	})
	must(t, err)
	fill(t, db, kept.ID, 20)
	must(t, os.WriteFile(db.Path()+asideMark+"20260101T000000Z", []byte("CANARY in a damaged file"), 0o600))
	if found := search(t, filepath.Dir(db.Path()), secrets); len(found) < len(secrets) {
		t.Fatalf("before: found only %v, so the search proves nothing", found)
	}

	must(t, db.DeleteAccount(ctx, acme.ID))
	if found := search(t, filepath.Dir(db.Path()), secrets); len(found) > 0 {
		t.Errorf("still in the files while open: %v", found)
	}
	if all, err := db.Organizations(ctx, kept.ID); err != nil || len(all) != 20 {
		t.Errorf("%d organizations of the other account, %v; want 20", len(all), err)
	}
	must(t, db.DeleteAccount(ctx, acme.ID)) // again: no error
	must(t, db.Check(ctx))
	must(t, db.Close())
	if found := search(t, filepath.Dir(db.Path()), secrets); len(found) > 0 {
		t.Errorf("still in the files after closing: %v", found)
	}
	if found := search(t, filepath.Dir(db.Path()), []string{"KEPT-LABEL"}); len(found) == 0 {
		t.Error("the other account is not in the files any more")
	}
}

// search gives where in the files of a folder the texts occur.
func search(t *testing.T, dir string, texts []string) (found []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, entry := range entries {
		content, err := os.ReadFile(filepath.Join(dir, entry.Name()))
		must(t, err)
		for _, text := range texts {
			if bytes.Contains(content, []byte(text)) {
				found = append(found, entry.Name()+": "+text)
			}
		}
	}
	return found
}
