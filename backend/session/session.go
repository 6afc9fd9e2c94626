package session

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/syncer"
)

// Options are what a Session needs.
type Options struct {
	Store     Store
	Keys      Keys
	Dial      Dial
	Watcher   Watcher
	Thumbnail func(data []byte) (domain.Thumbnail, error)
	// Beside is read in every run of an account, beside the figures; nil for nothing.
	Beside func(ctx context.Context, account domain.AccountID) error
	Now    func() time.Time
	Log    *slog.Logger
	// Demo says that the accounts live in the embedded simulator, so that the
	// first one can be shown without asking for its key.
	Demo bool
	// Preferred is the account to show first, if it exists; without it none is
	// shown until Connect finds one that has a key.
	Preferred domain.AccountID
}

// Session is the accounts of one data folder. Open makes one.
type Session struct {
	opts     Options
	lifetime context.Context
	end      context.CancelFunc
	engines  sync.WaitGroup
	// admitting lets one sign-in finish at a time.
	admitting sync.Mutex

	mu              sync.Mutex
	members         []*member
	current         domain.AccountID
	keychainProblem *domain.Error
}

// member is one account with what lives only as long as the program.
type member struct {
	account     domain.Account
	key         domain.KeyState
	sessionOnly bool
	// print is what the key is recognised by; the key itself is the remote's alone.
	print   fingerprint
	remote  Remote
	engine  *syncer.Engine
	stop    context.CancelFunc
	stopped chan struct{}
	last    domain.SyncRun
}

// Open reads the accounts. Nothing is fetched and the keychain is not asked
// yet, so that the cache can be painted at once: Connect does that.
func Open(ctx context.Context, opts Options) (*Session, error) {
	if err := opts.Store.InterruptRuns(ctx); err != nil {
		return nil, fmt.Errorf("close the runs of a crash: %w", err)
	}
	accounts, err := opts.Store.Accounts(ctx)
	if err != nil {
		return nil, fmt.Errorf("read the accounts: %w", err)
	}
	lifetime, end := context.WithCancel(context.WithoutCancel(ctx))
	s := &Session{opts: opts, lifetime: lifetime, end: end}
	for _, account := range accounts {
		last, _, err := opts.Store.LastRun(ctx, account.ID)
		if err != nil {
			end()
			return nil, fmt.Errorf("read the last run: %w", err)
		}
		s.members = append(s.members, &member{account: account, key: domain.KeyChecking, last: last})
	}
	switch {
	case s.find(opts.Preferred) != nil:
		s.current = opts.Preferred
	case opts.Demo && len(s.members) > 0:
		s.current = s.members[0].account.ID // its simulator has the key
	}
	return s, nil
}

func (s *Session) find(id domain.AccountID) *member {
	i := slices.IndexFunc(s.members, func(m *member) bool { return m.account.ID == id })
	if i < 0 {
		return nil
	}
	return s.members[i]
}

// Connect asks the keychain for every account's key and begins to synchronise
// the accounts that have one. Where none is shown, it shows the first that has a
// key: without one a person is signed out, and asked to sign in. It may wait for
// the keychain.
func (s *Session) Connect(ctx context.Context) {
	problem := asKeychainProblem(s.opts.Keys.Probe(ctx))
	s.mu.Lock()
	s.keychainProblem = problem
	members := slices.Clone(s.members)
	s.mu.Unlock()
	for _, m := range members {
		s.connect(ctx, m, problem)
	}
	s.mu.Lock()
	if s.current == "" {
		s.current = s.nextWithKey()
	}
	s.mu.Unlock()
	s.opts.Watcher.SessionChanged()
}

func (s *Session) connect(ctx context.Context, m *member, problem *domain.Error) {
	var key string
	err := error(nil)
	if problem == nil {
		key, err = s.opts.Keys.Get(ctx, m.account.ID)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if m.key != domain.KeyChecking {
		return
	}
	m.key = domain.KeyMissing
	if err != nil && domain.CodeOf(err) != domain.CodeSignedOut {
		s.opts.Log.Warn("a key could not be read", "account", m.account.ID, "error", err)
		s.keychainProblem = asKeychainProblem(err)
	}
	if key == "" {
		return
	}
	remote, err := s.opts.Dial(m.account.Region, key)
	if err != nil {
		s.opts.Log.Error("an account could not be connected", "account", m.account.ID, "error", err)
		return
	}
	m.print = fingerprintOf(key)
	s.run(m, remote, false) //nolint:contextcheck // A synchronisation lives as long as the session, not as the call.
}

// run begins to synchronise an account; the lock is held.
func (s *Session) run(m *member, remote Remote, identified bool) {
	ctx, stop := context.WithCancel(s.lifetime)
	m.key, m.remote, m.stop, m.stopped = domain.KeyReady, remote, stop, make(chan struct{})
	m.engine = syncer.New(syncer.Options{
		Account: m.account, Remote: remote, Store: s.opts.Store, Watcher: observer{s, remote},
		Identified: identified, Thumbnail: s.opts.Thumbnail, Beside: s.beside(m.account.ID), Now: s.opts.Now, Log: s.opts.Log,
	}, m.last)
	engine, stopped := m.engine, m.stopped
	s.engines.Go(func() {
		defer close(stopped)
		engine.Run(ctx)
	})
}

// Close ends every synchronisation and waits for them.
func (s *Session) Close() {
	s.end()
	s.engines.Wait()
}

// State gives the accounts and which of them is shown.
func (s *Session) State() domain.SessionState {
	s.mu.Lock()
	defer s.mu.Unlock()
	state := domain.SessionState{Current: s.current, KeychainProblem: s.keychainProblem}
	for _, m := range s.members {
		state.Accounts = append(state.Accounts, domain.AccountState{
			Account: m.account, Key: m.key, KeyInSessionOnly: m.sessionOnly,
		})
	}
	return state
}

// Has reports whether the session has an account of this id.
func (s *Session) Has(id domain.AccountID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.find(id) != nil
}

// Account gives one account; not_found where there is none of that id.
func (s *Session) Account(id domain.AccountID) (domain.Account, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	if m == nil {
		return domain.Account{}, noAccount()
	}
	return m.account, nil
}

// Select shows an account.
func (s *Session) Select(id domain.AccountID) error {
	s.mu.Lock()
	if s.find(id) == nil {
		s.mu.Unlock()
		return noAccount()
	}
	s.current = id
	s.mu.Unlock()
	s.opts.Watcher.SessionChanged()
	return nil
}

func noAccount() error {
	return &domain.Error{Code: domain.CodeNotFound, Message: "This account is not known here. Nothing was changed."}
}

func asKeychainProblem(err error) *domain.Error {
	if err == nil {
		return nil
	}
	return &domain.Error{
		Code:    domain.CodeKeychain,
		Message: "This computer has no keychain that Orgdeck can use, so the API key is kept only until Orgdeck is closed.",
		Hint:    "On Linux, install and unlock a Secret Service such as GNOME Keyring or KWallet.",
		Cause:   err,
	}
}
