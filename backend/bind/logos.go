package bind

import (
	"context"
	"path"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// LogoService makes and sets the logo of one organization. What was taken for
// one organization is not_found for every other.
type LogoService interface {
	// TakeDropped takes the one file of a drop.
	TakeDropped(ctx context.Context, account domain.AccountID, org domain.OrgID, drop string) (domain.TakenLogo, error)
	Prepare(ctx context.Context, account domain.AccountID, org domain.OrgID, taken string, recipe domain.LogoRecipe) (domain.ReadyLogo, error)
	// Set sets what Prepare gave. expected is the thumbnail's hash that the
	// person saw, empty for none.
	Set(ctx context.Context, account domain.AccountID, org domain.OrgID, ready, expected string, overwrite bool) (domain.EditOutcome, error)
	Remove(ctx context.Context, account domain.AccountID, org domain.OrgID, expected string, overwrite bool) (domain.EditOutcome, error)
	// Save saves what Prepare gave where the person chooses.
	Save(ctx context.Context, account domain.AccountID, org domain.OrgID, ready string) (domain.SavedFile, error)
}

// LogoLookService looks at pictures before anything is set.
type LogoLookService interface {
	// Plan matches the folder of a drop, or the one the person chooses where drop is empty.
	Plan(ctx context.Context, account domain.AccountID, drop string) (domain.LogoPlan, error)
	// StopPlan ends the plan that is being made; nothing where none is.
	StopPlan(ctx context.Context, account domain.AccountID) error
	// Look takes a file of a plan in, for no organization: it can be looked at alone.
	Look(ctx context.Context, account domain.AccountID, plan, fileName string) (domain.TakenLogo, error)
	// PrepareLook makes what Look gave into a logo, to be looked at alone.
	PrepareLook(ctx context.Context, account domain.AccountID, taken string, recipe domain.LogoRecipe) (domain.ReadyLogo, error)
	// LetGo lets go of a picture that was taken, and of what was made of it.
	LetGo(ctx context.Context, account domain.AccountID, taken string) error
}

// LogoBatchService sets many logos from a folder.
type LogoBatchService interface {
	// Start begins a batch in the background, each logo by the recipe that suits
	// it where none is given; busy when one is running.
	Start(ctx context.Context, account domain.AccountID, plan string, pairs []domain.LogoPair, recipe *domain.LogoRecipe) error
	Cancel(ctx context.Context, account domain.AccountID) error
	Batch(ctx context.Context, account domain.AccountID) (domain.LogoBatch, error)
	SaveReport(ctx context.Context, account domain.AccountID) (domain.SavedFile, error)
}

// Logos is the bound area of making and setting logos.
type Logos struct {
	area    Area
	service LogoService
	looks   LogoLookService
	batches LogoBatchService
}

// NewLogos makes the area.
func NewLogos(area Area, service LogoService, looks LogoLookService, batches LogoBatchService) *Logos {
	return &Logos{area: area, service: service, looks: looks, batches: batches}
}

// TakeDropped takes the one file of a drop, an EventDrop's id, for an
// organization. Other files come as bytes: see the path /take/ of the window.
func (l *Logos) TakeDropped(accountID, orgID, dropID string) (taken TakenLogo, err error) {
	defer guard(l.area.Log, "Logos.TakeDropped", &err)
	return askNamed(l.area, accountID, orgID, dropID, l.service.TakeDropped,
		func(_ domain.AccountID, taken domain.TakenLogo) TakenLogo { return NewTakenLogo(taken) })
}

// PrepareLogo makes what was taken for an organization into a logo. Nothing is sent.
func (l *Logos) PrepareLogo(accountID, orgID, takenID string, recipe LogoRecipe) (ready ReadyLogo, err error) {
	defer guard(l.area.Log, "Logos.PrepareLogo", &err)
	prepare := func(ctx context.Context, acc domain.AccountID, org domain.OrgID, taken string) (domain.ReadyLogo, error) {
		return l.service.Prepare(ctx, acc, org, taken, recipeOf(recipe))
	}
	return askNamed(l.area, accountID, orgID, takenID, prepare, newReadyLogo)
}

// SetLogo sets what PrepareLogo gave. expected is the path of the logo that the
// person saw (a row's logo), empty for none: where JumpCloud holds another one,
// nothing is written and the outcome is a conflict. overwrite says that expected
// is what an earlier conflict showed: its serverValue, or its before where that
// is not known.
func (l *Logos) SetLogo(accountID, orgID, readyID, expected string, overwrite bool) (outcome EditOutcome, err error) {
	defer guard(l.area.Log, "Logos.SetLogo", &err)
	if err := named(expected); err != nil {
		return EditOutcome{}, err
	}
	set := func(ctx context.Context, acc domain.AccountID, org domain.OrgID, ready string) (domain.EditOutcome, error) {
		return l.service.Set(ctx, acc, org, ready, logoHash(expected), overwrite)
	}
	return askNamed(l.area, accountID, orgID, readyID, set, newEditOutcome)
}

// RemoveLogo takes an organization's logo away; expected and overwrite are as
// those of SetLogo.
func (l *Logos) RemoveLogo(accountID, orgID, expected string, overwrite bool) (outcome EditOutcome, err error) {
	defer guard(l.area.Log, "Logos.RemoveLogo", &err)
	remove := func(ctx context.Context, acc domain.AccountID, org domain.OrgID, seen string) (domain.EditOutcome, error) {
		return l.service.Remove(ctx, acc, org, logoHash(seen), overwrite)
	}
	return askNamed(l.area, accountID, orgID, expected, remove, newEditOutcome)
}

// SavePreparedLogo asks where to, and saves the file that PrepareLogo gave. The
// path of the answer is empty where the person chose no place.
func (l *Logos) SavePreparedLogo(accountID, orgID, readyID string) (saved SavedFile, err error) {
	defer guard(l.area.Log, "Logos.SavePreparedLogo", &err)
	return askNamed(l.area, accountID, orgID, readyID, l.service.Save, newSavedFile)
}

// askNamed is ask about one organization and something kept for it, by its name.
func askNamed[F, T any](
	area Area, accountID, orgID, name string, act func(context.Context, domain.AccountID, domain.OrgID, string) (F, error),
	convert func(domain.AccountID, F) T,
) (T, error) {
	org, err := organization(orgID)
	if err == nil {
		err = named(name)
	}
	if err != nil {
		var none T
		return none, err
	}
	return ask(area, accountID, func(ctx context.Context, acc domain.AccountID) (F, error) {
		return act(ctx, acc, org, name)
	}, convert)
}

// maxName bounds the names of what is kept in memory for the page.
const maxName = 256

// named checks the length of such a name; whether there is what it names, who
// keeps it knows.
func named(name string) error {
	if len(name) > maxName {
		return &domain.Error{Code: domain.CodeInvalidInput, Message: "A name is too long to be one of Orgdeck's. Nothing was changed."}
	}
	return nil
}

// logoHash gives the hash in the path of a logo, empty for no path. What is no
// logo's path is given as it is: a hash that no logo has, and so a conflict
// rather than an organization without a logo.
func logoHash(logoPath string) string {
	hash := strings.TrimSuffix(path.Base(logoPath), ".png")
	if logoPath == "" || hash == "" {
		return logoPath
	}
	return hash
}
