package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// cacheFile makes a closed cache of forty organizations and gives its path.
func cacheFile(t *testing.T) string {
	t.Helper()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 40)
	must(t, db.Close())
	return db.Path()
}

// change rewrites a file.
func change(t *testing.T, path string, edit func([]byte) []byte) {
	t.Helper()
	content, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, edit(content), 0o600))
}

// overwrite is an edit that puts bytes at an offset.
func overwrite(offset int, with []byte) func([]byte) []byte {
	return func(b []byte) []byte {
		copy(b[offset:], with)
		return b
	}
}

func TestDamagedFiles(t *testing.T) {
	noise := make([]byte, 5000)
	source := rand.New(rand.NewPCG(1, 2))
	for i := range noise {
		noise[i] = byte(source.UintN(256))
	}
	tests := []struct {
		name string
		edit func([]byte) []byte
	}{
		{"random bytes", func([]byte) []byte { return noise }},
		{"three bytes", func([]byte) []byte { return []byte("SQL") }},
		{"a header alone", func(b []byte) []byte { return b[:100] }},
		{"half a page", func(b []byte) []byte { return b[:2048] }},
		{"cut in the middle", func(b []byte) []byte { return b[:len(b)/2/4096*4096] }},
		{"cut within a page", func(b []byte) []byte { return b[:len(b)-1000] }},
		{"first page of noise", overwrite(100, noise[:3996])},
		{"pages of noise", func(b []byte) []byte {
			return overwrite(len(b)/2/4096*4096, bytes.Repeat(noise, len(b)/2/len(noise)))(b)
		}},
		{"another magic", overwrite(0, []byte("SQLite format 4"))},
		{"page size 3", overwrite(16, []byte{0, 3})},
		{"a different program's file", overwrite(68, []byte("abcd"))},
		{"version zero with tables", overwrite(60, []byte{0, 0, 0, 0})},
		{"negative version", overwrite(60, []byte{255, 255, 255, 255})},
		{"schema format 9", overwrite(44, []byte{0, 0, 0, 9})},
		{"text", func([]byte) []byte { return []byte(strings.Repeat("not a database\n", 1000)) }},
		{"zeroes", func(b []byte) []byte { return make([]byte, len(b)) }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := cacheFile(t)
			change(t, path, test.edit)
			before, err := os.ReadFile(path)
			must(t, err)

			db := openAt(t, path)
			if want := path + ".damaged-20260304T050607Z"; db.SetAside() != want {
				t.Fatalf("set aside as %q, want %q", db.SetAside(), want)
			}
			kept, err := os.ReadFile(db.SetAside())
			must(t, err)
			if !bytes.Equal(kept, before) {
				t.Error("the damaged file was changed")
			}
			must(t, db.SaveAccount(context.Background(), acme))
			fill(t, db, acme.ID, 2)
		})
	}
}

// TestFlippedHeaderBytes flips each byte of the header, one at a time: what was
// in the cache is there in full, or the file is kept aside, or it says that it
// is of a newer program. It is never half there.
func TestFlippedHeaderBytes(t *testing.T) {
	ctx := context.Background()
	path := cacheFile(t)
	good, err := os.ReadFile(path)
	must(t, err)
	outcomes := map[string]int{}
	for offset := range headerSize {
		dir := t.TempDir()
		flipped := bytes.Clone(good)
		flipped[offset] ^= 0xA5
		copied := filepath.Join(dir, "orgdeck.db")
		must(t, os.WriteFile(copied, flipped, 0o600))
		db, err := Open(ctx, copied, Options{Now: func() time.Time { return start }})
		if errors.Is(err, errNewer) && offset >= headerVersion && offset < headerVersion+4 {
			outcomes["newer"]++
			continue
		}
		if err != nil {
			t.Fatalf("byte %d: %v", offset, err)
		}
		all, err := db.Organizations(ctx, acme.ID)
		switch {
		case err != nil:
			t.Errorf("byte %d: %v", offset, err)
		case db.SetAside() == "" && len(all) != 40 || db.SetAside() != "" && len(all) != 0:
			t.Errorf("byte %d: %d organizations, set aside %q", offset, len(all), db.SetAside())
		case db.SetAside() == "":
			outcomes["intact"]++
		default:
			outcomes["set aside"]++
		}
		if err := db.Check(ctx); err != nil {
			t.Errorf("byte %d: %v", offset, err)
		}
		must(t, db.Close())
	}
	if outcomes["intact"] == 0 || outcomes["set aside"] < 20 || outcomes["newer"] == 0 {
		t.Errorf("outcomes %v: the test does not reach every case", outcomes)
	}
}

