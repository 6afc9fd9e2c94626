package jumpcloud

import (
	"errors"
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
	if p.find == nil {
		p.find, p.known = p.read(), map[string]*url.URL{}
		time.AfterFunc(proxyLifetime, p.forget)
	}
	if proxy, ok := p.known[host.String()]; ok {
		return proxy, nil
	}
	proxy, err := p.find(&http.Request{Method: http.MethodGet, URL: &host})
	if err != nil {
		return nil, errProxySetting // the cause's text may hold a password
	}
	p.known[host.String()] = proxy
	return proxy, nil
}

// forget has the system asked anew.
func (p *proxies) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.find = nil
}

var errProxySetting = errors.New("the system's proxy setting cannot be read")

func isLoopback(host string) bool {
	ip, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && ip.IsLoopback()
}
