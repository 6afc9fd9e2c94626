package program

import (
	"context"
	"crypto/rand"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/export"
	"github.com/orgdeck/orgdeck/backend/logo"
	"github.com/orgdeck/orgdeck/backend/logobatch"
	"github.com/orgdeck/orgdeck/backend/session"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// newLogoBatches makes what sets the logos of a folder in a workspace.
func (p *Program) newLogoBatches(db *sqlite.DB, opened *session.Session, setter logobatch.Setter) *logobatch.Batches {
	return logobatch.New(logobatch.Options{
		Accounts: opened, Cache: db, Setter: setter, Watcher: watcher{p},
		Facts: logo.Facts, Prepare: prepareLogo, NewID: rand.Text, Log: p.opts.Log,
	})
}

// prepareLogo makes a picture into a logo; by the recipe that is suggested for
// it where none is given, as the dialog of one logo begins with.
func prepareLogo(ctx context.Context, data []byte, recipe *domain.LogoRecipe) (domain.PreparedLogo, error) {
	ctx, end := context.WithTimeout(ctx, pictureTime)
	defer end()
	picture, err := logo.Open(ctx, data)
	if err != nil {
		return domain.PreparedLogo{}, fmt.Errorf("open a picture: %w", err)
	}
	if recipe == nil {
		suggested := picture.Suggested()
		recipe = &suggested
	}
	return picture.Prepare(ctx, *recipe)
}

// LogosLookedAt tells the page how far the looking at a folder has come.
func (w watcher) LogosLookedAt(account domain.AccountID, progress domain.LogoPlanProgress) {
	w.events.logosLookedAt(account, progress)
}

// LogosChanged tells the page how a batch of logos goes.
func (w watcher) LogosChanged(account domain.AccountID, batch domain.LogoBatch) {
	w.events.logosChanged(account, batch)
}

// logoBatches answers the bound Logos: setting the logos of a plan.
type logoBatches struct{ *Program }

// Start begins a batch in the background.
func (l logoBatches) Start(ctx context.Context, account domain.AccountID, plan string, pairs []domain.LogoPair, recipe *domain.LogoRecipe) error {
	w, err := l.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.logos.Start(ctx, account, plan, pairs, recipe)
}

// Cancel ends the running batch.
func (l logoBatches) Cancel(_ context.Context, account domain.AccountID) error {
	w, err := l.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.logos.Cancel(account)
}

// Batch gives how the newest batch stands.
func (l logoBatches) Batch(_ context.Context, account domain.AccountID) (domain.LogoBatch, error) {
	w, err := l.workspaceOf(account)
	if err != nil {
		return domain.LogoBatch{}, err
	}
	return w.logos.Batch(account)
}

// SaveReport saves what became of each file of the newest batch.
func (l logoBatches) SaveReport(ctx context.Context, account domain.AccountID) (domain.SavedFile, error) {
	batch, err := l.Batch(ctx, account)
	if err != nil {
		return domain.SavedFile{}, err
	}
	if batch.State == domain.LogoBatchNever {
		return domain.SavedFile{}, &domain.Error{
			Code: domain.CodeNotFound, Message: "No logos were set from a folder since the start. Nothing was saved.",
		}
	}
	table, err := export.LogoBatch(&batch)
	if err != nil {
		return domain.SavedFile{}, fmt.Errorf("save a report: %w", err)
	}
	return l.save("orgdeck-logos.csv", []byte(table), len(batch.Rows))
}
