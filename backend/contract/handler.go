package contract

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// Handler checks every exchange that next serves and reports each breach, the
// same as RoundTripper does on the other side. Paths that begin with "/__sim/"
// (a simulator's controls) and "/login" are no part of the API and pass unchecked.
func (c *Checker) Handler(next http.Handler, report func(error), options ...Option) http.Handler {
	settings := newSettings(options)
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if strings.HasPrefix(req.URL.Path, "/__sim/") || req.URL.Path == "/login" {
			next.ServeHTTP(w, req)
			return
		}
		body, err := requestBody(req)
		if err != nil {
			report(violation(Request, req, 0, err))
			return
		}
		ex, problems := c.begin(req, body)
		if !settings.answersOnly {
			for _, problem := range problems {
				report(problem)
			}
		}
		req = req.Clone(req.Context())
		req.Body = io.NopCloser(bytes.NewReader(body))
		rec := &recorder{ResponseWriter: w}
		next.ServeHTTP(rec, req)
		if rec.status == 0 && req.Context().Err() != nil {
			return // whoever asked has gone, and nothing was answered
		}
		if rec.hijacked || rec.tooLarge || settings.exempted(rec.code(), rec.Header()) {
			return
		}
		if problem := ex.end(rec.code(), rec.Header(), rec.body.Bytes()); problem != nil {
			report(problem)
		}
	})
}

// recorder passes an answer on and keeps a copy of it.
type recorder struct {
	http.ResponseWriter
	status   int
	body     bytes.Buffer
	hijacked bool
	tooLarge bool
}

func (r *recorder) code() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}

// WriteHeader keeps the first final status and passes it on.
func (r *recorder) WriteHeader(status int) {
	if r.status == 0 && status >= http.StatusOK {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write keeps what is written, up to the checker's bound, and passes it on.
func (r *recorder) Write(p []byte) (int, error) {
	if r.status == 0 {
		r.status = http.StatusOK
	}
	if r.body.Len()+len(p) > checkedBytes {
		r.tooLarge = true
	} else {
		r.body.Write(p)
	}
	return r.ResponseWriter.Write(p) //nolint:wrapcheck // a transparent layer
}

// Flush passes on what was written so far.
func (r *recorder) Flush() {
	if flusher, ok := r.ResponseWriter.(http.Flusher); ok {
		flusher.Flush()
	}
}

// Hijack hands the connection over; what follows is not checked.
func (r *recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(r.ResponseWriter).Hijack()
	if err != nil {
		return nil, nil, fmt.Errorf("hijack: %w", err)
	}
	r.hijacked = true
	return conn, rw, nil
}

// Unwrap lets http.ResponseController reach the writer below.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
