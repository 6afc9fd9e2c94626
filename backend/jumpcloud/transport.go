package jumpcloud

import (
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"
)

// newTransport makes a transport with a limit on every wait. control, where it
// is given, may refuse an address after its name was resolved, and turns the
// system's proxy off, because a proxy would resolve the name itself.
func newTransport(control func(network, address string, c syscall.RawConn) error) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second, Control: control}
	var proxy proxyFunc
	if control == nil {
		proxy = systemProxies.of
	}
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            dialer.DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    10 * time.Second,
		ResponseHeaderTimeout:  30 * time.Second,
		ExpectContinueTimeout:  time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    32,
		MaxResponseHeaderBytes: 256 << 10,
		ForceAttemptHTTP2:      true,
		// A connection that died while the computer slept is noticed by a ping.
		HTTP2: &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 10 * time.Second},
	}
}

// layers wraps base in what every API call needs. The log is outermost, so
// that it never holds a request with the key in it.
func (c *Client) layers(base http.RoundTripper, key, agent string) http.RoundTripper {
	return &loggingLayer{
		log: c.log, clock: c.clock, redact: c.redact,
		next: &agentLayer{agent: agent, next: &authLayer{key: key, endpoint: c.endpoint, next: base}},
	}
}

// authLayer adds the key, for the API's own host only.
type authLayer struct {
	key      string
	endpoint endpoint
	next     http.RoundTripper
}

// RoundTrip sends a copy of the request, with the key where it may have it.
func (l *authLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	clone := req.Clone(req.Context())
	clone.Header.Del("X-Api-Key")
	if l.endpoint.is(clone.URL) {
		clone.Header.Set("X-Api-Key", l.key)
	}
	return l.next.RoundTrip(clone) //nolint:wrapcheck // layers pass errors on as they are; the call classifies them
}

// agentLayer says which program asks.
type agentLayer struct {
	agent string
	next  http.RoundTripper
}

// RoundTrip sends a copy of the request that names the program.
func (l *agentLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	clone := req.Clone(req.Context())
	clone.Header.Set("User-Agent", l.agent)
	return l.next.RoundTrip(clone) //nolint:wrapcheck // see authLayer
}

// loggingLayer writes a line a call: method, path, status, time taken. Headers,
// queries and bodies are never written.
type loggingLayer struct {
	log    *slog.Logger
	clock  Clock
	redact redactor
	next   http.RoundTripper
}

// RoundTrip sends the request on and logs how it went.
func (l *loggingLayer) RoundTrip(req *http.Request) (*http.Response, error) {
	start := l.clock.Now()
	resp, err := l.next.RoundTrip(req)
	attrs := []slog.Attr{
		slog.String("method", req.Method),
		slog.String("host", req.URL.Host),
		slog.String("path", l.redact.text(req.URL.EscapedPath())),
		slog.Int64("ms", l.clock.Now().Sub(start).Milliseconds()),
	}
	if err != nil {
		attrs = append(attrs, slog.String("error", l.redact.text(err.Error())))
	} else {
		attrs = append(attrs, slog.Int("status", resp.StatusCode))
	}
	l.log.LogAttrs(req.Context(), slog.LevelDebug, "jumpcloud call", attrs...)
	return resp, err //nolint:wrapcheck // see authLayer
}
