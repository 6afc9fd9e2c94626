package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"github.com/mattn/go-sqlite3"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// explain turns a failure of an operation ("read the organizations") into an
// error for a person; nil stays nil, and an explained one stays as it is.
func explain(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	if known, ok := errors.AsType[*domain.Error](err); ok {
		return known
	}
	cause := fmt.Errorf("%s: %w", op, err)
	if ctx.Err() != nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return &domain.Error{
			Code: domain.CodeCanceled, Message: "Stopped before the cache was done; nothing was changed in it.",
			Retryable: true, Cause: errors.Join(cause, ctx.Err()),
		}
	}
	failure := describe(err)
	failure.Cause = cause
	return failure
}

// describe finds the words for a failure of SQLite or of the file system.
func describe(err error) *domain.Error {
	failed := &domain.Error{
		Code: domain.CodeCacheFailed, Message: "The cache could not be used. What was to be saved was not.",
		Hint: "Try again. If it keeps failing, restart Orgdeck.", Retryable: true,
	}
	engine, ok := errors.AsType[sqlite3.Error](err)
	switch {
	case isDamage(err):
		failed.Code = domain.CodeCacheDamaged
		failed.Message = "The cache file is damaged and could not be replaced."
		failed.Hint = "Move the file out of Orgdeck's data folder, then start Orgdeck again."
	case errors.Is(err, syscall.ENOSPC) || ok && engine.Code == sqlite3.ErrFull:
		failed.Message = "The disk is full, so nothing was saved. What was saved before is still there."
		failed.Hint = "Free some space on the disk that holds Orgdeck's data folder, then try again."
	case ok && engine.ExtendedCode == sqlite3.ErrConstraintForeignKey:
		failed.Code = domain.CodeNotFound
		failed.Message = "The account is not in the cache any more, so nothing was saved."
		failed.Hint = "Sign in again."
		failed.Retryable = false
	case ok && isReadOnly(engine) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		failed.Message = "Orgdeck may not write to its data folder, so nothing was saved."
		failed.Hint = "Check that the folder and the files in it belong to you and are not on a read-only disk."
	case ok && (engine.Code == sqlite3.ErrBusy || engine.Code == sqlite3.ErrLocked):
		failed.Message = "Another program is using the cache, so nothing was saved."
		failed.Hint = "Close other programs that have Orgdeck's data folder open, then try again."
	case ok && engine.Code == sqlite3.ErrIoErr:
		failed.Message = "The disk reported an error while the cache was used, so nothing was saved."
		failed.Hint = "Check the disk that holds Orgdeck's data folder."
	}
	return failed
}

// isReadOnly reports whether the engine was not allowed to open or write.
func isReadOnly(err sqlite3.Error) bool {
	return err.Code == sqlite3.ErrReadonly || err.Code == sqlite3.ErrPerm ||
		err.Code == sqlite3.ErrCantOpen || err.Code == sqlite3.ErrAuth
}

// notFound is the answer where the thing asked for is not in the cache.
func notFound(what, id string) error {
	return &domain.Error{
		Code:    domain.CodeNotFound,
		Message: "This " + what + " is not in the cache.",
		Hint:    "Synchronise, then look again.",
		Cause:   fmt.Errorf("no %s %q in the cache", what, id), //nolint:err113 // nothing is told apart by it
	}
}
