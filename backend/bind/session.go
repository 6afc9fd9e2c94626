package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// SessionService knows the accounts and their keys.
type SessionService interface {
	State(ctx context.Context) (domain.SessionState, error)
	SignIn(ctx context.Context, region, apiKey string) (domain.AccountID, error)
	ExploreDemo(ctx context.Context) (domain.AccountID, error)
	Select(ctx context.Context, account domain.AccountID) error
	SignOut(ctx context.Context, account domain.AccountID, erase bool) error
}

// AccountService cares for the accounts that are known already.
type AccountService interface {
	Rename(ctx context.Context, account domain.AccountID, label string) error
	// ReplaceKey refuses the key of another provider.
	ReplaceKey(ctx context.Context, account domain.AccountID, apiKey string) error
	KeyHealth(ctx context.Context, account domain.AccountID) (domain.KeyHealth, error)
}

// Session is the bound area of accounts, signing in and out.
type Session struct {
	area     Area
	service  SessionService
	accounts AccountService
	about    About
}

// About says which program this is.
type About struct{ Version, Platform string }

// NewSession makes the area.
func NewSession(area Area, service SessionService, accounts AccountService, about About) *Session {
	return &Session{area: area, service: service, accounts: accounts, about: about}
}

// State gives everything the window needs before it shows a page.
func (s *Session) State() (state SessionState, err error) {
	defer guard(s.area.Log, "Session.State", &err)
	ctx, err := s.area.Lifetime()
	if err != nil {
		return SessionState{}, err
	}
	revision := s.area.Revision()
	current, err := s.service.State(ctx)
	if err != nil {
		return SessionState{}, err
	}
	return NewSessionState(current, s.about, revision), nil
}

// SignIn checks an API key against a region ("us", "eu", "in"), keeps it in the
// system keychain, makes its account the current one, and gives its id.
func (s *Session) SignIn(region, apiKey string) (accountID string, err error) {
	defer guard(s.area.Log, "Session.SignIn", &err)
	ctx, err := s.area.Lifetime()
	if err != nil {
		return "", err
	}
	id, err := s.service.SignIn(ctx, region, apiKey)
	return string(id), err
}

// ExploreDemo makes the demo's account the current one and gives its id.
func (s *Session) ExploreDemo() (accountID string, err error) {
	defer guard(s.area.Log, "Session.ExploreDemo", &err)
	ctx, err := s.area.Lifetime()
	if err != nil {
		return "", err
	}
	id, err := s.service.ExploreDemo(ctx)
	return string(id), err
}

// SelectAccount makes an account the current one.
func (s *Session) SelectAccount(accountID string) (err error) {
	defer guard(s.area.Log, "Session.SelectAccount", &err)
	id, err := account(accountID)
	if err != nil {
		return err
	}
	ctx, err := s.area.Lifetime()
	if err != nil {
		return err
	}
	return s.service.Select(ctx, id)
}

// SignOut forgets an account's key on this computer and, with erase, all that
// is cached of it. It neither revokes the key nor ends a browser's session.
func (s *Session) SignOut(accountID string, erase bool) (err error) {
	defer guard(s.area.Log, "Session.SignOut", &err)
	id, err := account(accountID)
	if err != nil {
		return err
	}
	ctx, err := s.area.Lifetime()
	if err != nil {
		return err
	}
	return s.service.SignOut(ctx, id, erase)
}
