package sqlite

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// original is a logo with a file of its own.
func original(content string) domain.LogoOriginal {
	return domain.LogoOriginal{
		Thumbnail: *thumbnail("small " + content), File: domain.LogoFile{MediaType: "image/png", Bytes: []byte(content)},
	}
}

func TestLogoOriginals(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	one := original("one")
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), one))
	again := one
	again.File.Bytes = []byte("the same picture in another file")
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), again))
	got, err := db.LogoOriginal(ctx, acme.ID, orgID(0), one.Thumbnail.Hash)
	must(t, err)
	if got.MediaType != "image/png" || string(got.Bytes) != "one" {
		t.Errorf("kept is %+v", got)
	}
	if small, err := db.Logo(ctx, acme.ID, one.Thumbnail.Hash); err != nil || !bytes.Equal(small.PNG, one.Thumbnail.PNG) {
		t.Errorf("its thumbnail is %+v, %v", small, err)
	}
	for _, miss := range []struct {
		account domain.AccountID
		org     domain.OrgID
		hash    string
	}{{"us:other", orgID(0), one.Thumbnail.Hash}, {acme.ID, orgID(1), one.Thumbnail.Hash}, {acme.ID, orgID(0), "x"}} {
		_, err := db.LogoOriginal(ctx, miss.account, miss.org, miss.hash)
		wantCode(t, err, domain.CodeNotFound)
	}
	for name, bad := range map[string]domain.LogoFile{
		"empty":         {MediaType: "image/png"},
		"too large":     {MediaType: "image/png", Bytes: make([]byte, domain.MaxLogoOriginal+1)},
		"no picture":    {MediaType: "text/html", Bytes: []byte("<script>")},
		"without media": {Bytes: []byte("x")},
	} {
		if err := db.SaveLogoOriginal(ctx, acme.ID, orgID(0), domain.LogoOriginal{Thumbnail: *thumbnail(name), File: bad}); domain.CodeOf(err) != domain.CodeCacheFailed {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := db.Logo(ctx, acme.ID, thumbnail(name).Hash); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("%s left a thumbnail: %v", name, err)
		}
	}
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), domain.LogoOriginal{
		Thumbnail: *thumbnail("largest"), File: domain.LogoFile{MediaType: "image/jpeg", Bytes: make([]byte, domain.MaxLogoOriginal)},
	}))
}

// TestOriginalsAreBounded: the newest ten of an organization stay, and one that
// is used again counts as new.
func TestOriginalsAreBounded(t *testing.T) {
	ctx := context.Background()
	at := start
	db, err := Open(ctx, filepath.Join(t.TempDir(), "orgdeck.db"), Options{Now: func() time.Time { return at }})
	must(t, err)
	defer func() { must(t, db.Check(ctx)); must(t, db.Close()) }()
	must(t, db.SaveAccount(ctx, acme))
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(1), original("of another")))
	for n := range keptOriginals {
		must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), original(fmt.Sprint(n))))
	}
	at = at.Add(time.Second)
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), original("0")))
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), original("newest")))
	for content, kept := range map[string]bool{"0": true, "1": false, "2": true, "9": true, "newest": true} {
		if _, err := db.LogoOriginal(ctx, acme.ID, orgID(0), original(content).Thumbnail.Hash); (err == nil) != kept {
			t.Errorf("%s: %v", content, err)
		}
	}
	_, err = db.LogoOriginal(ctx, acme.ID, orgID(1), original("of another").Thumbnail.Hash)
	must(t, err)
}

// TestTheAccountsOriginalsAreBounded in bytes, the oldest first, whichever
// organization they are of.
func TestTheAccountsOriginalsAreBounded(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	large := func(n int) domain.LogoOriginal {
		return domain.LogoOriginal{
			Thumbnail: *thumbnail(fmt.Sprint(n)), File: domain.LogoFile{MediaType: "image/png", Bytes: make([]byte, domain.MaxLogoOriginal)},
		}
	}
	most := maxOriginals / domain.MaxLogoOriginal
	for n := range most + 1 {
		must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(n), large(n)))
	}
	for n, kept := range map[int]bool{0: false, 1: true, most: true} {
		if _, err := db.LogoOriginal(ctx, acme.ID, orgID(n), large(n).Thumbnail.Hash); (err == nil) != kept {
			t.Errorf("%d: %v", n, err)
		}
	}
}

// TestPruningKeepsWhatIsTold: thumbnails of originals and of the history stay.
func TestPruningKeepsWhatIsTold(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	fill(t, db, acme.ID, 1)
	update := domain.OrgUpdate{ID: orgID(0), At: start}
	for _, content := range []string{"told before", "told after", "told of nothing", "logo 0"} {
		update.Logo = thumbnail(content)
		_, err := db.ApplyUpdates(ctx, acme.ID, []domain.OrgUpdate{update})
		must(t, err)
	}
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), original("kept")))
	must(t, db.AppendActivity(ctx,
		domain.Activity{Account: acme.ID, At: start, Kind: domain.ActivityLogo, Source: domain.SourceOrgdeck, Before: thumbnail("told before").Hash, After: thumbnail("told after").Hash},
		domain.Activity{Account: acme.ID, At: start, Kind: domain.ActivityOrgRenamed, Source: domain.SourceOrgdeck, Before: thumbnail("told of nothing").Hash}))
	must(t, db.PruneLogos(ctx, acme.ID))
	for content, kept := range map[string]bool{"told before": true, "told after": true, "told of nothing": false, "small kept": true, "logo 0": true} {
		if _, err := db.Logo(ctx, acme.ID, thumbnail(content).Hash); (err == nil) != kept {
			t.Errorf("%s: %v", content, err)
		}
	}
}

// TestCheckReadsOriginals: another content than the one that was kept is found.
func TestCheckReadsOriginals(t *testing.T) {
	ctx := context.Background()
	db := openNew(t, acme)
	must(t, db.SaveLogoOriginal(ctx, acme.ID, orgID(0), original("one")))
	must(t, db.Check(ctx))
	_, err := db.pools.writer.ExecContext(ctx, "UPDATE logo_originals SET content = x'00'")
	must(t, err)
	wantCode(t, db.Check(ctx), domain.CodeCacheDamaged)
	_, err = db.pools.writer.ExecContext(ctx, "DELETE FROM logo_originals")
	must(t, err)
}
