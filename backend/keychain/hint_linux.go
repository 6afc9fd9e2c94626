package keychain

// hint says what to do where there is no keychain.
const hint = "Install and start a keychain with the Secret Service (GNOME Keyring, KWallet or KeePassXC), then restart Orgdeck."
