package jumpcloud

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// finish makes a failed call into an error a person can be shown: what
// happened, whether anything changed, the server's own words, what to do.
func (c *Client) finish(op call, f *failure) *domain.Error {
	uncertain := op.changes() && f.uncertain()
	message, hint := c.phrase(op, f)
	switch {
	case uncertain:
		message += " The change may have been made all the same."
	case f.code != domain.CodeCanceled || op.changes():
		message += " Nothing was changed."
	}
	if f.reason == reasonPortal && f.code != domain.CodeProtocol {
		hint += " The answer came as a web page, so that a proxy or this network may have given it."
	}
	if f.words != "" {
		message += " JumpCloud says: “" + strings.TrimRight(f.words, ". ") + "”."
	}
	cause := fmt.Errorf("%s %s: %w", op.method, c.endpoint.url(op.parts, nil).EscapedPath(), withoutQuery(f.cause))
	return &domain.Error{
		Code: f.code, Message: message, Hint: hint, Retryable: f.temporary, RetryAfter: f.retryAfter,
		Uncertain: uncertain, Cause: c.redact.err(cause),
	}
}

// phrase says what happened and what to do.
func (c *Client) phrase(op call, f *failure) (message, hint string) {
	failed := "Orgdeck could not " + op.what
	switch f.code {
	case domain.CodeUnauthorized:
		return failed + ": JumpCloud did not accept the API key.",
			"The key may be mistyped, expired, replaced by a newer one, or of another region. Enter the current key."
	case domain.CodeForbidden:
		return failed + ": the role of this key's administrator does not allow it.",
			"An Administrator With Billing can change the role, or use a key of an administrator who has the right."
	case domain.CodeNotFound:
		return failed + ": JumpCloud does not have it, or does not show it to this key.",
			"It may have been removed meanwhile, or the key may be of another region. Sync to see the present state."
	case domain.CodeConflict:
		return failed + ": it exists already, or somebody else changed it meanwhile.", "Sync, look at the present state, then decide."
	case domain.CodeRejected:
		return failed + ": JumpCloud refused the request (status " + strconv.Itoa(f.status) + ").", "Check what was entered."
	case domain.CodeRateLimited:
		return failed + ": JumpCloud asks for a pause, because it was asked too much in a short time.", tryAgain(f.retryAfter)
	case domain.CodeServer:
		return failed + ": JumpCloud has a problem of its own (status " + strconv.Itoa(f.status) + ").", tryAgain(f.retryAfter)
	case domain.CodeCanceled:
		return "Stopped before Orgdeck could " + op.what + ".", ""
	case domain.CodeLinkRefused:
		if f.reason == reasonTooLarge {
			return failed + ": its file is larger than the 2 MiB that Orgdeck reads of one.", "Set a smaller logo."
		}
		return failed + ": its address leads somewhere Orgdeck does not go.", "Logos are read from JumpCloud or by https from the public internet."
	case domain.CodeLogo:
		return logoPhrase(failed, f)
	case domain.CodeOffline:
		return c.offlinePhrase(failed, f)
	case domain.CodeProtocol:
		return protocolPhrase(failed, f)
	default:
		return failed + ": Orgdeck made a mistake of its own.", "Please report this with the log."
	}
}

func (c *Client) offlinePhrase(failed string, f *failure) (message, hint string) {
	host := c.endpoint.host
	switch f.reason {
	case reasonDNS:
		return failed + ": the name " + host + " could not be looked up.", "Check the network connection."
	case reasonRefused:
		return failed + ": " + host + " refused the connection.", "Check the network, the proxy and the firewall."
	case reasonReset:
		return failed + ": the connection to " + host + " was cut.", "Try again; if it happens again, check the network."
	case reasonTimeout:
		return failed + ": " + host + " did not answer in time.", "Check the network connection, then try again."
	case reasonCertificate:
		return failed + ": the connection to " + host + " is not trustworthy, because its certificate could not be verified.",
			"A proxy or this network may intercept it. Check the computer's clock, and ask whoever runs the network."
	default:
		return failed + ": " + host + " could not be reached.", "Check the network connection."
	}
}

func logoPhrase(failed string, f *failure) (message, hint string) {
	hint = "The next sync asks for it again. If it stays so, set the logo anew."
	switch {
	case f.status >= 300:
		return failed + ": " + f.host + " did not give it (status " + strconv.Itoa(f.status) + ").", hint
	case f.reason == reasonPortal:
		return failed + ": a web page came from " + f.host + " instead of a picture.", hint
	case f.reason == reasonTruncated:
		return failed + ": what " + f.host + " sent broke off in the middle.", hint
	case f.status != 0:
		return failed + ": what " + f.host + " sent is empty.", hint
	}
	return failed + ": " + f.host + ", which keeps it, could not be reached.", hint
}

func protocolPhrase(failed string, f *failure) (message, hint string) {
	switch f.reason {
	case reasonPortal:
		return failed + ": a web page came instead of JumpCloud's answer.",
			"This network may want you to sign in first: open any web page in the browser, sign in, then try again."
	case reasonRedirect:
		return failed + ": JumpCloud's answer leads to another address, which Orgdeck does not follow.", "Check the proxy, then try again."
	case reasonTruncated:
		return failed + ": the answer broke off in the middle.", "Try again; if it happens again, check the network and the proxy."
	case reasonTooLarge:
		return failed + ": the answer is far larger than it can rightly be.", "Try again later, and report it if it happens again."
	default:
		return failed + ": the answer is not what JumpCloud's API promises.", "Try again later, and report it with the log if it happens again."
	}
}

func tryAgain(wait time.Duration) string {
	if wait <= 0 {
		return "Try again in a minute."
	}
	seconds := int((wait + time.Second - 1) / time.Second)
	if seconds < 120 {
		return "Try again in " + strconv.Itoa(seconds) + " seconds."
	}
	return "Try again in " + strconv.Itoa((seconds+59)/60) + " minutes."
}

func invalidInput(message, hint string) *domain.Error {
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message, Hint: hint}
}

// malformed is the error of an answer that is well-formed but not what the
// operation promises.
func (c *Client) malformed(op call, cause error) error {
	f := &failure{code: domain.CodeProtocol, reason: reasonMalformed, status: 200, cause: cause}
	return c.finish(op, f)
}
