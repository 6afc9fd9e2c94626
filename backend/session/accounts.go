package session

import (
	"context"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Rename gives an account another label, of 1 to 60 characters.
func (s *Session) Rename(ctx context.Context, id domain.AccountID, text string) error {
	label, err := domain.CheckLabel(text)
	if err != nil {
		return fmt.Errorf("rename an account: %w", err)
	}
	if _, err := s.Account(id); err != nil {
		return err
	}
	if err := s.opts.Store.RenameAccount(ctx, id, label); err != nil {
		return fmt.Errorf("rename an account: %w", err)
	}
	s.mu.Lock()
	if m := s.find(id); m != nil {
		m.account.Label = label
	}
	s.mu.Unlock()
	s.opts.Watcher.SessionChanged()
	return nil
}

// ReplaceKey takes a new key for an account that is known already, and leaves
// what is shown as it is. The key of another provider is refused with
// invalid_input, and nothing is kept of it: it would be another account.
func (s *Session) ReplaceKey(ctx context.Context, id domain.AccountID, apiKey string) error {
	account, err := s.Account(id)
	if err != nil {
		return err
	}
	region, ok := domain.LookupRegion(string(account.Region))
	if !ok {
		return &domain.Error{Code: domain.CodeInternal, Message: "The region of this account is not known. Nothing was sent."}
	}
	key, err := checkKey(apiKey)
	if err != nil {
		return err
	}
	remote, err := s.opts.Dial(region.Region, key)
	if err != nil {
		return fmt.Errorf("replace the key: %w", err)
	}
	found, err := s.probe(ctx, region, remote)
	if err != nil {
		return err
	}
	if found.ID != id {
		return &domain.Error{
			Code: domain.CodeInvalidInput,
			Message: "This key is of another provider: it belongs to " + found.Email + ", and not to " + account.Label +
				". Nothing was kept.",
			Hint: "Enter a key of " + account.Label + ", or add the other provider as an account of its own.",
		}
	}
	return s.admit(ctx, admission{account: found, key: key, remote: remote, kind: domain.ActivityKeyReplaced})
}
