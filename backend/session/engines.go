package session

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/syncer"
)

// StartSync begins a synchronisation of an account in the background.
func (s *Session) StartSync(_ context.Context, id domain.AccountID) error {
	engine, err := s.engine(id)
	if err != nil {
		return err
	}
	return engine.Start()
}

// CancelSync stops an account's synchronisation; nothing where none runs.
func (s *Session) CancelSync(id domain.AccountID) error {
	engine, err := s.engine(id)
	if err != nil {
		return err
	}
	engine.Cancel()
	return nil
}

// SetVisible says which of an account's organizations are on screen.
func (s *Session) SetVisible(id domain.AccountID, visible []domain.OrgID) error {
	engine, err := s.engine(id)
	if domain.CodeOf(err) == domain.CodeSignedOut {
		return nil
	}
	if err != nil {
		return err
	}
	engine.SetVisible(visible)
	return nil
}

// SyncStatus gives how an account's newest synchronisation stands, also of an
// account without a key.
func (s *Session) SyncStatus(id domain.AccountID) (domain.SyncStatus, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	switch {
	case m == nil:
		return domain.SyncStatus{}, noAccount()
	case m.engine == nil:
		return domain.SyncStatus{Run: m.last, LastCompleteAt: m.account.LastSyncAt}, nil
	}
	return m.engine.Status(), nil
}

func (s *Session) engine(id domain.AccountID) (*syncer.Engine, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	if m == nil {
		return nil, noAccount()
	}
	if m.engine == nil {
		return nil, &domain.Error{
			Code: domain.CodeSignedOut, Message: "No API key of " + m.account.Label + " is known here. What is cached can be read.",
			Hint: "Enter the key to synchronize again.",
		}
	}
	return m.engine, nil
}

// beside is what the engine of an account reads beside; nil for nothing.
func (s *Session) beside(id domain.AccountID) func(context.Context) error {
	if s.opts.Beside == nil {
		return nil
	}
	return func(ctx context.Context) error { return s.opts.Beside(ctx, id) }
}

// observer takes in what the engine of one key tells.
type observer struct {
	*Session
	remote Remote
}

// KeyRefused takes note that the server answered 401 to the engine.
func (o observer) KeyRefused(account domain.AccountID) { o.Session.KeyRefused(account, o.remote) }

// StatusChanged passes a run's progress on. A run that came to the listing has
// asked whose key it is, and was answered.
func (o observer) StatusChanged(account domain.AccountID, status domain.SyncStatus) {
	if status.Run.Phase == domain.PhaseListing {
		o.keyAccepted(account, o.remote)
	}
	o.opts.Watcher.StatusChanged(account, status)
}

// RowsChanged passes changed organizations on.
func (o observer) RowsChanged(account domain.AccountID, orgs []domain.OrgID) {
	o.opts.Watcher.RowsChanged(account, orgs)
}

// NamesRead passes on that all names were read.
func (o observer) NamesRead(account domain.AccountID) { o.opts.Watcher.NamesRead(account) }

// AccountChanged keeps what a run learnt of the account.
func (o observer) AccountChanged(account domain.Account) {
	o.mu.Lock()
	if m := o.find(account.ID); m != nil {
		// The run has the label of its beginning; a person may have changed it.
		account.Label = m.account.Label
		m.account = account
	}
	o.mu.Unlock()
	o.opts.Watcher.SessionChanged()
}
