//go:build !linux

package keychain

// hint says what to do where the keychain fails.
const hint = "Check that the system's keychain is unlocked and that Orgdeck may use it, then restart Orgdeck."
