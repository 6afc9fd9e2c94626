package sqlite

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"github.com/mattn/go-sqlite3"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// What makes a file damaged besides what the engine itself finds.
var (
	errIrregular = errors.New("not a regular file")
	errNoHeader  = errors.New("no database header")
	errForeign   = errors.New("not a cache of Orgdeck")
	errLayout    = errors.New("the tables do not fit the version")
	errPages     = errors.New("damaged pages")
)

// isDamage reports whether the file itself is at fault, and must be replaced.
func isDamage(err error) bool {
	for _, sign := range []error{errIrregular, errNoHeader, errForeign, errLayout, errPages} {
		if errors.Is(err, sign) {
			return true
		}
	}
	engine, ok := errors.AsType[sqlite3.Error](err)
	return ok && (engine.Code == sqlite3.ErrCorrupt || engine.Code == sqlite3.ErrNotADB)
}

// Where SQLite keeps things in the first hundred bytes (its file format, 1.3).
const (
	headerSize      = 100
	headerMagic     = "SQLite format 3\x00"
	headerFreeFirst = 32 // the first free page
	headerFreeCount = 36 // how many there are
	headerAutoRoot  = 52 // only with a kind of vacuum that is not used here
	headerVersion   = 60
	headerAuto      = 64 // the same
)

// checkHeader finds what the engine's own checks at opening pass over and
// would stumble on later.
func checkHeader(header []byte) error {
	if string(header[:len(headerMagic)]) != headerMagic {
		return errNoHeader
	}
	field := func(at int) uint32 { return binary.BigEndian.Uint32(header[at:]) }
	if field(headerAutoRoot) != 0 || field(headerAuto) != 0 ||
		(field(headerFreeFirst) == 0) != (field(headerFreeCount) == 0) {
		return errPages
	}
	return nil
}

// examine looks at a file before the engine touches it. No file and an empty
// one are fine; a newer one must not be opened for writing at all, because
// closing it would fold its log into it.
func examine(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the cache file: %w", err)
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s: %w", info.Mode().Type(), errIrregular)
	}
	if info.Size() == 0 {
		return nil
	}
	header, err := readHeader(path)
	if err != nil {
		return err
	}
	if err := checkHeader(header); err != nil {
		return err
	}
	steps, err := migrations()
	if err != nil {
		return err
	}
	if version := int(int32(binary.BigEndian.Uint32(header[headerVersion:]))); version > len(steps) { //nolint:gosec // SQLite keeps it signed
		return tooNew(version, len(steps))
	}
	return examineLog(ctx, path, len(steps))
}

// readHeader reads the first bytes of the file.
func readHeader(path string) ([]byte, error) {
	file, err := os.Open(path) //nolint:gosec // the path is the program's own
	if err != nil {
		return nil, fmt.Errorf("open the cache file: %w", err)
	}
	header := make([]byte, headerSize)
	_, err = io.ReadFull(file, header)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errNoHeader
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("read the cache file's header: %w", err)
	}
	return header, nil
}

// examineLog looks at the version where a program that ended badly left a
// write-ahead log: what the file's own header says may be out of date.
func examineLog(ctx context.Context, path string, latest int) error {
	info, err := os.Stat(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || err == nil && info.Size() == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the cache's log: %w", err)
	}
	probe := sql.OpenDB(connector{dsn: probeDSN(path)})
	var version int
	err = probe.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version)
	if err = errors.Join(err, probe.Close()); err != nil {
		return fmt.Errorf("read the version from the cache's log: %w", err)
	}
	if version > latest {
		return tooNew(version, latest)
	}
	return nil
}

// quickCheck reads what the start needs and finds malformed pages in it. Logos
// are left out: they are most of the file, and damage in them is met when one
// is read.
func quickCheck(ctx context.Context, db *sql.DB) error {
	for _, table := range []string{"accounts", "organizations", "sync_runs", "activity"} {
		var verdict string
		err := db.QueryRowContext(ctx, "PRAGMA quick_check("+table+")").Scan(&verdict)
		if err != nil {
			return fmt.Errorf("check %s: %w", table, err)
		}
		if verdict != "ok" {
			return fmt.Errorf("check %s: %s: %w", table, verdict, errPages)
		}
	}
	return nil
}

// recoverDamage replaces a file that turned out to be damaged while it was in
// use, once, however many operations meet the damage. The operation has failed
// in any case; what the cache held has to come from the network again.
func (db *DB) recoverDamage(ctx context.Context, op string, found *pools, damage error) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	if db.pools == found {
		db.pools = nil
		if err := found.close(); err != nil {
			db.log.Warn("closing a damaged cache", "error", err)
		}
		// The replacement must not stop half way because the caller gave up.
		fresh, err := db.replaceDamaged(context.WithoutCancel(ctx), damage)
		if err != nil {
			return explain(context.WithoutCancel(ctx), op, errors.Join(damage, err))
		}
		db.pools = fresh
	}
	return &domain.Error{
		Code:      domain.CodeCacheDamaged,
		Message:   "The cache file was damaged. It was kept as " + db.setAside + " and a new one was made.",
		Hint:      "Synchronise to fill it again.",
		Retryable: true,
		Cause:     fmt.Errorf("%s: %w", op, damage),
	}
}

// replaceDamaged sets the file aside and opens a new one in its place, with
// what could be saved of the old one.
func (db *DB) replaceDamaged(ctx context.Context, damage error) (*pools, error) {
	aside, err := moveAside(db.path, db.now().UTC().Format("20060102T150405Z"))
	if err != nil {
		return nil, err
	}
	db.setAside = aside
	db.log.Warn("the cache was damaged and set aside", "path", aside, "error", damage)
	fresh, err := openFile(ctx, db.path)
	if err != nil {
		return nil, err
	}
	// There is one chance: the next start finds a file that is in order.
	rows, stopped := salvage(context.WithoutCancel(ctx), aside, fresh.writer)
	db.log.Info("salvaged accounts and history", "rows", rows, "stopped", stopped)
	return fresh, nil
}

// moveAside renames the file and its side files to a name not yet taken. The
// side files go first: a log left behind would be replayed into the new file.
func moveAside(path, stamp string) (string, error) {
	aside := path + asideMark + stamp
	for n := 2; ; n++ {
		if _, err := os.Lstat(aside); errors.Is(err, fs.ErrNotExist) {
			break
		} else if err != nil {
			return "", fmt.Errorf("choose a name for the damaged cache: %w", err)
		}
		aside = path + asideMark + stamp + "-" + strconv.Itoa(n)
	}
	for _, side := range []string{"-wal", "-shm", ""} {
		if err := os.Rename(path+side, aside+side); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", fmt.Errorf("set the damaged cache aside: %w", err)
		}
	}
	return aside, nil
}

// asideMark is between the cache's name and the time it was set aside at.
const asideMark = ".damaged-"

// isSetAside reports whether a file beside the cache is a damaged one kept earlier.
func isSetAside(cache, path string) bool { return strings.HasPrefix(path, cache+asideMark) }
