package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// PlanLogos matches the files of a drop, an EventDrop's id, to organizations by
// their names; without one, those of the folder that the person is asked for.
// Nothing is sent. Progress arrives as EventLogoPlan. The plan's id is empty where
// the person chose no folder.
func (l *Logos) PlanLogos(accountID, dropID string) (plan LogoPlan, err error) {
	defer guard(l.area.Log, "Logos.PlanLogos", &err)
	if err := named(dropID); err != nil {
		return LogoPlan{}, err
	}
	return ask(l.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.LogoPlan, error) {
		return l.looks.Plan(ctx, acc, dropID)
	}, newLogoPlan)
}

// StopLogoPlan ends the PlanLogos that is going on, which then fails with canceled.
func (l *Logos) StopLogoPlan(accountID string) (err error) {
	defer guard(l.area.Log, "Logos.StopLogoPlan", &err)
	return tell(l.area, accountID, l.looks.StopPlan)
}

// LookAtLogo takes a file of a plan in, so that it can be looked at. It belongs
// to no organization, and so can be set for none.
func (l *Logos) LookAtLogo(accountID, planID, fileName string) (taken TakenLogo, err error) {
	defer guard(l.area.Log, "Logos.LookAtLogo", &err)
	if err := named(planID); err != nil {
		return TakenLogo{}, err
	}
	return ask(l.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.TakenLogo, error) {
		return l.looks.Look(ctx, acc, planID, fileName)
	}, func(_ domain.AccountID, taken domain.TakenLogo) TakenLogo { return NewTakenLogo(taken) })
}

// PrepareLook makes what LookAtLogo gave into a logo, as a batch would.
func (l *Logos) PrepareLook(accountID, takenID string, recipe LogoRecipe) (ready ReadyLogo, err error) {
	defer guard(l.area.Log, "Logos.PrepareLook", &err)
	if err := named(takenID); err != nil {
		return ReadyLogo{}, err
	}
	return ask(l.area, accountID, func(ctx context.Context, acc domain.AccountID) (domain.ReadyLogo, error) {
		return l.looks.PrepareLook(ctx, acc, takenID, recipeOf(recipe))
	}, newReadyLogo)
}

// ForgetLogo lets go of a picture that was taken and of what was made of it, as
// when its dialog is closed: a large one takes hundreds of megabytes. What is
// being set goes on.
func (l *Logos) ForgetLogo(accountID, takenID string) (err error) {
	defer guard(l.area.Log, "Logos.ForgetLogo", &err)
	if err := named(takenID); err != nil {
		return err
	}
	return tell(l.area, accountID, func(ctx context.Context, acc domain.AccountID) error {
		return l.looks.LetGo(ctx, acc, takenID)
	})
}