func TestHarmlessOddities(t *testing.T) {
	tests := []struct {
		name     string
		make     func(path string) error
		setAside bool
	}{
		{"no file", func(string) error { return nil }, false},
		{"an empty file", func(p string) error { return os.WriteFile(p, nil, 0o600) }, false},
		{"a folder", func(p string) error { return os.Mkdir(p, 0o700) }, true},
		{"a folder with something in it", func(p string) error { return os.MkdirAll(filepath.Join(p, "x"), 0o700) }, true},
		{"a log without a file", func(p string) error {
			return os.WriteFile(p+"-wal", []byte(strings.Repeat("noise", 1000)), 0o600)
		}, false},
		{"a name taken", func(p string) error {
			return errors.Join(os.WriteFile(p+".damaged-20260304T050607Z", []byte("older"), 0o600), os.WriteFile(p, []byte("x"), 0o600))
		}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a folder? with #odd %41 names", "orgdeck.db")
			must(t, os.Mkdir(filepath.Dir(path), 0o700))
			must(t, test.make(path))
			db := openAt(t, path)
			if got := db.SetAside() != ""; got != test.setAside {
				t.Errorf("set aside %q", db.SetAside())
			}
			must(t, db.SaveAccount(context.Background(), acme))
			fill(t, db, acme.ID, 3)
			if older, err := os.ReadFile(path + ".damaged-20260304T050607Z"); test.name == "a name taken" && (err != nil || string(older) != "older") {
				t.Errorf("what was set aside earlier is %q, %v", older, err)
			}
			info, err := os.Stat(path)
			must(t, err)
			if info.Mode().Perm() != 0o600 {
				t.Errorf("rights are %v", info.Mode())
			}
		})
	}
}

func TestFolderIsPrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "folders", "orgdeck.db")
	openAt(t, path)
	info, err := os.Stat(filepath.Dir(path))
	must(t, err)
	if info.Mode().Perm() != 0o700 {
		t.Errorf("rights are %v", info.Mode())
	}
	for _, side := range []string{"-wal", "-shm"} {
		if info, err := os.Stat(path + side); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("rights of %s: %v, %v", side, info, err)
		}
	}
}

func TestNewerFileIsLeftAlone(t *testing.T) {
	path := cacheFile(t)
	change(t, path, func(b []byte) []byte {
		binary.BigEndian.PutUint32(b[headerVersion:], 99)
		return b
	})
	refused(t, path)
}

// TestNewerLogIsLeftAlone is the same where the newer program ended badly: the
// version is in the log, the file itself still has the old one.
func TestNewerLogIsLeftAlone(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 10)
	must(t, db.Close())
	writer := sql.OpenDB(connector{dsn: writerDSN(db.Path())})
	_, err := writer.ExecContext(ctx, "PRAGMA user_version = 99")
	must(t, err)
	path := filepath.Join(t.TempDir(), "orgdeck.db")
	for _, side := range []string{"", "-wal"} {
		content, err := os.ReadFile(db.Path() + side)
		must(t, err)
		must(t, os.WriteFile(path+side, content, 0o600))
	}
	must(t, writer.Close())
	refused(t, path)
}

// refused fails unless opening is refused as newer and leaves every byte.
func refused(t *testing.T, path string) {
	t.Helper()
	read := func() map[string]string {
		all := map[string]string{}
		for _, side := range []string{"", "-wal"} {
			content, err := os.ReadFile(path + side)
			if err == nil {
				all[side] = string(content)
			}
		}
		return all
	}
	before := read()
	_, err := Open(context.Background(), path, Options{Now: func() time.Time { return start }})
	if failure := wantCode(t, err, domain.CodeCacheTooNew); failure.Hint == "" || failure.Retryable {
		t.Errorf("error is %+v", failure)
	}
	if !reflect.DeepEqual(before, read()) {
		t.Error("the newer file was changed")
	}
	left, err := filepath.Glob(path + asideMark + "*")
	if err != nil || len(left) > 0 {
		t.Errorf("set aside: %v, %v", left, err)
	}
}

