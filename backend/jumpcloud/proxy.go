package jumpcloud

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
)

// proxyFunc tells the proxy that leads to where a request goes; nil for none.
type proxyFunc func(*http.Request) (*url.URL, error)

// proxyLifetime is how long what the system said of proxies holds: asking may
// take a while, and a laptop moves between networks.
const proxyLifetime = 5 * time.Minute

// systemProxies are the system's proxies, asked once for all clients.
var systemProxies = proxies{read: readSystemProxy}

// proxies remembers what the system says of each host.
type proxies struct {
	read func() proxyFunc

	mu    sync.Mutex
	until time.Time
	find  proxyFunc
	known map[string]*url.URL
}

// of gives the proxy for a request. The system is told the host alone: a
// proxy's script sees no path and no query. This computer needs no proxy.
func (p *proxies) of(req *http.Request) (*url.URL, error) {
	if isLoopback(req.URL.Hostname()) {
		return nil, nil
	}
	host := url.URL{Scheme: req.URL.Scheme, Host: req.URL.Host, Path: "/"}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.find == nil || now.After(p.until) {
		p.find, p.known, p.until = p.read(), map[string]*url.URL{}, now.Add(proxyLifetime)
	}
	if proxy, ok := p.known[host.String()]; ok {
		return proxy, nil
	}
	proxy, err := p.find(&http.Request{Method: http.MethodGet, URL: &host})
	if err != nil {
		return nil, fmt.Errorf("find the proxy: %w", err)
	}
	p.known[host.String()] = proxy
	return proxy, nil
}

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}
