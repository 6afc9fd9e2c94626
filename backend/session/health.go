package session

import (
	"context"
	"errors"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Words on who can grant what a key lacks.
const (
	askForRole    = "An Administrator With Billing of your provider can change your role."
	askForBilling = "An Administrator With Billing of your provider can give you a role with billing."
	askSupport    = "JumpCloud Support can change that."
)

// KeyHealth asks JumpCloud, without changing anything there, whose key an
// account has, until when, and what it may do. A key that is refused is marked
// so and is no error, and one that was refused and is not any more is ready
// again; signed_out where no key is at hand.
func (s *Session) KeyHealth(ctx context.Context, id domain.AccountID) (domain.KeyHealth, error) {
	remote, err := s.Remote(id)
	if err != nil {
		return domain.KeyHealth{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	identity, err := remote.Identify(ctx)
	if domain.CodeOf(err) == domain.CodeUnauthorized {
		s.KeyRefused(id, remote)
		return s.health(id, nil)
	}
	if err != nil {
		return domain.KeyHealth{}, fmt.Errorf("check the key: %w", err)
	}
	account, err := s.learn(ctx, id, remote, identity)
	if err != nil {
		return domain.KeyHealth{}, err
	}
	if identity.ProviderID == account.ProviderID && s.keyAccepted(id, remote) {
		s.wake(id)
	}
	return s.health(id, probeRights(ctx, remote, account))
}

// wake begins the synchronisation that waited for a good key.
func (s *Session) wake(id domain.AccountID) {
	engine, err := s.engine(id)
	if err == nil {
		err = engine.Start()
	}
	if err != nil {
		s.opts.Log.Info("no synchronization was begun with the key that is good again", "account", id, "error", err)
	}
}

// health puts together what is known of an account's key now.
func (s *Session) health(id domain.AccountID, rights []domain.KeyRight) (domain.KeyHealth, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	if m == nil {
		return domain.KeyHealth{}, noAccount()
	}
	return domain.KeyHealth{Account: m.account, Key: m.key, CheckedAt: s.opts.Now(), Rights: rights}, nil
}

// learn keeps what the server just told of a key and its administrator. A key
// of another provider teaches nothing of this account, and neither does one that
// was replaced meanwhile.
func (s *Session) learn(ctx context.Context, id domain.AccountID, remote Remote, told domain.Identity) (domain.Account, error) {
	s.admitting.Lock()
	defer s.admitting.Unlock()
	account, err := s.Account(id)
	if err != nil || (told.ProviderID != "" && told.ProviderID != account.ProviderID) || !s.uses(id, remote) {
		return account, err
	}
	known := account
	account.Email, account.RoleName = told.Email, told.RoleName
	account.KeyPrefix, account.KeyCreatedAt, account.KeyExpiresAt = told.KeyPrefix, told.KeyCreatedAt, told.KeyExpiresAt
	if account == known {
		return account, nil
	}
	if err := s.opts.Store.SaveAccount(ctx, account); err != nil {
		return domain.Account{}, fmt.Errorf("keep what was told of the key: %w", err)
	}
	s.mu.Lock()
	if m := s.find(id); m != nil {
		account.Label, account.LastSyncAt = m.account.Label, m.account.LastSyncAt
		m.account = account
	}
	s.mu.Unlock()
	s.opts.Watcher.SessionChanged()
	return account, nil
}

// uses reports whether an account's key is still that of remote.
func (s *Session) uses(id domain.AccountID, remote Remote) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	return m != nil && m.remote == remote
}

// probeRights asks for a little of everything, one call after the other. Only
// reading is tried; whether organizations can be added follows from the role and
// the provider's flag, because trying it would add one.
func probeRights(ctx context.Context, remote Remote, account domain.Account) []domain.KeyRight {
	provider, providerErr := remote.Provider(ctx, account.ProviderID)
	rights := []domain.KeyRight{right(domain.RightReadProvider, providerErr, askForRole)}
	rights = append(rights, right(domain.RightListOrganizations, firstPage(ctx, remote, account.ProviderID), askForRole))
	if providerErr == nil {
		account.DisallowOrgCreation = provider.DisallowOrgCreation
	}
	rights = append(rights, rightToAdd(account, providerErr))
	_, err := remote.Administrators(ctx, account.ProviderID)
	rights = append(rights, right(domain.RightReadAdministrators, err, askForRole))
	_, err = remote.Invoices(ctx, account.ProviderID)
	return append(rights, right(domain.RightReadInvoices, err, askForBilling))
}

// firstPage lists no more than one page of organizations.
func firstPage(ctx context.Context, remote Remote, providerID string) error {
	for _, err := range remote.ProviderOrganizations(ctx, providerID) {
		return err //nolint:wrapcheck // It is judged by its code, and shown as it is.
	}
	return nil
}

// right judges the answer to a question.
func right(name domain.KeyRightName, err error, who string) domain.KeyRight {
	switch domain.CodeOf(err) {
	case "":
		return domain.KeyRight{Name: name, State: domain.RightGranted}
	case domain.CodeForbidden:
		return domain.KeyRight{
			Name: name, State: domain.RightDenied, Message: "The role of this key's administrator does not allow it.", Hint: who,
		}
	}
	return domain.KeyRight{
		Name: name, State: domain.RightUnknown, Message: "It could not be found out: " + wordsOf(err), Hint: "Check again later.",
	}
}

func rightToAdd(account domain.Account, providerErr error) domain.KeyRight {
	r := domain.KeyRight{Name: domain.RightAddOrganizations, State: domain.RightGranted}
	reason := account.CannotAddOrganizations()
	switch {
	case account.DisallowOrgCreation:
		r.State, r.Message, r.Hint = domain.RightDenied, "JumpCloud does not let this provider create organizations.", askSupport
	case reason != "":
		r.State, r.Message, r.Hint = domain.RightDenied, reason, askForBilling
	case providerErr != nil || account.RoleName == "":
		r.State, r.Message = domain.RightUnknown, "JumpCloud does not tell the role, or whether the provider may create organizations."
	}
	return r
}

// wordsOf gives the sentence of an error that a person is shown.
func wordsOf(err error) string {
	if problem, ok := errors.AsType[*domain.Error](err); ok {
		return problem.Message
	}
	return "something went wrong in Orgdeck."
}
