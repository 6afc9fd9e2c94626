package jumpcloud

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const pngBytes = "\x89PNG\r\n\x1a\nrest"

// logoRig is a client with an API host and a foreign host. Names under
// example.com lead to the foreign host, as if it were on the public internet.
type logoRig struct {
	client         *Client
	api            *httptest.Server
	foreign        *httptest.Server
	apiSeen        []*http.Request
	foreignSeen    []*http.Request
	answer         http.HandlerFunc // of the API host
	foreignAnswers http.HandlerFunc
}

func newLogoRig(t *testing.T) *logoRig {
	t.Helper()
	r := &logoRig{answer: picture, foreignAnswers: picture}
	r.api = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.apiSeen = append(r.apiSeen, req)
		r.answer(w, req)
	}))
	r.foreign = httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		r.foreignSeen = append(r.foreignSeen, req)
		r.foreignAnswers(w, req)
	}))
	t.Cleanup(r.api.Close)
	t.Cleanup(r.foreign.Close)
	client, err := New(Options{
		APIURL: r.api.URL, APIKey: "CANARY-key", Version: "1", Clock: NewClock(time.Now),
		Limits: Limits{BaseDelay: time.Millisecond, MaxDelay: time.Millisecond},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	roots := x509.NewCertPool()
	roots.AddCert(r.foreign.Certificate())
	client.logos.direct.TLSClientConfig = &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
	guarded := client.logos.direct.DialContext
	client.logos.direct.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if strings.HasPrefix(address, "cdn.example.com:") {
			var plain net.Dialer
			return plain.DialContext(ctx, network, r.foreign.Listener.Addr().String())
		}
		return guarded(ctx, network, address)
	}
	client.logos.proxied.Proxy = nil
	r.client = client
	return r
}

func picture(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "image/png")
	_, _ = io.WriteString(w, pngBytes)
}

func redirectTo(target string) http.HandlerFunc {
	return func(w http.ResponseWriter, req *http.Request) { http.Redirect(w, req, target, http.StatusFound) }
}

func TestLogoFromEitherHost(t *testing.T) {
	r := newLogoRig(t)
	for _, address := range []string{r.api.URL + "/api/v2/logos/1", "/api/v2/logos/1", "https://cdn.example.com/logo.png"} {
		got, err := r.client.Logo(t.Context(), address)
		if err != nil || string(got) != pngBytes {
			t.Errorf("%s: %q, %v", address, got, err)
		}
	}
	if key := r.apiSeen[0].Header.Get("X-Api-Key"); key != "CANARY-key" {
		t.Errorf("the API's host got the key %q", key)
	}
	for _, req := range r.foreignSeen {
		for name, values := range req.Header {
			if strings.Contains(strings.Join(values, ""), "CANARY") {
				t.Errorf("a foreign host got the key in %s", name)
			}
		}
		if req.UserAgent() != "Orgdeck/1" {
			t.Errorf("user agent %q", req.UserAgent())
		}
	}
}

func TestLogoRedirects(t *testing.T) {
	hops := func(n int) http.HandlerFunc {
		left := n
		return func(w http.ResponseWriter, req *http.Request) {
			if left--; left >= 0 {
				http.Redirect(w, req, "/next", http.StatusFound)
				return
			}
			picture(w, req)
		}
	}
	tests := []struct {
		name    string
		api     http.HandlerFunc
		foreign http.HandlerFunc
		code    domain.Code // empty for a picture
	}{
		{"to a public host", redirectTo("https://cdn.example.com/1"), picture, ""},
		{"three", hops(3), picture, ""},
		{"four", hops(4), picture, domain.CodeLinkRefused},
		{"to this machine", redirectTo("https://127.0.0.1:1/1"), picture, domain.CodeLinkRefused},
		{"to the cloud's own address", redirectTo("http://169.254.169.254/latest"), picture, domain.CodeLinkRefused},
		{"without encryption", redirectTo("http://cdn.example.com/1"), picture, domain.CodeLinkRefused},
		{"to a file", redirectTo("file:///etc/passwd"), picture, domain.CodeLinkRefused},
		{"from the public host to this machine", redirectTo("https://cdn.example.com/1"), redirectTo("https://localhost/1"), domain.CodeLinkRefused},
		{"with the key in it", redirectTo("https://cdn.example.com/?k=CANARY-key"), picture, domain.CodeLinkRefused},
		{"to the sign-in page", redirectTo("/login"), picture, domain.CodeLogo},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			r := newLogoRig(t)
			r.answer, r.foreignAnswers = tc.api, tc.foreign
			got, err := r.client.Logo(t.Context(), r.api.URL+"/api/v2/logos/1")
			if domain.CodeOf(err) != tc.code || tc.code == "" && string(got) != pngBytes {
				t.Errorf("%q, %v; want code %q", got, err, tc.code)
			}
			for _, req := range r.foreignSeen {
				if req.Header.Get("X-Api-Key") != "" {
					t.Error("the key followed a redirect to a foreign host")
				}
			}
			if load := r.client.Load(); load.InFlight != 0 {
				t.Errorf("%d permits are lost", load.InFlight)
			}
		})
	}
}

