package program_test

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// TestLogosThatNothingShowsAreForgotten: a logo that somebody else replaced is
// of no use any more, and is gone after the next start.
func TestLogosThatNothingShowsAreForgotten(t *testing.T) {
	dir := t.TempDir()
	first := start(t, func(o *program.Options) { o.Demo, o.DataDir = true, dir })
	id := first.synced(t)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	replaced, kept := replaceOneLogo(t, filepath.Join(dir, "demo", "demo.db"), domain.AccountID(id))
	second := start(t, func(o *program.Options) { o.Demo, o.DataDir = true, dir })
	path := func(hash string) string { return "/logo/" + id + "/" + hash + ".png" }
	if answer, _ := second.get(t, path(replaced)); answer.StatusCode != http.StatusOK {
		t.Fatalf("before the first paint it was gone already: %s", answer.Status)
	}
	if err := second.shell.FirstRows(8); err != nil {
		t.Fatal(err)
	}
	second.until(t, "the logo that was replaced to be gone", func() bool {
		answer, _ := second.get(t, path(replaced))
		return answer.StatusCode == http.StatusNotFound
	})
	if answer, _ := second.get(t, path(kept)); answer.StatusCode != http.StatusOK {
		t.Errorf("a logo that is shown was answered with %s", answer.Status)
	}
}

// replaceOneLogo gives an organization the logo of another one, and tells the
// hash that nothing shows then and one that is still shown.
func replaceOneLogo(t *testing.T, file string, account domain.AccountID) (replaced, kept string) {
	t.Helper()
	db, err := sqlite.Open(t.Context(), file, sqlite.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}()
	list, err := db.Organizations(t.Context(), account)
	if err != nil {
		t.Fatal(err)
	}
	var with []domain.Organization
	for _, o := range list {
		if o.LogoHash != "" {
			with = append(with, o)
		}
	}
	if len(with) < 2 || with[0].LogoHash == with[1].LogoHash {
		t.Fatal("the demo has too few logos")
	}
	other, err := db.Logo(t.Context(), account, with[1].LogoHash)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.ApplyUpdates(t.Context(), account, []domain.OrgUpdate{{
		ID: with[0].ID, Logo: &other, LogoURL: with[0].LogoURL, At: time.Now(),
	}}); err != nil {
		t.Fatal(err)
	}
	return with[0].LogoHash, with[1].LogoHash
}
