package sqlite

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// errInvariant is a rule of the cache that its content breaks.
var errInvariant = errors.New("the cache is not consistent")

// invariants are rules a cache must keep; each query gives the rows that break one.
var invariants = []struct{ rule, query string }{
	{"a logo shown is kept", `SELECT o.id FROM organizations o LEFT JOIN logos l
		ON l.account = o.account AND l.hash = o.logo_hash WHERE o.logo_hash IS NOT NULL AND l.hash IS NULL`},
	{"a logo has a source", `SELECT id FROM organizations WHERE logo_hash IS NOT NULL AND logo_source = ''`},
	{"no address, no logo", `SELECT id FROM organizations
		WHERE logo_url = '' AND (logo_hash IS NOT NULL OR logo_source <> '')`},
	{"details come with their billing", `SELECT id FROM organizations
		WHERE (details_fetched_at IS NULL) <> (billing IS NULL)`},
	{"unread details are empty", `SELECT id FROM organizations WHERE details_fetched_at IS NULL AND
		(created_at IS NOT NULL OR contact_name <> '' OR contact_email <> '' OR remote_assist IS NOT NULL OR pending_delete)`},
	{"a count has a time", `SELECT id FROM organizations WHERE (users IS NULL) <> (users_fetched_at IS NULL)
		OR (devices IS NULL) <> (devices_fetched_at IS NULL)
		OR (applications IS NULL) <> (applications_fetched_at IS NULL)`},
	{"a run is running or has ended", `SELECT id FROM sync_runs WHERE (state = 'running') <> (finished_at IS NULL)`},
	{"one run at a time", `SELECT account FROM sync_runs WHERE state = 'running' GROUP BY account HAVING count(*) > 1`},
}

// Check reads the whole cache and reports everything that is wrong with it as
// cache_damaged: malformed pages, rows without their owner, broken rules,
// logos and their originals whose content is not that of their hash. It changes nothing; tests run
// it after every scenario.
func (db *DB) Check(ctx context.Context) error {
	// Not through read: a check must not replace the file it is to judge.
	_, err := db.lend(func(p *pools) error {
		err := errors.Join(checkIntegrity(ctx, p.readers), checkOwners(ctx, p.readers), checkLogos(ctx, p.readers),
			checkOriginals(ctx, p.readers))
		for _, i := range invariants {
			err = errors.Join(err, each(ctx, p.readers, 1, func(c cells) error {
				return fmt.Errorf("%s: %v: %w", i.rule, c[0], errInvariant)
			}, i.query))
		}
		return err
	})
	if err == nil || !errors.Is(err, errInvariant) && !isDamage(err) {
		return explain(ctx, "check the cache", err)
	}
	return &domain.Error{
		Code: domain.CodeCacheDamaged, Message: "The cache is not consistent.", Hint: "Restart Orgdeck.", Cause: err,
	}
}

// checkIntegrity has the engine read every page and index.
func checkIntegrity(ctx context.Context, pool *sql.DB) error {
	return each(ctx, pool, 1, func(c cells) error {
		if verdict := c.text(0); verdict != "ok" {
			return fmt.Errorf("%s: %w", verdict, errInvariant)
		}
		return nil
	}, "PRAGMA integrity_check")
}

// checkOwners finds rows whose account or logo does not exist.
func checkOwners(ctx context.Context, pool *sql.DB) error {
	return each(ctx, pool, 4, func(c cells) error {
		return fmt.Errorf("a row of %s has no %s: %w", c.text(0), c.text(2), errInvariant)
	}, "PRAGMA foreign_key_check")
}

// checkLogos compares every thumbnail with its hash.
func checkLogos(ctx context.Context, pool *sql.DB) error {
	return each(ctx, pool, 2, func(c cells) error {
		content, _ := c[1].([]byte)
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != c.text(0) {
			return fmt.Errorf("logo %s has another content: %w", c.text(0), errInvariant)
		}
		return nil
	}, "SELECT hash, png FROM logos")
}

// checkOriginals compares every kept file of a logo with its sum.
func checkOriginals(ctx context.Context, pool *sql.DB) error {
	return each(ctx, pool, 3, func(c cells) error {
		content, _ := c[2].([]byte)
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != c.text(1) {
			return fmt.Errorf("the original of logo %s has another content: %w", c.text(0), errInvariant)
		}
		return nil
	}, "SELECT hash, sum, content FROM logo_originals")
}
