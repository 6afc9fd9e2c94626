package jumpcloud

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestCallsGoThroughTheProxy: the proxy is asked for a tunnel to the API's host,
// and gets neither the key nor the path.
func TestCallsGoThroughTheProxy(t *testing.T) {
	var mu sync.Mutex
	var asked []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		asked = append(asked, req.Method+" "+req.Host+" "+req.Header.Get("X-Api-Key"))
		w.WriteHeader(http.StatusForbidden)
	}))
	defer proxy.Close()
	noProxies(t)
	t.Setenv("HTTPS_PROXY", proxy.URL)
	client, err := New(Options{Region: domain.RegionEU, APIKey: "k", Clock: impatient(), Limits: Limits{Attempts: 2, BaseDelay: time.Nanosecond}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if _, err = client.Identify(t.Context()); domain.CodeOf(err) != domain.CodeOffline {
		t.Errorf("a proxy that refuses gives %v", err)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(asked) == 0 || slices.ContainsFunc(asked, func(call string) bool { return call != "CONNECT console.eu.jumpcloud.com:443 " }) {
		t.Errorf("the proxy was asked for %q", asked)
	}
}

// noProxies forgets the proxies of the environment, and those known so far.
func noProxies(t *testing.T) {
	t.Helper()
	for _, name := range []string{"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy", "REQUEST_METHOD"} {
		t.Setenv(name, "")
	}
	systemProxies.forget()
	t.Cleanup(systemProxies.forget)
}

func TestTheSystemIsAskedOnceAHost(t *testing.T) {
	var asked []string
	p := proxies{read: func() proxyFunc {
		return func(req *http.Request) (*url.URL, error) {
			asked = append(asked, req.URL.String())
			if req.URL.Host == "broken.example" {
				return nil, errors.New("parse http://user:password@")
			}
			return url.Parse("http://proxy.example:3128")
		}
	}}
	of := func(address string) (*url.URL, error) {
		t.Helper()
		proxy, err := p.of(httptest.NewRequest(http.MethodGet, address, nil))
		if err != nil && !errors.Is(err, errProxySetting) {
			t.Fatal(err)
		}
		return proxy, err
	}
	for _, address := range []string{"https://a.example/api?x=1", "https://a.example/other", "https://b.example/"} {
		if proxy, err := of(address); err != nil || proxy.Host != "proxy.example:3128" {
			t.Errorf("%s: %v, %v", address, proxy, err)
		}
	}
	for _, address := range []string{"http://127.0.0.1:8080/", "http://localhost:1/", "http://[::1]:2/"} {
		if proxy, err := of(address); err != nil || proxy != nil {
			t.Errorf("%s: %v, %v", address, proxy, err)
		}
	}
	for range 2 {
		if _, err := of("https://broken.example/"); err == nil {
			t.Error("a failure was lost")
		}
	}
	p.forget()
	_, _ = of("https://a.example/")
	want := []string{"https://a.example/", "https://b.example/", "https://broken.example/", "https://broken.example/", "https://a.example/"}
	if !slices.Equal(asked, want) {
		t.Errorf("the system was asked for %q", asked)
	}
}
