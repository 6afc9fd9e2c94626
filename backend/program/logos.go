package program

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/logo"
	"github.com/orgdeck/orgdeck/backend/taking"
)

// pictureTime is how long opening or making one picture may take: the largest
// allowed one takes a few seconds on a slow machine.
const pictureTime = time.Minute

// newTaking makes the store of the pictures that come in.
func newTaking() *taking.Store {
	return taking.New(func(ctx context.Context, data []byte) (taking.Picture, error) {
		picture, err := logo.Open(ctx, data)
		if err != nil {
			return nil, err
		}
		return picture, nil
	}, rand.Text)
}

// logos answers the bound Logos: making and setting one logo.
type logos struct{ *Program }

// take takes a picture in for an organization of an account.
func (p *Program) take(ctx context.Context, account domain.AccountID, org domain.OrgID, fileName string, data []byte) (domain.TakenLogo, error) {
	if _, err := p.workspaceHaving(ctx, account, org); err != nil {
		return domain.TakenLogo{}, err
	}
	ctx, end := context.WithTimeout(ctx, pictureTime)
	defer end()
	return p.taking.Take(ctx, account, org, fileName, data)
}

// TakeDropped takes the one file of a drop.
func (l logos) TakeDropped(ctx context.Context, account domain.AccountID, org domain.OrgID, drop string) (domain.TakenLogo, error) {
	if _, err := l.workspaceHaving(ctx, account, org); err != nil {
		return domain.TakenLogo{}, err
	}
	path, err := l.drops.file(drop)
	if err != nil {
		return domain.TakenLogo{}, err
	}
	data, err := readPicture(path)
	if err != nil {
		return domain.TakenLogo{}, err
	}
	return l.take(ctx, account, org, path, data)
}

// Prepare makes what was taken into a logo.
func (l logos) Prepare(ctx context.Context, account domain.AccountID, org domain.OrgID, taken string, recipe domain.LogoRecipe) (domain.ReadyLogo, error) {
	if _, err := l.workspaceHaving(ctx, account, org); err != nil {
		return domain.ReadyLogo{}, err
	}
	ctx, end := context.WithTimeout(ctx, pictureTime)
	defer end()
	return l.taking.Prepare(ctx, account, org, taken, recipe)
}

// Set sets what Prepare gave.
func (l logos) Set(ctx context.Context, account domain.AccountID, org domain.OrgID, id, expected string, overwrite bool) (domain.EditOutcome, error) {
	w, err := l.workspaceHaving(ctx, account, org)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	ready, err := l.taking.Ready(account, org, id)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	return w.editor.SetLogo(ctx, account, domain.LogoChange{Org: org, File: ready.File, Expected: expected, Overwrite: overwrite})
}

// Remove takes an organization's logo away.
func (l logos) Remove(ctx context.Context, account domain.AccountID, org domain.OrgID, expected string, overwrite bool) (domain.EditOutcome, error) {
	w, err := l.workspaceHaving(ctx, account, org)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	return w.editor.SetLogo(ctx, account, domain.LogoChange{Org: org, Expected: expected, Overwrite: overwrite})
}

// Save saves what Prepare gave where the person chooses.
func (l logos) Save(ctx context.Context, account domain.AccountID, org domain.OrgID, id string) (domain.SavedFile, error) {
	w, err := l.workspaceOf(account)
	if err != nil {
		return domain.SavedFile{}, err
	}
	found, err := w.db.Organization(ctx, account, org)
	if err != nil {
		return domain.SavedFile{}, fmt.Errorf("save a logo: %w", err)
	}
	ready, err := l.taking.Ready(account, org, id)
	if err != nil {
		return domain.SavedFile{}, err
	}
	extension := ".png"
	if ready.File.MediaType == "image/jpeg" {
		extension = ".jpg"
	}
	return l.save(strings.TrimSpace(fileWord(found.Name)+" logo")+extension, ready.File.Bytes, 0)
}

// maxFileWord bounds a name that becomes part of a file's name, in characters.
const maxFileWord = 80

// fileWord makes a name fit to be part of a file's name on every system.
func fileWord(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(`<>:"/\|?*`, r):
			return '-'
		case !unicode.IsGraphic(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	runes := []rune(strings.Trim(name, " .-"))
	return strings.TrimSpace(string(runes[:min(len(runes), maxFileWord)]))
}
