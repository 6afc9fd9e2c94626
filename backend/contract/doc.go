// Package contract is test support: Orgdeck's own description of the JumpCloud
// operations it uses (openapi.yaml), and a Checker that holds every exchange
// against it, on the client's side or on the server's. No shipped code imports it.
package contract
