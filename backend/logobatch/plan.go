package logobatch

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// plan is what was seen of files and of the organizations of an account when
// the files were looked at. It is not changed.
type plan struct {
	id    string
	files map[string]*file // those that can be used, by how they are shown
	// names and seen are the organizations' names and the hashes of their
	// logos' thumbnails.
	names map[domain.OrgID]string
	seen  map[domain.OrgID]string
}

// Plan matches the pictures of a folder, given by its path, to the listed
// organizations of an account. It takes the place of the account's earlier
// plan. Nothing is sent. Fails with file_failed where the folder cannot be read.
func (b *Batches) Plan(ctx context.Context, account domain.AccountID, folder string) (domain.LogoPlan, error) {
	return b.plan(ctx, account, filepath.Base(folder), func() ([]file, int, error) {
		return listFolder(folder, func() error { return stopped(ctx) })
	})
}

// PlanFiles does for files, given by their whole paths, what Plan does for a folder.
func (b *Batches) PlanFiles(ctx context.Context, account domain.AccountID, paths []string) (domain.LogoPlan, error) {
	folder := ""
	for _, path := range paths {
		folder = filepath.Base(filepath.Dir(path))
	}
	return b.plan(ctx, account, folder, func() ([]file, int, error) {
		return listPaths(paths, func() error { return stopped(ctx) })
	})
}

func (b *Batches) plan(
	ctx context.Context, account domain.AccountID, folder string, list func() ([]file, int, error),
) (domain.LogoPlan, error) {
	if _, err := b.opts.Accounts.Account(account); err != nil {
		return domain.LogoPlan{}, err
	}
	organizations, err := b.opts.Cache.Organizations(ctx, account)
	if err != nil {
		return domain.LogoPlan{}, fmt.Errorf("plan logos: %w", err)
	}
	files, skipped, err := list()
	if err != nil {
		return domain.LogoPlan{}, err
	}
	kept := &plan{
		id: b.opts.NewID(), files: map[string]*file{}, names: map[domain.OrgID]string{}, seen: map[domain.OrgID]string{},
	}
	finder := newMatcher(organizations)
	for id, o := range finder.byID {
		kept.names[id], kept.seen[id] = o.Name, o.LogoHash
	}
	told := domain.LogoPlan{ID: kept.id, Account: account, Folder: shownName(folder), Skipped: skipped}
	for i := range files {
		if err := stopped(ctx); err != nil {
			return domain.LogoPlan{}, err
		}
		row := b.look(&files[i], finder)
		if row.Problem == nil {
			kept.files[row.FileName] = &files[i]
		}
		told.Rows = append(told.Rows, row)
	}
	b.mu.Lock()
	b.plans[account] = kept
	b.mu.Unlock()
	return told, nil
}

// look tells of a file what it is and whose.
func (b *Batches) look(f *file, finder *matcher) domain.LogoMatch {
	row := domain.LogoMatch{FileName: f.shown, Bytes: f.size, Problem: f.problem}
	kind, org := finder.match(shownName(f.name))
	row.Kind = kind
	if org != nil {
		row.Org, row.OrgName = org.ID, org.Name
	}
	if row.Problem != nil {
		return row
	}
	source, err := b.facts(f)
	if err != nil {
		row.Problem = problemOf(err, "The file met a defect of Orgdeck. Nothing was changed.")
		return row
	}
	source.Bytes = int(f.size) // at most maxFile
	row.Source = source
	return row
}

// facts asks with the beginning of a file, which holds the facts of most, and
// with all of it where that was not enough.
func (b *Batches) facts(f *file) (domain.LogoSource, error) {
	data, err := f.read(headerBytes)
	if err != nil {
		return domain.LogoSource{}, err
	}
	source, err := b.opts.Facts(data)
	if err == nil || f.size <= headerBytes {
		return source, err
	}
	if data, err = f.read(maxFile); err != nil {
		return domain.LogoSource{}, err
	}
	return b.opts.Facts(data)
}

// stopped says that reading the folder was ended; nil where it was not.
func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return &domain.Error{Code: domain.CodeCanceled, Message: "Reading the files was stopped. Nothing was changed.", Cause: ctx.Err()}
}

// problemOf is an error as a person is shown it; defect is the message for one
// that has no words.
func problemOf(err error, defect string) *domain.Error {
	if known, ok := errors.AsType[*domain.Error](err); ok {
		return known
	}
	return &domain.Error{Code: domain.CodeInternal, Message: defect, Cause: err}
}
