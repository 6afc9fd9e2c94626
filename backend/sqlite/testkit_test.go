package sqlite

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// start is when the clocks of the tests begin: whole milliseconds, as the cache keeps them.
var start = time.Date(2026, 3, 4, 5, 6, 7, 8_000_000, time.UTC)

// acme is the account most tests use.
var acme = domain.Account{
	ID: "us:acme", Region: domain.RegionUS, ProviderID: "acme", Label: "acme.example",
	Email: "kim@acme.example", RoleName: "Administrator", KeyPrefix: "jca_1", KeyCreatedAt: start.Add(-time.Hour),
}

// openAt opens a cache and closes it, checked, when the test ends.
func openAt(tb testing.TB, path string) *DB {
	tb.Helper()
	db, err := Open(context.Background(), path, Options{Now: func() time.Time { return start }})
	if err != nil {
		tb.Fatalf("Open: %v", err)
	}
	tb.Cleanup(func() {
		if err := db.Check(context.Background()); err != nil && !errors.Is(err, errClosed) {
			tb.Errorf("Check: %v", err)
		}
		if err := db.Close(); err != nil {
			tb.Errorf("Close: %v", err)
		}
	})
	return db
}

// openNew opens a new cache that holds the accounts.
func openNew(tb testing.TB, accounts ...domain.Account) *DB {
	tb.Helper()
	db := openAt(tb, filepath.Join(tb.TempDir(), "data", "orgdeck.db"))
	for _, a := range accounts {
		must(tb, db.SaveAccount(context.Background(), a))
	}
	return db
}

// must ends the test on an error.
func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

// orgID is the id of the n-th organization of a test.
func orgID(n int) domain.OrgID { return domain.OrgID(fmt.Sprintf("%024x", 0x5f000000_00000000+n)) }

// listedOrgs lists n organizations that have logos.
func listedOrgs(n int) []domain.Listed {
	listed := make([]domain.Listed, n)
	for i := range listed {
		url := fmt.Sprintf("https://cdn.example/logos/%d.png", i)
		limit := i % 50
		listed[i] = domain.Listed{ID: orgID(i), Name: fmt.Sprintf("Customer %d", i), MaxSystemUsers: &limit, LogoURL: &url}
	}
	return listed
}

// thumbnail is a logo with a content of its own.
func thumbnail(content string) *domain.Thumbnail {
	sum := sha256.Sum256([]byte(content))
	return &domain.Thumbnail{Hash: hex.EncodeToString(sum[:]), PNG: []byte(content), Width: 64, Height: 32}
}

// fullUpdate is an update with every part.
func fullUpdate(id domain.OrgID, n int, at time.Time) domain.OrgUpdate {
	estimate := n * 100
	return domain.OrgUpdate{
		ID: id, At: at,
		Details: &domain.Details{
			Created: start.AddDate(-1, 0, 0), ContactName: fmt.Sprintf("Contact %d", n),
			ContactEmail: fmt.Sprintf("contact%d@customer.example", n), RemoteAssist: domain.RemoteAssistOn,
			Billing: domain.Billing{Estimate: &estimate, BillingModel: "PRODUCT", Products: []domain.Product{{Name: "Platform", MaxUsers: n}}},
		},
		Figures: map[domain.FigureKind]domain.Figure{
			domain.FigureUsers:        domain.KnownFigure(n, at),
			domain.FigureDevices:      domain.KnownFigure(2*n, at),
			domain.FigureApplications: domain.KnownFigure(n/2, at),
		},
		Logo: thumbnail(fmt.Sprintf("logo %d", n)), LogoURL: fmt.Sprintf("https://cdn.example/logos/%d.png", n),
	}
}

// fill puts n organizations with every part into an account.
func fill(tb testing.TB, db *DB, account domain.AccountID, n int) {
	tb.Helper()
	_, err := db.ApplyListing(context.Background(), account, listedOrgs(n), start)
	must(tb, err)
	updates := make([]domain.OrgUpdate, n)
	for i := range updates {
		updates[i] = fullUpdate(orgID(i), i, start)
	}
	_, err = db.ApplyUpdates(context.Background(), account, updates)
	must(tb, err)
}

// wantCode fails unless err is a domain.Error of the code with words.
func wantCode(tb testing.TB, err error, code domain.Code) *domain.Error {
	tb.Helper()
	failure, ok := errors.AsType[*domain.Error](err)
	if !ok {
		tb.Fatalf("error is %v, want a *domain.Error of %s", err, code)
	}
	if failure.Code != code || failure.Message == "" {
		tb.Fatalf("error is %s %q (%v), want %s with words", failure.Code, failure.Message, err, code)
	}
	return failure
}
