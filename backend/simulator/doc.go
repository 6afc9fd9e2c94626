// Package simulator is a stateful JumpCloud API for the demo and the tests.
//
// A Server is an http.Handler with the paths, pages, filters, roles and answers
// of the published API, filled with a realistic provider made from a seed. It
// keeps what it is told until it is closed or reset, can be slowed down, limited
// and broken on purpose, and has a control plane under /__sim for tests in
// another process. It shares no type with the client, so that a wrong field name
// cannot be right on both sides.
//
// What the vendor does not publish is decided here, and these choices are
// inferences: Remote Assist is settings.features.remoteAssist.enabled, absent
// where an organization does not have it (writes to it are then ignored); an
// application's kind is sso.type, one of "saml", "oidc" and "bookmark"; prices
// and estimates are whole US dollars; a logo is written as a base64 data URL.
package simulator
