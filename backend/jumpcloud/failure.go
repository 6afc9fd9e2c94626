package jumpcloud

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

var errAttemptTimeout = errors.New("no answer in time")

// failure is a failed attempt, as far as the policy and the words need it.
type failure struct {
	code   domain.Code
	reason reason
	// status is the answer's; zero where none came.
	status int
	// temporary says that the same call may succeed later.
	temporary  bool
	retryAfter time.Duration
	// neverSent says that the request surely did not reach the server.
	neverSent bool
	// words is the server's own explanation, fit to be shown.
	words string
	// host is where a logo is kept that could not be read; empty for all else.
	host  string
	cause error
}

// reason tells failures of one code apart, for their words.
type reason int

const (
	reasonPlain reason = iota
	reasonDNS
	reasonRefused
	reasonReset
	reasonTimeout
	reasonCertificate
	reasonLogin
	reasonPortal
	reasonRedirect
	reasonTruncated
	reasonTooLarge
	reasonMalformed
)

// outcome is what the failure tells the limiter.
func (f *failure) outcome() outcome {
	switch {
	case f.status == http.StatusTooManyRequests:
		return outcomeLimited
	case f.status >= 400 && f.status < 500:
		return outcomeGood
	default:
		return outcomeNeutral
	}
}

// uncertain reports whether a change may have been made in spite of the failure.
func (f *failure) uncertain() bool {
	if f.neverSent {
		return false
	}
	return f.status == 0 || f.status >= 200 && f.status < 300 || f.status >= 500
}

func stopped(err error) *failure {
	if errors.Is(err, context.DeadlineExceeded) {
		return &failure{code: domain.CodeOffline, reason: reasonTimeout, cause: err}
	}
	return &failure{code: domain.CodeCanceled, cause: err}
}

// transportFailure is the failure of a call that got no answer.
func transportFailure(ctx context.Context, err error) *failure {
	if ctx.Err() != nil {
		return stopped(context.Cause(ctx))
	}
	f := &failure{code: domain.CodeOffline, temporary: true, cause: err}
	if op, ok := errors.AsType[*net.OpError](err); ok && (op.Op == "dial" || op.Op == "socks connect") {
		f.neverSent = true
	}
	timeout, _ := errors.AsType[net.Error](err)
	switch {
	case isType[*net.DNSError](err):
		f.reason, f.neverSent = reasonDNS, true
	case isType[*tls.CertificateVerificationError](err), isType[x509.UnknownAuthorityError](err),
		isType[x509.HostnameError](err), isType[x509.CertificateInvalidError](err), isType[tls.RecordHeaderError](err):
		f.reason, f.neverSent, f.temporary = reasonCertificate, true, false
	case errors.Is(err, syscall.ECONNREFUSED):
		f.reason = reasonRefused
	case errors.Is(err, errAttemptTimeout), errors.Is(err, context.DeadlineExceeded), timeout != nil && timeout.Timeout():
		f.reason = reasonTimeout
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		f.reason = reasonReset
	}
	return f
}

func isType[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}

// readFailure is the failure of a good answer whose body could not be read whole.
func readFailure(ctx context.Context, status int, err error) *failure {
	if errors.Is(err, errTooLarge) {
		return &failure{code: domain.CodeProtocol, reason: reasonTooLarge, status: status, cause: err}
	}
	if ctx.Err() == nil && errors.Is(err, io.ErrUnexpectedEOF) {
		return &failure{code: domain.CodeProtocol, reason: reasonTruncated, status: status, temporary: true, cause: err}
	}
	f := transportFailure(ctx, err)
	f.neverSent = false
	return f
}

// statusFailure is the failure that an answer's status tells of.
func (c *Client) statusFailure(resp *http.Response, body []byte) *failure {
	f := &failure{status: resp.StatusCode, words: c.redact.serverWords(explanation(body))}
	f.cause = fmt.Errorf("status %d", resp.StatusCode)
	if webPage(resp, body) {
		f.reason = reasonPortal
	}
	switch status := resp.StatusCode; {
	case status < 400:
		return redirectFailure(f, resp, c.endpoint)
	case status == http.StatusUnauthorized:
		f.code = domain.CodeUnauthorized
	case status == http.StatusForbidden:
		f.code = domain.CodeForbidden
	case status == http.StatusNotFound:
		f.code = domain.CodeNotFound
	case status == http.StatusConflict:
		f.code = domain.CodeConflict
	case status == http.StatusTooManyRequests:
		f.code, f.temporary = domain.CodeRateLimited, true
		f.retryAfter = parseRetryAfter(resp.Header, c.clock.Now())
	case status == http.StatusNetworkAuthenticationRequired:
		f.code, f.reason = domain.CodeProtocol, reasonPortal
	case status < 500:
		f.code = domain.CodeRejected
	default:
		f.code, f.temporary = domain.CodeServer, true
		f.retryAfter = parseRetryAfter(resp.Header, c.clock.Now())
	}
	return f
}

// redirectFailure is the failure of an answer that leads elsewhere. JumpCloud
// sends calls without a usable key to its sign-in page; any other redirect is
// somebody else's, such as the sign-in page of a hotel's network.
func redirectFailure(f *failure, resp *http.Response, api endpoint) *failure {
	f.code, f.reason = domain.CodeProtocol, reasonRedirect
	target, err := resp.Location()
	if err != nil {
		return f
	}
	if !api.is(target) {
		f.reason = reasonPortal
	} else if signInPage(api, target) {
		f.code, f.reason = domain.CodeUnauthorized, reasonLogin
	}
	return f
}

// signInPage reports whether a redirect leads to JumpCloud's own sign-in page.
func signInPage(api endpoint, target *url.URL) bool {
	return api.is(target) && (target.Path == "/login" || strings.HasPrefix(target.Path, "/login/"))
}

// explanation finds the server's own words in an error's body.
func explanation(body []byte) string {
	var words struct {
		Message json.RawMessage `json:"message"`
		Error   json.RawMessage `json:"error"`
	}
	if json.Unmarshal(body, &words) != nil {
		return ""
	}
	for _, raw := range []json.RawMessage{words.Message, words.Error} {
		var text string
		if json.Unmarshal(raw, &text) == nil && text != "" {
			return text
		}
	}
	return ""
}

// notJSON finds a good status whose body is no JSON answer.
func notJSON(resp *http.Response, body []byte) *failure {
	if !webPage(resp, body) {
		return nil
	}
	return &failure{code: domain.CodeProtocol, reason: reasonPortal, status: resp.StatusCode, cause: errors.New("the answer is a web page")}
}

// webPage reports whether an answer is for a browser. The API sends none; the
// proxies and networks between do.
func webPage(resp *http.Response, body []byte) bool {
	mediaType, _, err := mime.ParseMediaType(resp.Header.Get("Content-Type"))
	start := bytes.TrimLeft(body, "\ufeff \t\r\n")
	return err == nil && (mediaType == "text/html" || mediaType == "application/xhtml+xml") || bytes.HasPrefix(start, []byte("<"))
}

// withoutQuery takes a URL's query out of a transport error: it is noise.
func withoutQuery(err error) error {
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		return wrapped.Err
	}
	return err
}
