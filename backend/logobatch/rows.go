package logobatch

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// maxFailuresInARow is after how many logos that JumpCloud did not take, one
// after the other, a batch takes it that it will not take the next either.
const maxFailuresInARow = 3

// setAll sets the logo of every row, one at a time, until wanted ends.
func (b *Batches) setAll(ctx, wanted context.Context, r *run) (domain.LogoBatchState, error) {
	failures := 0
	rows := r.now().Rows
	for i, row := range rows {
		if ended(wanted) {
			return domain.LogoBatchCanceled, nil
		}
		// The account is asked for anew: it may have been removed meanwhile.
		if _, err := b.opts.Accounts.Account(r.account); err != nil {
			return domain.LogoBatchStopped, err
		}
		b.change(r, func(batch *domain.LogoBatch) { batch.Current = row.OrgName })
		logo, err := b.prepare(wanted, r, row.FileName)
		if ended(wanted) {
			return domain.LogoBatchCanceled, nil // nothing was sent of this row
		}
		if err != nil {
			b.settle(r, i, failed(row, err), false)
			continue
		}
		row.Warnings, row.Steps = logo.Warnings, stepsOf(logo)
		outcome, err := b.opts.Setter.SetLogo(ctx, r.account, domain.LogoChange{
			Org: row.Org, File: logo.File, Expected: r.plan.seen[row.Org],
		})
		if err != nil {
			b.settle(r, i, failed(row, err), false)
		} else {
			row.Result, row.Message, row.Hint = string(outcome.State), outcome.Message, outcome.Hint
			set := outcome.State == domain.EditApplied || outcome.State == domain.EditUnchanged
			if outcome.State == domain.EditApplied {
				row.Result = domain.ResultOK
			}
			b.settle(r, i, row, set)
		}
		if ended(ctx) {
			return domain.LogoBatchCanceled, nil
		}
		if !ownToTheRow(outcome, err) {
			failures++
		} else {
			failures = 0
		}
		if err != nil && meetsEveryRow(err) {
			return domain.LogoBatchStopped, err
		}
		if failures >= maxFailuresInARow && i+1 < len(rows) {
			return domain.LogoBatchStopped, refusals(err)
		}
	}
	return domain.LogoBatchDone, nil
}

// ended reports whether a batch was asked to end.
func ended(ctx context.Context) bool { return ctx.Err() != nil }

// prepare reads a file of the plan and makes it ready.
func (b *Batches) prepare(ctx context.Context, r *run, fileName string) (domain.PreparedLogo, error) {
	data, err := r.plan.files[fileName].read(maxFile)
	if err != nil {
		return domain.PreparedLogo{}, err
	}
	return b.opts.Prepare(ctx, data, r.recipe)
}

func stepsOf(logo domain.PreparedLogo) []string {
	steps := make([]string, len(logo.Steps))
	for i, step := range logo.Steps {
		steps[i] = step.Text
	}
	return steps
}

// settle keeps what became of a row. set says that it has its logo now.
func (b *Batches) settle(r *run, at int, row domain.LogoBatchRow, set bool) {
	b.change(r, func(batch *domain.LogoBatch) {
		batch.Rows[at] = row
		batch.Done++
		if set {
			batch.Set++
		}
	})
}

// failed is a row whose logo was not set because of an error.
func failed(row domain.LogoBatchRow, err error) domain.LogoBatchRow {
	problem := problemOf(err, "Setting this logo met a defect of Orgdeck. It was not set.")
	row.Result, row.Message, row.Hint = string(problem.Code), problem.Message, problem.Hint
	return row
}

// meetsEveryRow reports whether an error would come for every other row too.
func meetsEveryRow(err error) bool {
	switch domain.CodeOf(err) {
	case domain.CodeUnauthorized, domain.CodeSignedOut, domain.CodeNoProvider, domain.CodeKeychain,
		domain.CodeOffline, domain.CodeRateLimited, domain.CodeCanceled:
		return true
	}
	return false
}

// ownToTheRow reports whether what became of a row says nothing of the next:
// it has its logo, or it was for this organization alone that it has not.
func ownToTheRow(outcome domain.EditOutcome, err error) bool {
	if err == nil {
		return outcome.State != domain.EditNotApplied && outcome.State != domain.EditUncertain
	}
	switch domain.CodeOf(err) {
	case domain.CodeConflict, domain.CodeNotFound, domain.CodeBusy, domain.CodeInvalidInput, domain.CodeLinkRefused:
		return true
	}
	return false
}

// refusals is why a batch stops after several logos that were not taken; err is
// the last of these failures, nil where JumpCloud accepted a logo and kept the old one.
func refusals(err error) error {
	if err != nil {
		return err
	}
	return &domain.Error{
		Code: domain.CodeRejected, Message: "JumpCloud did not take the last three logos, so the others were not tried. What was set before is listed.",
		Hint: "Set one in the console, to see whether JumpCloud takes logos from here at all.",
	}
}
