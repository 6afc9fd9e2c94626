package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	probeTimeout = 45 * time.Second
	// maxKeyLength is only a bound on what is sent: neither prefix nor length
	// of a key are published facts.
	maxKeyLength = 1024
)

// SignIn asks JumpCloud who a key belongs to, keeps the key and the account,
// shows the account and begins to synchronise it. Where the key is refused,
// nothing is kept and nothing changes; neither where its provider is an account
// already with another good key, which is already_here: ReplaceKey is for that.
func (s *Session) SignIn(ctx context.Context, regionCode, apiKey string) (domain.AccountID, error) {
	region, ok := domain.LookupRegion(regionCode)
	if !ok {
		return "", &domain.Error{Code: domain.CodeInvalidInput, Message: "Choose one of the regions. Nothing was sent."}
	}
	key, err := checkKey(apiKey)
	if err != nil {
		return "", err
	}
	remote, err := s.opts.Dial(region.Region, key)
	if err != nil {
		return "", fmt.Errorf("sign in: %w", err)
	}
	account, err := s.probe(ctx, region, remote)
	if err != nil {
		return "", err
	}
	return account.ID, s.admit(ctx, admission{account: account, key: key, remote: remote, kind: domain.ActivitySignIn})
}

// checkKey trims what was pasted and refuses what cannot be sent as a header.
func checkKey(text string) (string, error) {
	key := strings.TrimSpace(text)
	invalid := func(message string) error {
		return &domain.Error{Code: domain.CodeInvalidInput, Message: message}
	}
	switch {
	case key == "":
		return "", invalid("Enter an API key. Nothing was sent.")
	case len(key) > maxKeyLength:
		return "", invalid("This is too long to be an API key. Nothing was sent.")
	case strings.ContainsFunc(key, func(c rune) bool { return c > unicode.MaxASCII || !unicode.IsGraphic(c) || c == ' ' }):
		return "", invalid("An API key has no spaces, line breaks or special characters inside. Nothing was sent.")
	}
	return key, nil
}

// probe finds out whose key it is. Its refusals are explained, because the
// server says no more than "unauthorized".
func (s *Session) probe(ctx context.Context, region domain.RegionInfo, remote Remote) (domain.Account, error) {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	identity, err := remote.Identify(ctx)
	switch {
	case domain.CodeOf(err) == domain.CodeUnauthorized:
		return domain.Account{}, &domain.Error{
			Code:    domain.CodeUnauthorized,
			Message: "JumpCloud " + region.Name + " refused this API key. Nothing was kept.",
			Hint: "Either the key belongs to another region, or it has expired or was replaced by a newer one, " +
				"or API access is off for your administrator: an Administrator With Billing can turn it on.",
			Cause: err,
		}
	case domain.CodeOf(err) == domain.CodeForbidden:
		return domain.Account{}, &domain.Error{
			Code:    domain.CodeForbidden,
			Message: "JumpCloud " + region.Name + " knows this API key, but it may not be used for this. Nothing was kept.",
			Hint: "The role of its administrator may have no multi-tenant rights, or API access may be off: " +
				"an Administrator With Billing can change both.",
			Cause: err,
		}
	case err != nil:
		return domain.Account{}, fmt.Errorf("sign in: %w", err)
	case identity.ProviderID == "":
		return domain.Account{}, withoutProvider(identity)
	}
	return domain.Account{
		ID:     domain.NewAccountID(region.Region, identity.ProviderID, s.opts.Demo),
		Region: region.Region, ProviderID: identity.ProviderID, Label: domain.LabelFromEmail(identity.Email),
		Demo: s.opts.Demo, Email: identity.Email, RoleName: identity.RoleName,
		KeyPrefix: identity.KeyPrefix, KeyCreatedAt: identity.KeyCreatedAt, KeyExpiresAt: identity.KeyExpiresAt,
	}, nil
}

// withoutProvider is the refusal of a key of which no provider is known. Asking
// the person for the provider's id would help nobody: who has organizations has
// it told with the first of them, and who has none has nothing to show.
func withoutProvider(identity domain.Identity) error {
	refusal := &domain.Error{
		Code: domain.CodeNoProvider,
		Message: "This key works, but JumpCloud does not tell which provider " + identity.Email +
			" belongs to, so that nothing can be shown. Nothing was kept.",
		Hint: "Either this administrator sees no organization yet, or has no multi-tenant rights. " +
			"An Administrator With Billing can give access to an organization; then sign in again.",
	}
	if identity.SingleOrganization {
		refusal.Message = "This key works, but its administrator has no multi-tenant rights: it is of a single organization. Nothing was kept."
		refusal.Hint = "Use the key of an administrator of the Multi-Tenant Portal."
	}
	return refusal
}

// admission is an account whose key was found to be good.
type admission struct {
	account domain.Account
	key     string
	remote  Remote
	// kind is what the history calls it: a sign-in shows the account, a replaced
	// key leaves what is shown as it is.
	kind domain.ActivityKind
}

