package logobatch

import (
	"context"
	"errors"
	"fmt"
	"io"
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

// planning is a plan that is being made. Who stops it takes it from Batches, so
// that what it comes to is not kept.
type planning struct {
	// ctx ends when it is stopped.
	ctx    context.Context //nolint:containedctx // it is the context of this one plan
	cancel context.CancelFunc
	// left is how many bytes may still be read of files whose beginning is not enough.
	left int64
	// tell tells how many files were looked at, and of how many.
	tell func(looked, total int)
}

// Plan matches the pictures of a folder, given by its path, to the listed
// organizations of an account. It takes the place of the account's earlier
// plan, and stops one that is being made. Nothing is sent. Fails with
// file_failed where the folder cannot be read, canceled where it is stopped.
func (b *Batches) Plan(ctx context.Context, account domain.AccountID, folder string) (domain.LogoPlan, error) {
	return b.plan(ctx, account, filepath.Base(folder), func(l *lister) ([]file, int, error) { return l.folder(folder) })
}

// PlanFiles does for files, given by their whole paths, what Plan does for a folder.
func (b *Batches) PlanFiles(ctx context.Context, account domain.AccountID, paths []string) (domain.LogoPlan, error) {
	folder := ""
	for _, path := range paths {
		folder = filepath.Base(filepath.Dir(path))
	}
	return b.plan(ctx, account, folder, func(l *lister) ([]file, int, error) { return l.paths(paths) })
}

// StopPlan ends the plan that is being made for an account; nothing where none
// is. not_found for an account that is not known.
func (b *Batches) StopPlan(account domain.AccountID) error {
	b.mu.Lock()
	b.stopPlan(account)
	b.mu.Unlock()
	_, err := b.opts.Accounts.Account(account)
	return err
}

// stopPlan does so; the lock is held.
func (b *Batches) stopPlan(account domain.AccountID) {
	if going := b.planning[account]; going != nil {
		going.cancel()
		delete(b.planning, account)
	}
}

// File gives the bytes of a file of the account's newest plan, if it can be
// used and is still the one that was looked at.
func (b *Batches) File(account domain.AccountID, id, fileName string) ([]byte, error) {
	kept, err := b.planOf(account, id)
	if err != nil {
		return nil, err
	}
	f := kept.files[fileName]
	if f == nil {
		return nil, invalid("The file "+quoted(fileName)+" is not one of the folder that can be used. Nothing was changed.", "Choose the folder again.")
	}
	return f.read(maxFile)
}

// planOf gives the account's newest plan, if it has this id.
func (b *Batches) planOf(account domain.AccountID, id string) (*plan, error) {
	if _, err := b.opts.Accounts.Account(account); err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	kept := b.plans[account]
	if kept == nil || kept.id != id {
		return nil, &domain.Error{
			Code: domain.CodeNotFound, Message: "This folder was put away, or another one was read since. Nothing was started.",
			Hint: "Choose the folder again.",
		}
	}
	return kept, nil
}

// beginPlan begins a plan instead of the one that is being made.
func (b *Batches) beginPlan(ctx context.Context, account domain.AccountID) *planning {
	going := &planning{left: maxWhole, tell: func(looked, total int) {
		b.opts.Watcher.LogosLookedAt(account, domain.LogoPlanProgress{Looked: looked, Total: total})
	}}
	going.ctx, going.cancel = context.WithCancel(ctx)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.stopPlan(account)
	b.planning[account] = going
	if b.closed {
		going.cancel()
	}
	return going
}

// endPlan keeps what a plan came to, unless it was stopped; nil for nothing.
func (b *Batches) endPlan(account domain.AccountID, going *planning, kept *plan) error {
	defer going.cancel()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.planning[account] != going {
		return stoppedPlan(context.Canceled)
	}
	delete(b.planning, account)
	if kept != nil {
		b.plans[account] = kept
	}
	return nil
}

func (b *Batches) plan(
	ctx context.Context, account domain.AccountID, folder string, list func(*lister) ([]file, int, error),
) (domain.LogoPlan, error) {
	going := b.beginPlan(ctx, account)
	told, kept, err := b.made(going, account, list)
	if stopping := b.endPlan(account, going, kept); err == nil {
		err = stopping
	}
	if err != nil {
		return domain.LogoPlan{}, err
	}
	told.Folder = shownName(folder)
	return told, nil
}

// made lists and looks at files.
func (b *Batches) made(
	going *planning, account domain.AccountID, list func(*lister) ([]file, int, error),
) (told domain.LogoPlan, kept *plan, err error) {
	if _, err := b.opts.Accounts.Account(account); err != nil {
		return told, nil, err
	}
	organizations, err := b.opts.Cache.Organizations(going.ctx, account)
	if err != nil {
		return told, nil, fmt.Errorf("plan logos: %w", err)
	}
	from := &lister{proceed: func() error { return stopped(going.ctx) }, tell: going.tell, mayBePicture: b.mayBePicture}
	files, skipped, err := list(from)
	if err != nil {
		return told, nil, err
	}
	kept = &plan{
		id: b.opts.NewID(), files: map[string]*file{}, names: map[domain.OrgID]string{}, seen: map[domain.OrgID]string{},
	}
	finder := newMatcher(organizations)
	for id, o := range finder.byID {
		kept.names[id], kept.seen[id] = o.Name, o.LogoHash
	}
	told = domain.LogoPlan{ID: kept.id, Account: account, Skipped: skipped}
	for i := range files {
		going.tell(from.looked+i, from.looked+len(files))
		if err := stopped(going.ctx); err != nil {
			return told, nil, err
		}
		row := b.look(going, &files[i], finder)
		if row.Problem == nil {
			kept.files[row.FileName] = &files[i]
		}
		told.Rows = append(told.Rows, row)
	}
	return told, kept, nil
}

// look tells of a file what it is and whose.
func (b *Batches) look(going *planning, f *file, finder *matcher) domain.LogoMatch {
	row := domain.LogoMatch{FileName: f.shown, Bytes: f.size, Problem: f.problem}
	kind, org := finder.match(shownName(f.name))
	row.Kind = kind
	if org != nil {
		row.Org, row.OrgName = org.ID, org.Name
	}
	if row.Problem != nil {
		return row
	}
	source, err := b.facts(going, f)
	if err != nil {
		row.Problem = problemOf(err, "The file met a defect of Orgdeck. Nothing was changed.")
		return row
	}
	source.Bytes = int(f.size) // at most maxFile
	row.Source = source
	return row
}

// facts asks with the beginning of a file, which holds the facts of most, and
// with all of it where that was not enough, and not too much of others was read
// for that. Without facts a file can be used all the same: it is looked at when
// it is sent.
func (b *Batches) facts(going *planning, f *file) (domain.LogoSource, error) {
	data, err := f.read(headerBytes)
	if err != nil {
		return domain.LogoSource{}, err
	}
	source, err := b.opts.Facts(data)
	if err == nil || f.size <= headerBytes || !wantsMore(err) {
		return source, err
	}
	if f.size > going.left {
		return domain.LogoSource{}, nil
	}
	going.left -= f.size
	if data, err = f.read(maxFile); err != nil {
		return domain.LogoSource{}, err
	}
	return b.opts.Facts(data)
}

// mayBePicture reports whether a file of a size may be a picture by its first bytes.
func (b *Batches) mayBePicture(head []byte, size int64) bool {
	_, err := b.opts.Facts(head)
	return err == nil || size > int64(len(head)) && wantsMore(err)
}

// wantsMore reports whether facts were not found because the file went on.
func wantsMore(err error) bool { return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) }

// stopped says that reading the folder was ended; nil where it was not.
func stopped(ctx context.Context) error {
	if ctx.Err() == nil {
		return nil
	}
	return stoppedPlan(ctx.Err())
}

func stoppedPlan(cause error) error {
	return &domain.Error{Code: domain.CodeCanceled, Message: "Reading the files was stopped. Nothing was changed.", Cause: cause}
}

// problemOf is an error as a person is shown it; defect is the message for one
// that has no words.
func problemOf(err error, defect string) *domain.Error {
	if known, ok := errors.AsType[*domain.Error](err); ok {
		return known
	}
	return &domain.Error{Code: domain.CodeInternal, Message: defect, Cause: err}
}
