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
