package simulator

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// Running is a Server that listens.
type Running struct {
	*Server
	URL string // such as http://127.0.0.1:40123, without a slash at the end

	http *http.Server
	stop context.CancelFunc
	done chan error
}

// Start serves a new simulator on a loopback address such as 127.0.0.1:0 and
// refuses any other: it has no protection worth the name.
func Start(addr string, opts Options) (*Running, error) {
	return StartWrapped(addr, opts, func(s *Server) http.Handler { return s })
}

// StartWrapped is Start with something between the listener and the simulator,
// such as a check of every exchange.
func StartWrapped(addr string, opts Options, wrap func(*Server) http.Handler) (*Running, error) {
	if err := checkLoopback(addr); err != nil {
		return nil, err
	}
	ctx, stop := context.WithCancel(context.Background())
	var listener net.ListenConfig
	l, err := listener.Listen(ctx, "tcp", addr)
	if err != nil {
		stop()
		return nil, fmt.Errorf("simulator: listen: %w", err)
	}
	s := New(opts)
	run := &Running{
		Server: s, URL: "http://" + l.Addr().String(), stop: stop, done: make(chan error, 1),
		http: &http.Server{
			Handler: wrap(s),
			// No ReadTimeout: it would end the fault that never answers.
			ReadHeaderTimeout: 10 * time.Second,
			IdleTimeout:       2 * time.Minute,
			MaxHeaderBytes:    64 << 10,
			BaseContext:       func(net.Listener) context.Context { return ctx },
		},
	}
	go func() { run.done <- run.http.Serve(l) }()
	return run, nil
}

// Close ends all requests, stops listening and waits until that is done.
func (r *Running) Close() error {
	r.stop() // what waits for a fault or the latency ends now
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	if err := r.http.Shutdown(ctx); err != nil {
		if err = r.http.Close(); err != nil {
			return fmt.Errorf("simulator: close: %w", err)
		}
	}
	if err := <-r.done; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("simulator: serve: %w", err)
	}
	return nil
}

// checkLoopback takes numeric loopback addresses and localhost.
func checkLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("simulator: address: %w", err)
	}
	if ip, err := netip.ParseAddr(host); host == "localhost" || err == nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("simulator: %q is not a loopback address", host)
}
