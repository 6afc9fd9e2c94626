package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// StartLogoBatch sets the logos of the pairs that the person confirmed, in the
// background: all by one recipe, or each as it is suggested for its picture where
// recipe is null. Progress arrives as EventLogos; it is busy while a batch is running.
func (l *Logos) StartLogoBatch(accountID, planID string, pairs []LogoPair, recipe *LogoRecipe) (err error) {
	defer guard(l.area.Log, "Logos.StartLogoBatch", &err)
	if err := named(planID); err != nil {
		return err
	}
	wanted, err := pairsOf(pairs)
	if err != nil {
		return err
	}
	var same *domain.LogoRecipe
	if recipe != nil {
		chosen := recipeOf(*recipe)
		same = &chosen
	}
	return tell(l.area, accountID, func(ctx context.Context, acc domain.AccountID) error {
		return l.batches.Start(ctx, acc, planID, wanted, same)
	})
}

// CancelLogoBatch ends the running batch after the logo it is at; what was set stays.
func (l *Logos) CancelLogoBatch(accountID string) (err error) {
	defer guard(l.area.Log, "Logos.CancelLogoBatch", &err)
	return tell(l.area, accountID, l.batches.Cancel)
}

// LogoBatch gives how the account's newest batch stands, file by file.
func (l *Logos) LogoBatch(accountID string) (batch LogoBatch, err error) {
	defer guard(l.area.Log, "Logos.LogoBatch", &err)
	var revision int64
	return ask(l.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.LogoBatch, error) {
		revision = l.area.Revision()
		return l.batches.Batch(ctx, acc)
	}, func(acc domain.AccountID, found domain.LogoBatch) LogoBatch {
		return NewLogoBatch(acc, found, revision)
	})
}

// SaveLogoBatch asks where to, and saves what became of each file of the newest
// batch as a CSV file that is safe to open in a spreadsheet. The path of the
// answer is empty where the person chose no place.
func (l *Logos) SaveLogoBatch(accountID string) (saved SavedFile, err error) {
	defer guard(l.area.Log, "Logos.SaveLogoBatch", &err)
	return saveFor(l.area, accountID, l.batches.SaveReport)
}