// admit keeps the account and its key, and begins to synchronise it. A key is
// only replaced where the account is still known.
func (s *Session) admit(ctx context.Context, a admission) error {
	s.admitting.Lock()
	defer s.admitting.Unlock()
	known, err := s.Account(a.account.ID)
	if err != nil && a.kind == domain.ActivityKeyReplaced {
		return err
	}
	if refusal := s.here(a); refusal != nil {
		return refusal
	}
	halted := s.halt(a.account.ID)
	if err == nil {
		a.account.Label, a.account.LastSyncAt = known.Label, known.LastSyncAt
		a.account.DisallowOrgCreation = known.DisallowOrgCreation
	}
	if err := s.opts.Store.SaveAccount(ctx, a.account); err != nil {
		s.resume(halted) //nolint:contextcheck // A synchronisation lives as long as the session, not as the call.
		return fmt.Errorf("keep the account: %w", err)
	}
	keepErr := s.opts.Keys.Set(ctx, a.account.ID, a.key)
	if keepErr != nil {
		s.opts.Log.Warn("the key is kept for this session only", "account", a.account.ID, "error", keepErr)
	}
	s.enter(a, keepErr) //nolint:contextcheck // A synchronisation lives as long as the session, not as the call.
	if err := s.log(ctx, a.account, a.kind); err != nil {
		// The key is at work all the same: to say that it failed would be untrue.
		s.opts.Log.Error("the history lacks a line", "account", a.account.ID, "kind", a.kind, "error", err)
	}
	s.opts.Watcher.SessionChanged()
	return nil
}

// enter takes an account with a key into the session.
func (s *Session) enter(a admission, keepErr error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(a.account.ID)
	if m == nil {
		m = &member{}
		s.members = append(s.members, m)
	} else {
		a.account.Label = m.account.Label
	}
	if keepErr != nil {
		s.keychainProblem = asKeychainProblem(keepErr)
	}
	m.account, m.sessionOnly, m.print = a.account, keepErr != nil, fingerprintOf(a.key)
	s.run(m, a.remote, true)
	if a.kind == domain.ActivitySignIn {
		s.current = a.account.ID
	}
}

// halted is an account's synchronisation that was stopped.
type halted struct {
	member *member
	remote Remote
	key    domain.KeyState
}

// halt stops an account's synchronisation and waits until it has ended; nil
// where there was none.
func (s *Session) halt(id domain.AccountID) *halted {
	s.mu.Lock()
	m := s.find(id)
	if m == nil || m.engine == nil {
		s.mu.Unlock()
		return nil
	}
	m.stop()
	engine, stopped := m.engine, m.stopped
	before := &halted{member: m, remote: m.remote, key: m.key}
	m.engine, m.remote = nil, nil
	s.mu.Unlock()
	<-stopped
	s.mu.Lock()
	m.last = engine.Status().Run
	s.mu.Unlock()
	return before
}

// resume begins what was halted again as it was, with the key from before.
func (s *Session) resume(h *halted) {
	if h == nil {
		return
	}
	s.mu.Lock()
	s.run(h.member, h.remote, false)
	h.member.key = h.key
	s.mu.Unlock()
	s.opts.Watcher.SessionChanged()
}

// SignOut forgets an account's key on this computer and, with erase, all that
// is cached of it. The key itself stays valid at JumpCloud.
func (s *Session) SignOut(ctx context.Context, id domain.AccountID, erase bool) error {
	// Nothing that is being kept of the account may come after its end.
	s.admitting.Lock()
	defer s.admitting.Unlock()
	account, err := s.Account(id)
	if err != nil {
		return err
	}
	s.halt(id)
	// The key goes first: what fails later must not leave it behind.
	keyErr := s.opts.Keys.Delete(ctx, id)
	if keyErr != nil && s.usedKeychain(id) {
		return errors.Join(keyErr, s.forget(id, false))
	}
	if !erase {
		return errors.Join(s.log(ctx, account, domain.ActivitySignOut), s.forget(id, false))
	}
	if err := s.opts.Store.DeleteAccount(ctx, id); err != nil {
		return errors.Join(fmt.Errorf("erase the account: %w", err), s.forget(id, false))
	}
	return s.forget(id, true)
}

// usedKeychain reports whether the account's key was ever in the keychain.
func (s *Session) usedKeychain(id domain.AccountID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	return m != nil && !m.sessionOnly && s.keychainProblem == nil
}

// forget takes the key, and with drop the account, out of the session.
func (s *Session) forget(id domain.AccountID, drop bool) error {
	s.mu.Lock()
	kept := s.members[:0:0]
	for _, m := range s.members {
		if m.account.ID == id {
			m.key, m.sessionOnly = domain.KeyMissing, false
			if drop {
				continue
			}
		}
		kept = append(kept, m)
	}
	s.members = kept
	if s.current == id {
		s.current = s.nextWithKey()
	}
	s.mu.Unlock()
	s.opts.Watcher.SessionChanged()
	return nil
}

// nextWithKey gives an account that can still be synchronised, or none.
func (s *Session) nextWithKey() domain.AccountID {
	for _, m := range s.members {
		if m.key == domain.KeyReady {
			return m.account.ID
		}
	}
	return ""
}

// log keeps a line of the account's own history.
func (s *Session) log(ctx context.Context, account domain.Account, kind domain.ActivityKind) error {
	err := s.opts.Store.AppendActivity(ctx, domain.Activity{
		Account: account.ID, At: s.opts.Now(), Kind: kind, Source: domain.SourceOrgdeck, Actor: account.Email, Result: "ok",
	})
	if err != nil {
		return fmt.Errorf("keep the history: %w", err)
	}
	return nil
}
