package program

import (
	"context"
	"slices"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// sessions answers the bound Session: the real accounts and the demo's.
type sessions struct{ *Program }

// State gives every account and which one is shown.
func (s sessions) State(context.Context) (domain.SessionState, error) { return s.state(), nil }

func (p *Program) state() domain.SessionState {
	p.mu.Lock()
	own, demo, showDemo := p.real, p.demo, p.showDemo
	notices := p.notices
	p.mu.Unlock()
	state := domain.SessionState{}
	if own != nil {
		state = own.session.State()
	}
	if demo != nil {
		played := demo.session.State()
		state.Accounts = append(state.Accounts, played.Accounts...)
		// While its account is being entered or left, what was shown before stays.
		if showDemo && played.Current != "" {
			state.Current = played.Current
		}
	}
	state.Notices = notices
	state.Simulated = p.opts.APIURL != "" || showDemo
	return state
}

// SignIn checks a key and shows its account.
func (s sessions) SignIn(ctx context.Context, region, apiKey string) (domain.AccountID, error) {
	if s.opts.Demo {
		return "", &domain.Error{
			Code: domain.CodeInvalidInput, Message: "This is the demo: no real key is used here. Nothing was sent.",
			Hint: "Start Orgdeck without --demo to sign in.",
		}
	}
	id, err := s.real.session.SignIn(ctx, region, apiKey)
	if err != nil {
		return "", err
	}
	s.show(false)
	s.remember(id)
	return id, nil
}

// ExploreDemo shows the demo's account.
func (s sessions) ExploreDemo(ctx context.Context) (domain.AccountID, error) {
	// One at a time: who asks twice gets the one demo.
	s.exploring.Lock()
	defer s.exploring.Unlock()
	s.mu.Lock()
	demo := s.demo
	s.mu.Unlock()
	if demo == nil {
		var err error
		if demo, err = s.openDemo(s.lifetime); err != nil {
			return "", err
		}
	}
	id, err := s.enterDemo(ctx, demo)
	if err != nil {
		return "", err
	}
	s.show(true)
	return id, nil
}

// Select shows an account.
func (s sessions) Select(_ context.Context, account domain.AccountID) error {
	w, err := s.workspaceOf(account)
	if err != nil {
		return err
	}
	if err := w.session.Select(account); err != nil {
		return err
	}
	s.show(w.simulator != nil)
	if w.simulator == nil && !w.signedOut(account) {
		s.remember(account)
	}
	return nil
}

// signedOut reports whether an account has no key here. Looking at what is
// cached of it does not make it the one that the next start shows: without a key
// a start leads to the sign-in page, which offers it.
func (w *workspace) signedOut(account domain.AccountID) bool {
	return slices.ContainsFunc(w.session.State().Accounts, func(a domain.AccountState) bool {
		return a.Account.ID == account && a.Key == domain.KeyMissing
	})
}

func (p *Program) show(demo bool) {
	p.mu.Lock()
	p.showDemo = demo
	p.mu.Unlock()
	p.sessionChanged()
}

// caches answers the bound Organizations from the cache of the account's workspace.
type caches struct{ *Program }

// Organizations gives every cached organization of an account.
func (c caches) Organizations(ctx context.Context, account domain.AccountID) ([]domain.Organization, error) {
	w, err := c.workspaceOf(account)
	if err != nil {
		return nil, err
	}
	return w.db.Organizations(ctx, account)
}

// Organization gives one cached organization.
func (c caches) Organization(ctx context.Context, account domain.AccountID, org domain.OrgID) (domain.Organization, error) {
	w, err := c.workspaceOf(account)
	if err != nil {
		return domain.Organization{}, err
	}
	return w.db.Organization(ctx, account, org)
}

// syncs answers the bound Sync.
type syncs struct{ *Program }

// Start begins a synchronisation.
func (s syncs) Start(ctx context.Context, account domain.AccountID) error {
	w, err := s.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.session.StartSync(ctx, account)
}

// Cancel stops a synchronisation.
func (s syncs) Cancel(_ context.Context, account domain.AccountID) error {
	w, err := s.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.session.CancelSync(account)
}

// Status gives how the newest synchronisation stands.
func (s syncs) Status(_ context.Context, account domain.AccountID) (domain.SyncStatus, error) {
	w, err := s.workspaceOf(account)
	if err != nil {
		return domain.SyncStatus{}, err
	}
	return w.session.SyncStatus(account)
}

// SetVisible says which organizations are on screen.
func (s syncs) SetVisible(_ context.Context, account domain.AccountID, visible []domain.OrgID) error {
	w, err := s.workspaceOf(account)
	if err != nil {
		return err
	}
	return w.session.SetVisible(account, visible)
}
