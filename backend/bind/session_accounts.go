package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// RenameAccount gives an account another label, of 1 to 60 characters. It is
// kept on this computer and not told to JumpCloud.
func (s *Session) RenameAccount(accountID, label string) (err error) {
	defer guard(s.area.Log, "Session.RenameAccount", &err)
	ctx, id, err := s.area.enter(accountID)
	if err != nil {
		return err
	}
	return s.accounts.Rename(ctx, id, label)
}

// ReplaceKey takes a new API key for exactly this account. The key of another
// provider is refused, and nothing is kept of it. What is cached stays.
func (s *Session) ReplaceKey(accountID, apiKey string) (err error) {
	defer guard(s.area.Log, "Session.ReplaceKey", &err)
	ctx, id, err := s.area.enter(accountID)
	if err != nil {
		return err
	}
	return s.accounts.ReplaceKey(ctx, id, apiKey)
}

// KeyHealth asks JumpCloud, without changing anything there, until when an
// account's key is good and what it may do.
func (s *Session) KeyHealth(accountID string) (health KeyHealth, err error) {
	defer guard(s.area.Log, "Session.KeyHealth", &err)
	ctx, id, err := s.area.enter(accountID)
	if err != nil {
		return KeyHealth{}, err
	}
	found, err := s.accounts.KeyHealth(ctx, id)
	if err != nil {
		return KeyHealth{}, err
	}
	return NewKeyHealth(id, found), nil
}

// enter checks an account's id and waits until the program is ready.
func (a Area) enter(accountID string) (context.Context, domain.AccountID, error) {
	id, err := account(accountID)
	if err != nil {
		return nil, "", err
	}
	ctx, err := a.Lifetime()
	return ctx, id, err
}

// NewKeyHealth converts what is known of an account's key.
func NewKeyHealth(id domain.AccountID, h domain.KeyHealth) KeyHealth {
	region, _ := domain.LookupRegion(string(h.Account.Region))
	health := KeyHealth{
		AccountID: string(id), KeyState: string(h.Key), KeyPrefix: h.Account.KeyPrefix,
		KeyCreatedAt: seconds(h.Account.KeyCreatedAt), KeyExpiresAt: seconds(h.Account.KeyExpiresAt),
		Email: h.Account.Email, RoleName: h.Account.RoleName, Region: string(h.Account.Region), RegionName: region.Name,
		CheckedAt: seconds(h.CheckedAt), Rights: make([]KeyRight, 0, len(h.Rights)),
	}
	for _, r := range h.Rights {
		health.Rights = append(health.Rights, KeyRight{Name: string(r.Name), State: string(r.State), Message: r.Message, Hint: r.Hint})
	}
	return health
}
