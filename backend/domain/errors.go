package domain

import (
	"errors"
	"time"
)

// Code is the stable name of a kind of failure. The front end keys its words
// and its actions by it; a test there proves that each has a row.
type Code string

// Every code a person can be shown.
const (
	CodeUnauthorized   Code = "unauthorized"    // the key is wrong, expired or replaced (401)
	CodeForbidden      Code = "forbidden"       // the key's role may not do this (403)
	CodeNotFound       Code = "not_found"       // the thing does not exist (404)
	CodeConflict       Code = "conflict"        // it exists already, or changed meanwhile (409)
	CodeRejected       Code = "rejected"        // the server refused the request (other 4xx)
	CodeRateLimited    Code = "rate_limited"    // too many requests (429)
	CodeOffline        Code = "offline"         // the server could not be reached
	CodeServer         Code = "server"          // the server failed (5xx)
	CodeProtocol       Code = "protocol"        // the answer was not what the API promises
	CodeCanceled       Code = "canceled"        // the person, or shutting down, stopped it
	CodeBusy           Code = "busy"            // the same operation is running already
	CodeInvalidInput   Code = "invalid_input"   // what was typed cannot be used
	CodeNoProvider     Code = "no_provider"     // the key has no multi-tenant rights
	CodeSignedOut      Code = "signed_out"      // no key is known for the account
	CodeAlreadyHere    Code = "already_here"    // the key's provider is an account already, with another key that is good
	CodeKeychain       Code = "keychain"        // the system keychain failed or is missing
	CodeCacheTooNew    Code = "cache_too_new"   // a newer program wrote the cache
	CodeCacheDamaged   Code = "cache_damaged"   // the cache file was unreadable and set aside
	CodeCacheFailed    Code = "cache_failed"    // the cache could not be read or written
	CodeAlreadyRunning Code = "already_running" // another Orgdeck uses the same data folder
	CodeLaunchFailed   Code = "launch_failed"   // the browser could not be opened
	CodeLinkRefused    Code = "link_refused"    // a link leads somewhere not allowed
	CodeLogo           Code = "logo_failed"     // a logo could not be read from where it is kept
	CodePartialListing Code = "partial_listing" // a listing was incomplete, so nothing was marked as gone
	CodeSettings       Code = "settings_failed" // the preferences could not be read or saved
	CodeFile           Code = "file_failed"     // a file could not be saved or opened
	CodeInternal       Code = "internal"        // a defect in Orgdeck
)

// Codes lists every code, for tables that must be complete.
func Codes() []Code {
	return []Code{
		CodeUnauthorized, CodeForbidden, CodeNotFound, CodeConflict, CodeRejected, CodeRateLimited,
		CodeOffline, CodeServer, CodeProtocol, CodeCanceled, CodeBusy, CodeInvalidInput, CodeNoProvider,
		CodeSignedOut, CodeAlreadyHere, CodeKeychain, CodeCacheTooNew, CodeCacheDamaged, CodeCacheFailed, CodeAlreadyRunning,
		CodeLaunchFailed, CodeLinkRefused, CodeLogo, CodePartialListing, CodeSettings, CodeFile, CodeInternal,
	}
}

// Error is a failure a person can be shown: what happened, whether anything
// changed, and what to do. Two errors are the same to errors.Is when their
// codes are.
type Error struct {
	Code Code
	// Message says what happened and whether anything was changed, in a sentence.
	Message string
	// Hint says what to do; may be empty.
	Hint string
	// Retryable says that trying the same again can help.
	Retryable bool
	// RetryAfter is the wait the server asked for; zero where it asked for none.
	RetryAfter time.Duration
	// Uncertain says that a change was sent and its answer lost: it may have
	// been made all the same, and only reading back can tell.
	Uncertain bool
	// Cause is the hidden reason, for logs; it holds no secret.
	Cause error
}

// Error gives the message, and the cause after it for logs.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Message
	}
	return e.Message + ": " + e.Cause.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Is reports whether target is an Error of the same code.
func (e *Error) Is(target error) bool {
	other, ok := target.(*Error)
	return ok && other.Code == e.Code
}

// CodeOf gives the code of the first Error in err's chain; CodeInternal for
// any other error, and the empty code for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return CodeInternal
}
