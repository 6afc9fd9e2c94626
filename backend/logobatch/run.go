package logobatch

import (
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// notTried is the result of a row that a batch did not come to.
const notTried = "not_tried"

// run is the newest batch of an account.
type run struct {
	account domain.AccountID
	plan    *plan
	recipe  *domain.LogoRecipe
	// end ends it at once, when the program closes; cancel asks it to end, and
	// waits for nothing but the logo that is being sent.
	end, cancel context.CancelFunc

	mu    sync.Mutex
	batch domain.LogoBatch
}

// Start begins to set the logos of a plan in the background, one after the
// other, all by one recipe, or without one each by the recipe that suits it. ctx
// must live as long as the program. Fails with busy while a batch of the account
// is running, not_found where the plan is not the newest, and invalid_input for
// pairs that the plan does not have or has twice.
func (b *Batches) Start(
	ctx context.Context, account domain.AccountID, id string, pairs []domain.LogoPair, recipe *domain.LogoRecipe,
) error {
	chosen, err := b.planOf(account, id)
	if err != nil {
		return err
	}
	rows, err := chosen.rows(pairs)
	if err != nil {
		return err
	}
	lifetime, end := context.WithCancel(ctx)
	wanted, cancel := context.WithCancel(lifetime)
	r := &run{account: account, plan: chosen, recipe: recipe, end: end, cancel: cancel}
	r.batch = domain.LogoBatch{Account: account, State: domain.LogoBatchRunning, Rows: rows}
	if err := b.admit(r); err != nil {
		end()
		return err
	}
	go func() {
		defer b.work.Done()
		defer end()
		b.run(lifetime, wanted, r)
	}()
	return nil
}

// rows checks the pairs and gives the rows they begin as.
func (p *plan) rows(pairs []domain.LogoPair) ([]domain.LogoBatchRow, error) {
	if len(pairs) == 0 || len(pairs) > domain.MaxLogoFiles {
		return nil, invalid("No files are chosen, or too many. Nothing was started.", "Choose at least one file.")
	}
	files, organizations := map[string]bool{}, map[domain.OrgID]bool{}
	rows := make([]domain.LogoBatchRow, len(pairs))
	for i, pair := range pairs {
		name, known := p.names[pair.Org]
		switch {
		case p.files[pair.FileName] == nil:
			return nil, invalid("The file "+quoted(pair.FileName)+" is not one of the folder that can be used. Nothing was started.",
				"Choose the folder again.")
		case !known:
			return nil, &domain.Error{
				Code: domain.CodeNotFound, Message: "An organization chosen for " + quoted(pair.FileName) + " was not known when the folder was read. Nothing was started.",
				Hint: "Choose the folder again.",
			}
		case files[pair.FileName]:
			return nil, invalid("The file "+quoted(pair.FileName)+" is chosen twice. Nothing was started.", "Choose it once.")
		case organizations[pair.Org]:
			return nil, invalid("Two files are chosen for "+quoted(name)+", which has one logo. Nothing was started.", "Leave one of them out.")
		}
		files[pair.FileName], organizations[pair.Org] = true, true
		rows[i] = domain.LogoBatchRow{LogoPair: pair, OrgName: name, Result: notTried}
	}
	return rows, nil
}

// admit makes a run the account's newest, unless one is running.
func (b *Batches) admit(r *run) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return &domain.Error{Code: domain.CodeCanceled, Message: "Orgdeck is being closed. Nothing was sent."}
	}
	if last := b.runs[r.account]; last != nil && last.state() == domain.LogoBatchRunning {
		return &domain.Error{
			Code: domain.CodeBusy, Message: "Logos of this account are being set already. Nothing was started.",
			Hint: "Wait until that is done, or cancel it.",
		}
	}
	b.runs[r.account] = r
	b.work.Add(1)
	return nil
}

func (r *run) state() domain.LogoBatchState {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.batch.State
}

// now gives a copy of the batch as it stands.
func (r *run) now() domain.LogoBatch {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.copied()
}

func (r *run) copied() domain.LogoBatch {
	batch := r.batch
	batch.Rows = slices.Clone(batch.Rows)
	return batch
}

// change changes the batch and tells of it, before anybody can see the change:
// so nothing of the account's next batch is told before the end of this one.
func (b *Batches) change(r *run, how func(*domain.LogoBatch)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	how(&r.batch)
	b.opts.Watcher.LogosChanged(r.account, r.copied())
}

// run sets the logos and closes the batch, whatever happens. wanted ends before
// ctx where the batch is canceled.
func (b *Batches) run(ctx, wanted context.Context, r *run) {
	state, err, panicked := domain.LogoBatchStopped, error(nil), false
	func() {
		defer func() {
			if recovered := recover(); recovered != nil {
				b.opts.Log.Error("panic in a batch of logos", "panic", fmt.Sprint(recovered), "stack", string(debug.Stack()))
				state, err, panicked = domain.LogoBatchStopped, fmt.Errorf("logos: panic: %v", recovered), true
			}
		}()
		state, err = b.setAll(ctx, wanted, r)
	}()
	b.change(r, func(batch *domain.LogoBatch) {
		batch.State, batch.Current = state, ""
		if err != nil {
			batch.Problem = problemOf(err, "Setting the logos met a defect of Orgdeck. What was set before is listed.")
		}
		for i := range batch.Rows {
			row := &batch.Rows[i]
			switch {
			case row.Result != notTried:
			case panicked: // at the first row that is not settled
				row.Result, row.Message = string(domain.CodeInternal), "Setting this logo met a defect of Orgdeck. It is not known whether it was set."
				row.Hint, panicked = "Look at the organization's logo before you try again.", false
				batch.Done++
			default:
				row.Message = "It was not tried: setting the logos ended before this file."
			}
		}
	})
}

func invalid(message, hint string) error {
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message, Hint: hint}
}
