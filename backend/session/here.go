package session

import (
	"crypto/sha256"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// fingerprint tells keys apart without holding one.
type fingerprint [sha256.Size]byte

func fingerprintOf(key string) fingerprint { return sha256.Sum256([]byte(key)) }

// here is the refusal to sign in where the provider is an account already that
// uses another key, and can: an account has one key, so that signing in would
// take the place of somebody else's key and role without a word. Without a good
// key, signing in is how the account gets one.
func (s *Session) here(a admission) error {
	if a.kind != domain.ActivitySignIn {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(a.account.ID)
	if m == nil || m.key != domain.KeyReady || m.print == fingerprintOf(a.key) {
		return nil
	}
	return &domain.Error{
		Code: domain.CodeAlreadyHere,
		Message: "The provider of this key is here already, as " + m.account.Label + " with the key of " + m.account.Email +
			". An account has one key. Nothing was kept.",
		Hint: "To use this key instead, choose that account and enter it there: API key and rights…, then Enter a new key….",
	}
}
