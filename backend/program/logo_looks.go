package program

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// logoLooks answers the bound Logos: looking at pictures before any is set.
type logoLooks struct{ *Program }

// Plan matches the files of a drop, or of the folder the person chooses, to
// organizations.
func (l logoLooks) Plan(ctx context.Context, account domain.AccountID, drop string) (domain.LogoPlan, error) {
	w, err := l.workspaceOf(account)
	if err != nil {
		return domain.LogoPlan{}, err
	}
	paths, err := l.logoPaths(drop)
	if err != nil || len(paths) == 0 {
		return domain.LogoPlan{Account: account}, err
	}
	if drop == "" || len(paths) == 1 && isFolder(paths[0]) {
		return w.logos.Plan(ctx, account, paths[0])
	}
	return w.logos.PlanFiles(ctx, account, paths)
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// logoPaths gives the paths of a drop, or that of the folder the person
// chooses; none where they choose none.
func (p *Program) logoPaths(drop string) ([]string, error) {
	if drop != "" {
		return p.drops.of(drop)
	}
	folder, err := p.opts.Desktop.ChooseFolder()
	if err == nil && folder != "" && !filepath.IsAbs(folder) {
		err = fmt.Errorf("%s is no whole path", folder)
	}
	if err != nil {
		return nil, &domain.Error{
			Code: domain.CodeFile, Message: "The folder could not be asked for. Nothing was read or changed.",
			Hint: "Drop the folder on the window instead.", Cause: err,
		}
	}
	if folder == "" {
		return nil, nil
	}
	return []string{folder}, nil
}

// StopPlan ends the plan that is being made.
func (l logoLooks) StopPlan(_ context.Context, account domain.AccountID) error {
	w, err := l.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.logos.StopPlan(account)
}

// noOrganization is whom a picture is taken for that is only looked at: it is
// no organization's id, so that nothing can be set with it.
const noOrganization = domain.OrgID("")

// Look takes a file of a plan in.
func (l logoLooks) Look(ctx context.Context, account domain.AccountID, plan, fileName string) (domain.TakenLogo, error) {
	w, err := l.workspaceOf(account)
	if err != nil {
		return domain.TakenLogo{}, err
	}
	data, err := w.logos.File(account, plan, fileName)
	if err != nil {
		return domain.TakenLogo{}, err
	}
	ctx, end := context.WithTimeout(ctx, pictureTime)
	defer end()
	return l.taking.Take(ctx, account, noOrganization, fileName, data)
}

// PrepareLook makes a picture that is looked at into a logo.
func (l logoLooks) PrepareLook(ctx context.Context, account domain.AccountID, taken string, recipe domain.LogoRecipe) (domain.ReadyLogo, error) {
	if _, err := l.workspaceOf(account); err != nil {
		return domain.ReadyLogo{}, err
	}
	ctx, end := context.WithTimeout(ctx, pictureTime)
	defer end()
	return l.taking.Prepare(ctx, account, noOrganization, taken, recipe)
}

// LetGo lets go of a picture that was taken.
func (l logoLooks) LetGo(_ context.Context, account domain.AccountID, taken string) error {
	l.taking.LetGo(account, taken)
	return nil
}
