package program

import (
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/session"
)

// HeldKeys gives the demo's keychain in memory to the tests.
func HeldKeys() session.Keys { return &heldKeys{keys: map[domain.AccountID]string{}} }
