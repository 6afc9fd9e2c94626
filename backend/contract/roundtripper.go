package contract

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
)

// checkedBytes is how much of a body is read for checking. A larger answer is
// passed on whole and reported, unless it is exempt.
const checkedBytes = 32 << 20

// RoundTripper checks every exchange that passes through base and reports each
// breach. It changes nothing: breaches, broken bodies and errors go on as they came.
func (c *Checker) RoundTripper(base http.RoundTripper, report func(error), options ...Option) http.RoundTripper {
	return &roundTripper{checker: c, base: base, report: report, settings: newSettings(options)}
}

type roundTripper struct {
	checker  *Checker
	base     http.RoundTripper
	report   func(error)
	settings settings
}

// RoundTrip sends the request on and checks both halves of the exchange.
func (rt *roundTripper) RoundTrip(req *http.Request) (*http.Response, error) {
	body, err := requestBody(req)
	if err != nil {
		return nil, err
	}
	ex, problems := rt.checker.begin(req, body)
	if !rt.settings.answersOnly {
		for _, problem := range problems {
			rt.report(problem)
		}
	}
	sent := req
	if body != nil {
		sent = req.Clone(req.Context())
		sent.Body = io.NopCloser(bytes.NewReader(body))
	}
	resp, err := rt.base.RoundTrip(sent)
	if err != nil {
		return nil, err //nolint:wrapcheck // a transparent layer: the client classifies the transport's own errors
	}
	rt.answer(ex, resp)
	return resp, nil
}

func (rt *roundTripper) answer(ex exchange, resp *http.Response) {
	if rt.settings.exempted(resp.StatusCode, resp.Header) {
		return
	}
	read, err := io.ReadAll(io.LimitReader(resp.Body, checkedBytes+1))
	rest := resp.Body
	if err != nil {
		// A connection that broke is the client's to judge, not a breach.
		resp.Body = replay{io.MultiReader(bytes.NewReader(read), failing{err}), rest}
		return
	}
	resp.Body = replay{io.MultiReader(bytes.NewReader(read), rest), rest}
	if len(read) > checkedBytes {
		rt.report(violation(Answer, ex.req, resp.StatusCode, fmt.Errorf("more than %d bytes", checkedBytes)))
		return
	}
	if problem := ex.end(resp.StatusCode, resp.Header, read); problem != nil {
		rt.report(problem)
	}
}

// requestBody reads a request's body whole, from a copy where there is one.
func requestBody(req *http.Request) ([]byte, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return nil, nil
	}
	defer req.Body.Close() //nolint:errcheck // read to its end below; nothing is left to lose
	body, err := io.ReadAll(req.Body)
	if err != nil {
		return nil, fmt.Errorf("read request body: %w", err)
	}
	return body, nil
}

type replay struct {
	io.Reader
	io.Closer
}

type failing struct{ err error }

// Read gives the error with which the true body ended.
func (f failing) Read([]byte) (int, error) { return 0, f.err }
