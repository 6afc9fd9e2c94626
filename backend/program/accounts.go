package program

import (
	"context"
	"errors"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/settings"
)

// accounts answers the bound Session: the care for accounts that are known.
type accounts struct{ *Program }

// Rename gives an account another label.
func (a accounts) Rename(ctx context.Context, account domain.AccountID, label string) error {
	w, err := a.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.session.Rename(ctx, account, label)
}

// ReplaceKey takes a new key for an account.
func (a accounts) ReplaceKey(ctx context.Context, account domain.AccountID, apiKey string) error {
	w, err := a.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.session.ReplaceKey(ctx, account, apiKey)
}

// KeyHealth asks what an account's key may do.
func (a accounts) KeyHealth(ctx context.Context, account domain.AccountID) (domain.KeyHealth, error) {
	w, err := a.workspaceOf(account)
	if err != nil {
		return domain.KeyHealth{}, err
	}
	return w.session.KeyHealth(ctx, account)
}

// SignOut forgets an account's key. Signing out of the demo ends the demo.
func (s sessions) SignOut(ctx context.Context, account domain.AccountID, erase bool) error {
	w, err := s.workspaceOf(account)
	if err != nil {
		return err
	}
	defer w.logos.Forget(account)
	defer s.taking.Forget(account)
	if w.simulator == nil {
		err := w.session.SignOut(ctx, account, erase)
		// The account's id tells its provider: it must not stay behind in the preferences.
		return errors.Join(err, s.leave(account, w.session.State().Current, erase))
	}
	s.exploring.Lock()
	defer s.exploring.Unlock()
	err = w.session.SignOut(ctx, account, true)
	s.mu.Lock()
	s.demo, s.showDemo = nil, false
	s.mu.Unlock()
	err = errors.Join(err, w.close())
	s.sessionChanged()
	return err
}

// leave takes an account that was signed out of from the preferences; next is
// the account shown instead, if there is one.
func (p *Program) leave(account, next domain.AccountID, erase bool) error {
	_, err := p.prefs.Update(func(s *settings.Settings) {
		if s.LastAccount == account {
			s.LastAccount = next
		}
	})
	if erase {
		err = errors.Join(err, p.prefs.RemoveSetAside())
	}
	return err
}

// workspaceHaving gives the workspace of an account whose cache has an
// organization; not_found where it has none, so that a click meant for one
// account's organization never reaches JumpCloud with the key of another.
func (p *Program) workspaceHaving(ctx context.Context, account domain.AccountID, org domain.OrgID) (*workspace, error) {
	w, err := p.workspaceOf(account)
	if err != nil {
		return nil, err
	}
	if _, err := w.db.Organization(ctx, account, org); err != nil {
		return nil, err
	}
	return w, nil
}
