package jumpcloud

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	listCap  = 8 << 20 // bytes of a page of a list
	plainCap = 2 << 20 // bytes of any other answer
)

// call is one operation with its arguments.
type call struct {
	// what says in words what is wanted; it stands after "could not".
	what   string
	method string
	parts  []string // of the path, unescaped
	query  url.Values
	// org is the organization that an organization-scoped call is about.
	org    domain.OrgID
	body   []byte
	accept string // empty for JSON
	// limit is how many bytes of an answer are read.
	limit int64
}

func (c call) changes() bool { return c.method != http.MethodGet }

// get is a reading call with the cap for single records.
func get(what string, parts ...string) call {
	return call{what: what, method: http.MethodGet, parts: parts, limit: plainCap}
}

// listing is a reading call with the cap for pages.
func listing(what string, query url.Values, parts ...string) call {
	return call{what: what, method: http.MethodGet, parts: parts, query: query, limit: listCap}
}

// change is a call that changes something, with body encoded as JSON.
func change(what, method string, body any, parts ...string) (call, error) {
	c := call{what: what, method: method, parts: parts, limit: plainCap}
	if body == nil {
		return c, nil
	}
	encoded, err := json.Marshal(body)
	if err != nil {
		return call{}, &domain.Error{Code: domain.CodeInternal, Message: "Orgdeck could not write its request. Nothing was changed.", Cause: err}
	}
	c.body = encoded
	return c, nil
}

// repeatable reports whether a call may be sent again after a failure. A change
// that may have been made is not: by then somebody else may have changed the
// same thing again, and a late repetition would undo that unseen. Who asked
// for the change reads what became of it instead.
func (c call) repeatable(f *failure) bool {
	switch {
	case !c.changes() || f.neverSent:
		return true
	case c.method == http.MethodPost:
		return false
	}
	return !f.uncertain()
}

// do carries a call out: it waits for its turn, tries, judges and tries again,
// and gives the body of a good answer, read whole. Every error it gives is a *domain.Error.
func (c *Client) do(ctx context.Context, op call) ([]byte, error) {
	var body []byte
	failed := c.insist(ctx, op, func() (f *failure) {
		body, f = c.attempt(ctx, op)
		return f
	})
	if failed != nil {
		return nil, c.finish(op, failed)
	}
	return body, nil
}

// insist makes attempts at a call under the limiter until one succeeds, or its
// failure is not to be tried again.
func (c *Client) insist(ctx context.Context, op call, try func() *failure) *failure {
	for attempt := 1; ; attempt++ {
		pass, err := c.limiter.acquire(ctx, attempt > 1)
		if err != nil {
			return c.heldBack(err)
		}
		failed := try()
		if failed == nil {
			c.limiter.release(pass, outcomeGood, 0)
			return nil
		}
		c.limiter.release(pass, failed.outcome(), c.hold(failed))
		next := judge(c.limits, c.rand, op, attempt, failed)
		if !next.again {
			return failed
		}
		c.log.LogAttrs(ctx, slog.LevelInfo, "jumpcloud call is tried again",
			slog.String("what", op.what), slog.Int("attempt", attempt), slog.String("code", string(failed.code)),
			slog.Int("status", failed.status), slog.Duration("wait", max(next.wait, failed.retryAfter)))
		if err := c.clock.Sleep(ctx, next.wait); err != nil {
			return c.heldBack(err)
		}
	}
}

// longestHold is how long a 429 may keep all calls back; a longer wait than
// this is more likely a mistake than a wish.
const longestHold = time.Hour

// hold is how long a failure keeps all calls back. A server in long
// maintenance does not: a person may look whether it is there again.
func (c *Client) hold(f *failure) time.Duration {
	if f.code != domain.CodeRateLimited && f.retryAfter > c.limits.MaxRetryAfter {
		return 0
	}
	return min(f.retryAfter, longestHold)
}

// heldBack is the failure of a call that was never sent, because its context
// ended or the server's pause is too long.
func (c *Client) heldBack(err error) *failure {
	if paused, ok := errors.AsType[*pausedError](err); ok {
		return &failure{code: domain.CodeRateLimited, temporary: true, retryAfter: paused.wait, neverSent: true, cause: err}
	}
	f := stopped(err)
	f.neverSent = true
	return f
}

// attempt sends a call once and reads its answer whole.
func (c *Client) attempt(ctx context.Context, op call) ([]byte, *failure) {
	attemptCtx, cancel := context.WithTimeoutCause(ctx, c.limits.CallTimeout, errAttemptTimeout)
	defer cancel()
	req, err := c.request(attemptCtx, op)
	if err != nil {
		return nil, &failure{code: domain.CodeInternal, neverSent: true, cause: err}
	}
	resp, err := c.api.Do(req)
	if err != nil {
		return nil, transportFailure(ctx, err)
	}
	defer resp.Body.Close() //nolint:errcheck // the body was read; closing cannot lose anything
	body, err := readCapped(resp.Body, op.limit)
	if err != nil {
		// A refusal is one even where its explanation broke off.
		if resp.StatusCode >= http.StatusBadRequest {
			return nil, c.statusFailure(resp, nil)
		}
		return nil, readFailure(ctx, resp.StatusCode, err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, c.statusFailure(resp, body)
	}
	if op.accept == "" && resp.StatusCode != http.StatusNoContent {
		if f := notJSON(resp, body); f != nil {
			return nil, f
		}
	}
	return body, nil
}

func (c *Client) request(ctx context.Context, op call) (*http.Request, error) {
	var body io.Reader
	if op.body != nil {
		body = bytes.NewReader(op.body)
	}
	target := c.endpoint.url(op.parts, op.query)
	req, err := http.NewRequestWithContext(ctx, op.method, target.String(), body)
	if err != nil {
		return nil, fmt.Errorf("build request to %s: %w", op.what, err)
	}
	req.Header.Set("Accept", "application/json")
	if op.accept != "" {
		req.Header.Set("Accept", op.accept)
	}
	if op.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if op.org != "" {
		req.Header.Set("X-Org-Id", string(op.org))
	}
	return req, nil
}

var errTooLarge = errors.New("the answer is larger than allowed")

// readCapped reads at most limit bytes; one byte more is errTooLarge.
func readCapped(body io.Reader, limit int64) ([]byte, error) {
	read, err := io.ReadAll(io.LimitReader(body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("read answer: %w", err)
	}
	if int64(len(read)) > limit {
		return nil, fmt.Errorf("read answer: %w of %d bytes", errTooLarge, limit)
	}
	return read, nil
}