// TestDamageMetWhileInUse destroys pages under an open cache: the operation
// that meets it says so, the file is kept, and the cache works on, empty.
func TestDamageMetWhileInUse(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 3000)
	must(t, db.Close())
	db = openAt(t, db.Path())
	change(t, db.Path(), func(b []byte) []byte {
		for offset := 8 * 4096; offset+4096 <= len(b); offset += 4096 {
			copy(b[offset:], strings.Repeat("\xee", 200))
		}
		return b
	})
	_, err := db.Organizations(ctx, acme.ID)
	failure := wantCode(t, err, domain.CodeCacheDamaged)
	if db.SetAside() == "" || !strings.Contains(failure.Message, db.SetAside()) || !failure.Retryable {
		t.Errorf("error is %+v, set aside %q", failure, db.SetAside())
	}
	if _, err := os.Stat(db.SetAside()); err != nil {
		t.Error(err)
	}
	must(t, db.SaveAccount(ctx, acme))
	fill(t, db, acme.ID, 5)
	all, err := db.Organizations(ctx, acme.ID)
	if err != nil || len(all) != 5 {
		t.Errorf("%d organizations afterwards, %v", len(all), err)
	}
}

func TestMigrationsAreNumbered(t *testing.T) {
	steps, err := migrations()
	must(t, err)
	if len(steps) == 0 {
		t.Fatal("no migrations")
	}
	db := openNew(t)
	var version, id int
	row := db.pools.readers.QueryRow("SELECT (SELECT user_version FROM pragma_user_version), (SELECT application_id FROM pragma_application_id)")
	must(t, row.Scan(&version, &id))
	if version != len(steps) || id != applicationID {
		t.Errorf("version %d, id %#x; want %d, %#x", version, id, len(steps), applicationID)
	}
}

// TestMigrationIsAllOrNothing breaks a step half way.
func TestMigrationIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	db := openNew(t)
	err := migrateOnce(ctx, db.pools.writer, 2, "CREATE TABLE half (id INTEGER) STRICT; CREATE TABLE accounts (id TEXT) STRICT;")
	if err == nil {
		t.Error("the step succeeded")
	}
	var version, tables int
	row := db.pools.readers.QueryRow("SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema WHERE name = 'half')")
	must(t, row.Scan(&version, &tables))
	steps, err := migrations()
	must(t, err)
	if version != len(steps) || tables != 0 {
		t.Errorf("version %d, %d half tables", version, tables)
	}
}

func TestConnectionsObeyTheirPragmas(t *testing.T) {
	db := openNew(t)
	for pool, want := range map[*sql.DB]string{db.pools.writer: "wal 1 1 0 5000", db.pools.readers: "wal 1 1 1 5000"} {
		var journal string
		var sync, keys, query, busy int
		for pragma, into := range map[string]any{"journal_mode": &journal, "synchronous": &sync, "foreign_keys": &keys, "query_only": &query, "busy_timeout": &busy} {
			must(t, pool.QueryRow("PRAGMA "+pragma).Scan(into))
		}
		if got := fmt.Sprint(journal, " ", sync, keys, query, busy); got != want {
			t.Errorf("pragmas are %q, want %q", got, want)
		}
	}
	if _, err := db.pools.readers.Exec("DELETE FROM accounts"); err == nil {
		t.Error("a reading connection wrote")
	}
}

// TestAccountsAndHistoryAreSalvaged destroys the organizations and checks that
// what the network cannot give again is there.
func TestAccountsAndHistoryAreSalvaged(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	must(t, db.AppendActivity(ctx, domain.Activity{
		Account: acme.ID, Org: orgID(1), At: first, Kind: domain.ActivityLaunch, Source: domain.SourceOrgdeck, Result: "ok",
	}))
	fill(t, db, acme.ID, 3000)
	must(t, db.Close())
	change(t, db.Path(), func(b []byte) []byte {
		for offset := len(b) / 3 / 4096 * 4096; offset < len(b)*2/3; offset += 4096 {
			copy(b[offset:], strings.Repeat("\xee", 300))
		}
		return b
	})
	db = openAt(t, db.Path())
	if db.SetAside() == "" {
		t.Fatal("the damage was not found")
	}
	accounts, err := db.Accounts(ctx)
	must(t, err)
	if !reflect.DeepEqual(accounts, []domain.Account{acme}) {
		t.Errorf("accounts are %+v", accounts)
	}
	lines, err := db.Activities(ctx, acme.ID, domain.ActivityFilter{})
	must(t, err)
	if len(lines) != 1 || lines[0].Org != orgID(1) {
		t.Errorf("history is %+v", lines)
	}
	all, err := db.Organizations(ctx, acme.ID)
	must(t, err)
	if len(all) != 0 {
		t.Errorf("%d organizations of a damaged file", len(all))
	}
}
