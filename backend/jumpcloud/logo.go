package jumpcloud

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	maxLogoRedirects = 3
	maxLogoURL       = 4096 // bytes
)

var errLinkRefused = errors.New("the address is not allowed")

// Logo reads an organization's logo from the address the listing gave: at most
// 2 MiB, from the API's own host or by https from a public one. The key goes to
// the API's host only, and at most three redirects are followed, each held
// against the same rules. What the bytes are is for the reader to find out.
//
// link_refused says that the address can never give a logo; logo_failed that it
// gave none this time. No failure of a logo tells that the key was refused: what
// keeps the pictures may want other rights, and the API's own calls tell.
func (c *Client) Logo(ctx context.Context, address string) ([]byte, error) {
	op := get("read a logo")
	target, err := c.logoTarget(address)
	if err != nil {
		return nil, c.finish(op, refusedLink(err))
	}
	for range maxLogoRedirects + 1 {
		read := c.foreignLogo
		if c.endpoint.is(target) {
			read = c.ownLogo
		}
		body, next, failed := read(ctx, op, target)
		if failed != nil {
			return nil, c.finish(op, c.ofALogo(failed, target))
		}
		if next == nil {
			return body, nil
		}
		target = next
	}
	return nil, c.finish(op, refusedLink(fmt.Errorf("more than %d redirects", maxLogoRedirects)))
}

func refusedLink(err error) *failure {
	return &failure{code: domain.CodeLinkRefused, neverSent: true, cause: err}
}

// ofALogo judges the failure of a logo at target. What another host than the
// API's answers tells nothing of the key, the API or the connection to it, and
// neither does the API's own host where it wants the logo's reader to sign in.
func (c *Client) ofALogo(f *failure, target *url.URL) *failure {
	switch {
	case f.code == domain.CodeCanceled, f.code == domain.CodeLinkRefused:
		return f
	case f.reason == reasonTooLarge:
		f.code = domain.CodeLinkRefused
		return f
	case c.endpoint.is(target) && f.code != domain.CodeUnauthorized:
		return f
	}
	f.code, f.host, f.words = domain.CodeLogo, target.Hostname(), ""
	f.temporary, f.retryAfter = true, 0
	return f
}

// logoTarget checks an address by its form alone.
func (c *Client) logoTarget(address string) (*url.URL, error) {
	if len(address) > maxLogoURL {
		return nil, errLinkRefused
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, errLinkRefused // the parser's words would repeat the address
	}
	base := url.URL{Scheme: c.endpoint.scheme, Host: c.endpoint.host, Path: "/"}
	target := base.ResolveReference(parsed)
	if target.User != nil || target.Opaque != "" || target.Hostname() == "" {
		return nil, errLinkRefused
	}
	target.Fragment, target.RawFragment = "", ""
	if c.endpoint.is(target) {
		return target, nil
	}
	if target.Scheme != "https" || !publicHost(target.Hostname()) || c.redact.text(target.String()) != target.String() {
		return nil, errLinkRefused
	}
	return target, nil
}

// ownLogo reads from the API's host as any call does: under the limiter, with
// the key, and again after a passing failure.
func (c *Client) ownLogo(ctx context.Context, op call, target *url.URL) (body []byte, next *url.URL, failed *failure) {
	failed = c.insist(ctx, op, func() (f *failure) {
		body, next, f = c.logoAttempt(ctx, c.api, op, target)
		return f
	})
	return body, next, failed
}

// foreignLogo reads from another host, once: the next synchronisation asks again.
func (c *Client) foreignLogo(ctx context.Context, op call, target *url.URL) ([]byte, *url.URL, *failure) {
	client, err := c.logos.clientFor(target)
	if err != nil {
		return nil, nil, &failure{code: domain.CodeOffline, neverSent: true, cause: err}
	}
	body, next, failed := c.logoAttempt(ctx, client, op, target)
	if failed != nil && errors.Is(failed.cause, errPrivateAddress) {
		return nil, nil, refusedLink(errPrivateAddress)
	}
	return body, next, failed
}

// logoAttempt asks once; it gives the image, or where the answer leads.
func (c *Client) logoAttempt(ctx context.Context, client *http.Client, op call, target *url.URL) ([]byte, *url.URL, *failure) {
	attemptCtx, cancel := context.WithTimeoutCause(ctx, c.limits.CallTimeout, errAttemptTimeout)
	defer cancel()
	req, err := http.NewRequestWithContext(attemptCtx, http.MethodGet, target.String(), nil)
	if err != nil {
		return nil, nil, refusedLink(errLinkRefused)
	}
	req.Header.Set("Accept", "image/png, image/jpeg, image/gif")
	resp, err := client.Do(req)
	if err != nil {
		return nil, nil, transportFailure(ctx, err)
	}
	defer resp.Body.Close() //nolint:errcheck // the body was read; closing cannot lose anything
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		location, err := resp.Location()
		if err != nil || c.endpoint.is(target) && signInPage(c.endpoint, location) {
			return nil, nil, c.statusFailure(resp, nil)
		}
		next, err := c.logoTarget(location.String())
		if err != nil {
			return nil, nil, refusedLink(err)
		}
		return nil, next, nil
	}
	body, err := readCapped(resp.Body, op.limit)
	if err != nil {
		return nil, nil, readFailure(ctx, resp.StatusCode, err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, nil, c.statusFailure(resp, body)
	}
	if failed := notImage(resp, body); failed != nil {
		return nil, nil, failed
	}
	return body, nil, nil
}

func notImage(resp *http.Response, body []byte) *failure {
	if failed := notJSON(resp, body); failed != nil {
		return failed
	}
	if len(body) == 0 {
		return &failure{code: domain.CodeProtocol, reason: reasonMalformed, status: resp.StatusCode, cause: errors.New("an empty logo")}
	}
	return nil
}

// logoClient reads logos from hosts that are not the API's, without a key.
type logoClient struct {
	direct, proxied *http.Transport
	agent           string
}

func newLogoClient(agent string) *logoClient {
	l := &logoClient{direct: newTransport(refusePrivate), proxied: newTransport(nil), agent: agent}
	for _, transport := range []*http.Transport{l.direct, l.proxied} {
		transport.MaxIdleConnsPerHost, transport.ResponseHeaderTimeout = 4, 15*time.Second
	}
	return l
}

// clientFor gives the client for an address. Where the system has a proxy for
// it, the proxy resolves the name, so that only the address's form was checked.
func (l *logoClient) clientFor(target *url.URL) (*http.Client, error) {
	transport := l.direct
	if l.proxied.Proxy != nil {
		proxy, err := l.proxied.Proxy(&http.Request{URL: target})
		if err != nil {
			return nil, errors.New("the system's proxy setting cannot be read") // its text may hold a password
		}
		if proxy != nil {
			transport = l.proxied
		}
	}
	return &http.Client{
		Transport:     &agentLayer{agent: l.agent, next: transport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, nil
}
