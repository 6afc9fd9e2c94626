package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestErrorsHaveWords(t *testing.T) {
	tests := []struct {
		name    string
		err     error
		code    domain.Code
		message string
	}{
		{"disk full", sqlite3.Error{Code: sqlite3.ErrFull}, domain.CodeCacheFailed, "The disk is full, so nothing was saved. What was saved before is still there."},
		{"disk full, by the system", &fs.PathError{Err: syscall.ENOSPC}, domain.CodeCacheFailed, "The disk is full, so nothing was saved. What was saved before is still there."},
		{"read-only", sqlite3.Error{Code: sqlite3.ErrReadonly}, domain.CodeCacheFailed, "Orgdeck may not write to its data folder, so nothing was saved."},
		{"cannot open", sqlite3.Error{Code: sqlite3.ErrCantOpen}, domain.CodeCacheFailed, "Orgdeck may not write to its data folder, so nothing was saved."},
		{"not allowed", &fs.PathError{Err: syscall.EACCES}, domain.CodeCacheFailed, "Orgdeck may not write to its data folder, so nothing was saved."},
		{"locked", sqlite3.Error{Code: sqlite3.ErrBusy}, domain.CodeCacheFailed, "Another program is using the cache, so nothing was saved."},
		{"disk error", sqlite3.Error{Code: sqlite3.ErrIoErr}, domain.CodeCacheFailed, "The disk reported an error while the cache was used, so nothing was saved."},
		{"damage that stays", sqlite3.Error{Code: sqlite3.ErrCorrupt}, domain.CodeCacheDamaged, "The cache file is damaged and could not be replaced."},
		{"no account", sqlite3.Error{Code: sqlite3.ErrConstraint, ExtendedCode: sqlite3.ErrConstraintForeignKey}, domain.CodeNotFound, "The account is not in the cache any more, so nothing was saved."},
		{"anything else", errClosed, domain.CodeCacheFailed, "The cache could not be used. What was to be saved was not."},
		{"given up", context.Canceled, domain.CodeCanceled, "Stopped before the cache was done; nothing was changed in it."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := explain(context.Background(), "do it", fmt.Errorf("wrapped: %w", test.err))
			failure := wantCode(t, err, test.code)
			if failure.Message != test.message || !errors.Is(err, test.err) {
				t.Errorf("error is %q (%v)", failure.Message, err)
			}
			if failure.Hint == "" && test.code != domain.CodeCanceled {
				t.Error("it does not say what to do")
			}
		})
	}
	if explain(context.Background(), "do it", nil) != nil {
		t.Error("no error was explained")
	}
}

// TestFullDisk lets the file grow no further.
func TestFullDisk(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 10)
	_, err := db.pools.writer.Exec("PRAGMA max_page_count = 1")
	must(t, err)
	_, err = db.ApplyListing(ctx, acme.ID, listedOrgs(2000), start.Add(time.Hour))
	wantCode(t, err, domain.CodeCacheFailed)
	if !errors.Is(err, sqlite3.ErrFull) && !isFull(err) {
		t.Errorf("error is %v, want a full disk", err)
	}
	all, err := db.Organizations(ctx, acme.ID)
	must(t, err)
	if len(all) != 10 || !all[0].ListedAt.Equal(start) {
		t.Errorf("%d organizations after a failed write", len(all))
	}
	_, err = db.pools.writer.Exec("PRAGMA max_page_count = 1000000")
	must(t, err)
	_, err = db.ApplyListing(ctx, acme.ID, listedOrgs(2000), start.Add(time.Hour))
	must(t, err)
}

// isFull reports whether the engine ran out of room.
func isFull(err error) bool {
	engine, ok := errors.AsType[sqlite3.Error](err)
	return ok && engine.Code == sqlite3.ErrFull
}

func TestFolderThatCannotBeMade(t *testing.T) {
	inTheWay := filepath.Join(t.TempDir(), "file")
	must(t, os.WriteFile(inTheWay, nil, 0o600))
	_, err := Open(context.Background(), filepath.Join(inTheWay, "orgdeck.db"), Options{Now: func() time.Time { return start }})
	wantCode(t, err, domain.CodeCacheFailed)
	_, err = Open(context.Background(), inTheWay, Options{})
	wantCode(t, err, domain.CodeInternal)
}

func TestUseAfterClose(t *testing.T) {
	db := openNew(t, acme)
	must(t, db.Close())
	must(t, db.Close())
	_, err := db.Organizations(context.Background(), acme.ID)
	wantCode(t, err, domain.CodeCacheFailed)
	wantCode(t, db.DeleteAccount(context.Background(), acme.ID), domain.CodeCacheFailed)
}

// TestReadersWhileWriting reads full, consistent lists while batches are written.
func TestReadersWhileWriting(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	const orgs = 200
	fill(t, db, acme.ID, orgs)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 6 {
		readers.Go(func() {
			for reads := 0; ; reads++ {
				all, err := db.Organizations(ctx, acme.ID)
				if err != nil || len(all) != orgs {
					t.Errorf("%d organizations, %v", len(all), err)
					return
				}
				for i := range all {
					// Every batch gives all the same number, so a mixture is half a batch.
					if all[i].MaxSystemUsers != nil && all[0].MaxSystemUsers != nil && *all[i].MaxSystemUsers != *all[0].MaxSystemUsers && *all[0].MaxSystemUsers >= 1000 {
						t.Errorf("read half a batch: %d and %d", *all[0].MaxSystemUsers, *all[i].MaxSystemUsers)
						return
					}
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for round := range 30 {
		listed := listedOrgs(orgs)
		for i := range listed {
			listed[i].MaxSystemUsers = pointer(1000 + round)
		}
		_, err := db.ApplyListing(ctx, acme.ID, listed, start.Add(time.Duration(round)*time.Minute))
		must(t, err)
		if round%10 == 5 {
			must(t, db.DeleteAccount(ctx, "us:somebody-else"))
		}
	}
	close(done)
	readers.Wait()
}

// TestCheckFindsWhatIsWrong breaks one rule after the other behind the cache's back.
func TestCheckFindsWhatIsWrong(t *testing.T) {
	tests := []struct{ name, statement string }{
		{"logo without a row", "UPDATE organizations SET logo_hash = '" + thumbnail("none").Hash + "'"},
		{"logo of another content", "UPDATE logos SET png = x'00'"},
		{"logo without an address", "UPDATE organizations SET logo_url = ''"},
		{"organization without an account", "INSERT INTO organizations (account, id, name, listed_at) VALUES ('x', 'y', 'z', 1)"},
		{"count without a time", "UPDATE organizations SET users_fetched_at = NULL"},
		{"details without billing", "UPDATE organizations SET billing = NULL"},
		{"state that does not exist", "UPDATE sync_runs SET state = 'odd'"},
		{"run that ended and runs", "UPDATE sync_runs SET state = 'running'"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx := context.Background()
			db := openNew(t, acme)
			fill(t, db, acme.ID, 2)
			_, err := db.StartRun(ctx, domain.SyncRun{Account: acme.ID, StartedAt: first, FinishedAt: first, State: domain.SyncDone, Phase: domain.PhaseFinished})
			must(t, err)
			must(t, db.Check(ctx))
			for _, statement := range []string{"PRAGMA foreign_keys = off", "PRAGMA ignore_check_constraints = on", test.statement} {
				_, err := db.pools.writer.Exec(statement)
				must(t, err)
			}
			wantCode(t, db.Check(ctx), domain.CodeCacheDamaged)
			if db.SetAside() != "" {
				t.Error("a check replaced the file")
			}
			must(t, db.Close())
		})
	}
}
