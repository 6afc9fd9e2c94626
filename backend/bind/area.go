package bind

import (
	"context"
	"log/slog"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Area is what every bound struct shares. It is embedded unexported, so that
// nothing of it is bound.
type Area struct {
	// Lifetime waits until the program is ready and gives the context that
	// ends with it, or the reason why it could not start. Wails calls carry
	// no context of their own.
	Lifetime func() (context.Context, error)
	Log      *slog.Logger
	// Revision gives the revision of the newest event. An answer that is also
	// told by events carries what this gave before the answer was gathered.
	Revision func() int64
}

// account checks the form of an account id that came from the page.
func account(id string) (domain.AccountID, error) {
	if id == "" || len(id) > 64 {
		return "", &domain.Error{Code: domain.CodeInvalidInput, Message: "No account was named. Nothing was changed."}
	}
	return domain.AccountID(id), nil
}

// organization checks the form of an organization id that came from the page.
func organization(id string) (domain.OrgID, error) {
	org := domain.OrgID(id)
	if !org.Valid() {
		return "", &domain.Error{Code: domain.CodeInvalidInput, Message: "This is not an organization's id. Nothing was changed."}
	}
	return org, nil
}

// target checks an account's and an organization's id together.
func target(accountID, orgID string) (domain.AccountID, domain.OrgID, error) {
	acc, err := account(accountID)
	if err != nil {
		return "", "", err
	}
	org, err := organization(orgID)
	return acc, org, err
}

// ask reads or does something for an account whose id came from the page, and
// converts what comes of it for the page.
func ask[F, T any](
	area Area, accountID string, act func(context.Context, domain.AccountID) (F, error), convert func(domain.AccountID, F) T,
) (T, error) {
	var none T
	acc, err := account(accountID)
	if err != nil {
		return none, err
	}
	ctx, err := area.Lifetime()
	if err != nil {
		return none, err
	}
	found, err := act(ctx, acc)
	if err != nil {
		return none, err
	}
	return convert(acc, found), nil
}

// tell does something for an account that gives nothing back.
func tell(area Area, accountID string, act func(context.Context, domain.AccountID) error) error {
	acc, err := account(accountID)
	if err != nil {
		return err
	}
	ctx, err := area.Lifetime()
	if err != nil {
		return err
	}
	return act(ctx, acc)
}
