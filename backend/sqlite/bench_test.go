package sqlite

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// BenchmarkOrganizations reads the list the window starts with.
func BenchmarkOrganizations(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			db := openNew(b, acme)
			fill(b, db, acme.ID, n)
			b.ReportAllocs()
			for b.Loop() {
				got, err := db.Organizations(context.Background(), acme.ID)
				if err != nil || len(got) != n {
					b.Fatalf("%d organizations, %v", len(got), err)
				}
			}
		})
	}
}

// BenchmarkOpen opens a cache of ten thousand organizations with logos of 4 KB.
func BenchmarkOpen(b *testing.B) {
	db := openNew(b, acme)
	fill(b, db, acme.ID, 10_000)
	updates := make([]domain.OrgUpdate, 10_000)
	for i := range updates {
		updates[i] = domain.OrgUpdate{ID: orgID(i), At: start, Logo: thumbnail(fmt.Sprint(i) + strings.Repeat("x", 4096))}
	}
	_, err := db.ApplyUpdates(context.Background(), acme.ID, updates)
	must(b, err)
	must(b, db.Close())
	for b.Loop() {
		db, err := Open(context.Background(), db.Path(), Options{Now: func() time.Time { return start }})
		must(b, err)
		must(b, db.Close())
	}
}

// BenchmarkApplyUpdates saves a batch of fifty organizations as a synchronisation does.
func BenchmarkApplyUpdates(b *testing.B) {
	db := openNew(b, acme)
	fill(b, db, acme.ID, 1000)
	for n := 0; b.Loop(); n++ {
		updates := make([]domain.OrgUpdate, 50)
		for i := range updates {
			updates[i] = fullUpdate(orgID((n*50+i)%1000), i, start.Add(time.Duration(n)*time.Second))
		}
		_, err := db.ApplyUpdates(context.Background(), acme.ID, updates)
		must(b, err)
	}
}

// BenchmarkApplyListing lists ten thousand organizations that are known already.
func BenchmarkApplyListing(b *testing.B) {
	db := openNew(b, acme)
	listed := listedOrgs(10_000)
	for b.Loop() {
		_, err := db.ApplyListing(context.Background(), acme.ID, listed, start)
		must(b, err)
	}
}