func TestLogoAddressesThatAreRefused(t *testing.T) {
	r := newLogoRig(t)
	api, err := url.Parse(r.api.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"http://cdn.example.com/1", "ftp://cdn.example.com/1", "https://user:pw@cdn.example.com/1", "https://localhost/1", "https://127.0.0.1/1",
		"https://10.0.0.1/1", "https://[::1]/1", "https://[fe80::1]/1", "https://169.254.169.254/1", "https://intranet/1", "https:///1",
		"https://" + api.Host + "/1", "http://127.0.0.1:1/1", "http://user@" + api.Host + "/1", "data:image/png;base64,AAAA", "javascript:alert(1)", "file:///etc/passwd",
		"https://cdn.example.com/CANARY-key", "//127.0.0.1/1", "https://cdn.example.com/" + strings.Repeat("x", 4096), "%zz", "https://cdn.example.com:port/",
	} {
		_, err := r.client.Logo(t.Context(), address)
		if domain.CodeOf(err) != domain.CodeLinkRefused || strings.Contains(err.Error(), "CANARY") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if len(r.apiSeen)+len(r.foreignSeen) != 0 {
		t.Error("a refused address was read all the same")
	}
}

// A name may look public and lead to this machine; only the dial can tell.
func TestLogoNameThatLeadsHome(t *testing.T) {
	r := newLogoRig(t)
	dialer := net.Dialer{Control: refusePrivate}
	r.client.logos.direct.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dialer.DialContext(ctx, network, r.foreign.Listener.Addr().String())
	}
	_, err := r.client.Logo(t.Context(), "https://rebind.example.com/1")
	if domain.CodeOf(err) != domain.CodeLinkRefused || len(r.foreignSeen) != 0 {
		t.Errorf("%v, %d requests", err, len(r.foreignSeen))
	}
}

func TestLogoAnswers(t *testing.T) {
	body := func(status int, contentType, text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = io.WriteString(w, text)
		}
	}
	tests := []struct {
		name         string
		answer       http.HandlerFunc
		own, foreign domain.Code // from the API's host and from another
		says         string      // of the other host
	}{
		{"at the cap", body(200, "image/png", strings.Repeat("x", 2<<20)), "", "", ""},
		{"one byte more", body(200, "image/png", strings.Repeat("x", 2<<20+1)), domain.CodeLinkRefused, domain.CodeLinkRefused, "larger than"},
		{"nothing", body(200, "image/png", ""), domain.CodeProtocol, domain.CodeLogo, "is empty"},
		{"web page", body(200, "text/html", "<html>"), domain.CodeProtocol, domain.CodeLogo, "a web page came from cdn.example.com"},
		{"gone", body(404, "application/json", `{"message":"gone"}`), domain.CodeNotFound, domain.CodeLogo, "status 404"},
		{"server", body(500, "application/json", `{}`), domain.CodeServer, domain.CodeLogo, "cdn.example.com did not give it (status 500)"},
		{"too many", body(429, "application/json", `{}`), domain.CodeRateLimited, domain.CodeLogo, "status 429"},
		{"another key wanted", body(401, "application/json", `{"message":"sign in"}`), domain.CodeLogo, domain.CodeLogo, "status 401"},
		{"denied", body(403, "application/xml", "<Error/>"), domain.CodeForbidden, domain.CodeLogo, "status 403"},
		{"a proxy", body(407, "text/plain", "no"), domain.CodeRejected, domain.CodeLogo, "status 407"},
		{"to a sign-in page", redirectTo("/login"), domain.CodeLogo, domain.CodeLinkRefused, ""},
		{"broken off", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "900")
			_, _ = io.WriteString(w, pngBytes)
		}, domain.CodeProtocol, domain.CodeLogo, "broke off"},
		{"cut", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, domain.CodeOffline, domain.CodeLogo, "could not be reached"},
	}
	for _, tc := range tests {
		for address, code := range map[string]domain.Code{"/api/v2/logos/1": tc.own, "https://cdn.example.com/1": tc.foreign} {
			t.Run(tc.name+" "+address, func(t *testing.T) {
				r := newLogoRig(t)
				r.answer, r.foreignAnswers = tc.answer, tc.answer
				_, err := r.client.Logo(t.Context(), address)
				if domain.CodeOf(err) != code {
					t.Errorf("%v, want code %q", err, code)
				}
				if code == domain.CodeLogo && address != "/api/v2/logos/1" && !strings.Contains(err.Error(), tc.says) {
					t.Errorf("%v does not say %q", err, tc.says)
				}
			})
		}
	}
}

// TestOwnLogoIsTriedAgain: the API's host asks for pauses with logos as with
// everything else.
func TestOwnLogoIsTriedAgain(t *testing.T) {
	for _, status := range []int{429, 503} {
		r := newLogoRig(t)
		asked := 0
		r.answer = func(w http.ResponseWriter, req *http.Request) {
			if asked++; asked < 3 {
				w.WriteHeader(status)
				return
			}
			picture(w, req)
		}
		got, err := r.client.Logo(t.Context(), "/api/v2/logos/1")
		if err != nil || string(got) != pngBytes || asked != 3 {
			t.Errorf("after %d: %q, %v, asked %d times", status, got, err, asked)
		}
	}
}

func TestLogoThroughAProxy(t *testing.T) {
	r := newLogoRig(t)
	proxy, err := url.Parse("http://user:secret@127.0.0.1:9")
	if err != nil {
		t.Fatal(err)
	}
	r.client.logos.proxied.Proxy = http.ProxyURL(proxy)
	client, err := r.client.logos.clientFor(&url.URL{Scheme: "https", Host: "cdn.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	if layer, ok := client.Transport.(*agentLayer); !ok || layer.next != r.client.logos.proxied {
		t.Error("the system's proxy was passed by")
	}
	r.client.logos.proxied.Proxy = func(*http.Request) (*url.URL, error) {
		return nil, &url.Error{Op: "parse", URL: proxy.String(), Err: io.EOF}
	}
	if _, err := r.client.Logo(t.Context(), "https://cdn.example.com/1"); domain.CodeOf(err) != domain.CodeLogo || strings.Contains(err.Error(), "secret") {
		t.Errorf("%v", err)
	}
}
