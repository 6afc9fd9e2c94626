package sqlite

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestAnOlderCacheIsBroughtUpToDate makes a file of every earlier layout, puts
// an account into it, and opens it with this program.
func TestAnOlderCacheIsBroughtUpToDate(t *testing.T) {
	ctx := context.Background()
	steps, err := migrations()
	must(t, err)
	for version := 1; version < len(steps); version++ {
		path := filepath.Join(t.TempDir(), "old.db")
		must(t, os.WriteFile(path, nil, 0o600))
		old := newPools(path)
		for i := range version {
			must(t, migrateOnce(ctx, old.writer, i+1, steps[i]))
		}
		_, err := old.writer.ExecContext(ctx, `INSERT INTO accounts (id, region, provider_id, label, demo, email, role_name, key_prefix, disallow_org_creation)
			VALUES ('us:acme', 'us', 'acme', 'kept', 0, '', '', '', 0)`)
		must(t, err)
		_, err = old.writer.ExecContext(ctx, `INSERT INTO activity (account, organization, at, kind, source, actor, before, after, result)
			VALUES ('us:acme', '', 1, 'sign_in', 'orgdeck', '', '', '', 'ok')`)
		must(t, err)
		for i, most := range []any{5, nil} {
			_, err = old.writer.ExecContext(ctx, "INSERT INTO organizations (account, id, name, max_system_users, listed_at) VALUES ('us:acme', ?, '', ?, 1)",
				string(orgID(i)), most)
			must(t, err)
		}
		must(t, old.close())

		db := openAt(t, path)
		accounts, err := db.Accounts(ctx)
		must(t, err)
		lines, err := db.History(ctx, "us:acme", domain.HistoryFilter{})
		must(t, err)
		if db.SetAside() != "" || len(accounts) != 1 || accounts[0].Label != "kept" || len(lines) != 1 {
			t.Errorf("from version %d: set aside %q, %+v, %+v", version, db.SetAside(), accounts, lines)
		}
		for i, known := range []bool{true, false} {
			if o, err := db.Organization(ctx, "us:acme", orgID(i)); err != nil || o.CapKnown != known {
				t.Errorf("from version %d: %+v, %v", version, o, err)
			}
		}
		if _, err := db.SaveAdministrators(ctx, "us:acme", []domain.Administrator{person(1)}, start); err != nil {
			t.Errorf("from version %d: %v", version, err)
		}
	}
}
