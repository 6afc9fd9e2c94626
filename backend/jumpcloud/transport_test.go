package jumpcloud

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// impatient is the real clock, for tests whose waits are tiny.
func impatient() Clock { return NewClock(time.Now) }

func tlsServer(t *testing.T, most uint16, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(handler)
	server.EnableHTTP2 = true
	server.TLS = &tls.Config{MaxVersion: most} // #nosec G402 -- an old server is what is tested
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

func trusting(t *testing.T, server *httptest.Server) *http.Transport {
	t.Helper()
	transport := newTransport(nil)
	transport.TLSClientConfig.RootCAs = x509.NewCertPool()
	transport.TLSClientConfig.RootCAs.AddCert(server.Certificate())
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

func TestHTTP2AndOneConnection(t *testing.T) {
	var mu sync.Mutex
	peers, versions := map[string]bool{}, map[int]bool{}
	server := tlsServer(t, tls.VersionTLS13, func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		peers[req.RemoteAddr], versions[req.ProtoMajor] = true, true
		mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"results":[],"totalCount":3}`)
	})
	client, err := New(Options{APIURL: server.URL, APIKey: "k", Clock: impatient(), Transport: trusting(t, server)})
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		if got, err := client.Count(t.Context(), "5f0c1d2e3a4b5c6d7e8f9a0b", domain.FigureUsers); err != nil || got != 3 {
			t.Fatal(got, err)
		}
	}
	if len(peers) != 1 || !versions[2] || len(versions) != 1 {
		t.Errorf("20 calls took %d connections over HTTP/%v", len(peers), versions)
	}
}

func TestConnectionsAreKept(t *testing.T) {
	var mu sync.Mutex
	peers := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		mu.Lock()
		peers[req.RemoteAddr] = true
		mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `{"message":"no"}`)
	}))
	defer server.Close()
	client, err := New(Options{APIURL: server.URL, APIKey: "k", Clock: impatient(), Limits: Limits{StartInFlight: 24}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	var all sync.WaitGroup
	for range 24 {
		all.Go(func() {
			for range 20 {
				_, err := client.Identify(t.Context())
				if domain.CodeOf(err) != domain.CodeForbidden {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	if len(peers) > 30 {
		t.Errorf("480 refused calls took %d connections; refusals must be read to their end", len(peers))
	}
}

func TestUntrustedServers(t *testing.T) {
	quick := Limits{Attempts: 2, BaseDelay: time.Nanosecond}
	never := func(http.ResponseWriter, *http.Request) { t.Error("a call reached a server that is not trusted") }
	strange := tlsServer(t, tls.VersionTLS13, never)
	client, err := New(Options{APIURL: strange.URL, APIKey: "k", Clock: impatient(), Limits: quick})
	if err != nil {
		t.Fatal(err)
	}
	_, err = client.Identify(t.Context())
	if domain.CodeOf(err) != domain.CodeOffline || !strings.Contains(err.Error(), "certificate") || client.Load().Calls != 1 {
		t.Errorf("%v after %d calls", err, client.Load().Calls)
	}
	old := tlsServer(t, tls.VersionTLS11, never)
	client, err = New(Options{APIURL: old.URL, APIKey: "k", Clock: impatient(), Limits: quick, Transport: trusting(t, old)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = client.Identify(t.Context()); domain.CodeOf(err) != domain.CodeOffline {
		t.Errorf("TLS 1.1: %v", err)
	}
	if newTransport(nil).Proxy == nil || newTransport(refusePrivate).Proxy != nil {
		t.Error("the system's proxy is used for calls, and never where addresses are checked")
	}
}

func TestTheKeyGoesToTheAPIOnly(t *testing.T) {
	var got http.Header
	layer := &authLayer{key: "secret", endpoint: endpoint{scheme: "https", host: "console.jumpcloud.com"}, next: roundTrip(func(req *http.Request) (*http.Response, error) {
		got = req.Header
		return nil, io.EOF
	})}
	for address, wanted := range map[string]string{
		"https://console.jumpcloud.com/api": "secret", "https://CONSOLE.jumpcloud.com/api": "secret",
		"http://console.jumpcloud.com/api": "", "https://console.jumpcloud.com:8443/": "", "https://console.jumpcloud.com.evil.example/": "", "https://console.eu.jumpcloud.com/": "",
	} {
		req := httptest.NewRequest(http.MethodGet, address, nil)
		req.Header.Set("X-Api-Key", "left over")
		if _, err := layer.RoundTrip(req); err == nil {
			t.Fatal("no error")
		}
		if got.Get("X-Api-Key") != wanted || req.Header.Get("X-Api-Key") != "left over" {
			t.Errorf("%s got %q, and the request was changed to %q", address, got.Get("X-Api-Key"), req.Header.Get("X-Api-Key"))
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }
