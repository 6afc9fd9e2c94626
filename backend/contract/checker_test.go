package contract

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

const (
	org      = "5f0c1d2e3a4b5c6d7e8f9a0b"
	provider = "5f0c1d2e3a4b5c6d7e8f9a0c"
)

type reports struct {
	mu   sync.Mutex
	errs []error
}

func (r *reports) add(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errs = append(r.errs, err)
}

func (r *reports) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	lines := make([]string, 0, len(r.errs))
	for _, err := range r.errs {
		lines = append(lines, err.Error())
	}
	return strings.Join(lines, "\n")
}

type exchangeCase struct {
	name        string
	method, url string
	org         string
	noKey       bool
	request     string
	status      int
	contentType string
	answer      string
	header      map[string]string
	// want is a piece of the report; empty where nothing must be reported.
	want string
}

func goodCases() []exchangeCase {
	pdf, png := "%PDF-1.4\n%%EOF\n", "\x89PNG\r\n\x1a\nrest"
	return []exchangeCase{
		{name: "list", url: "/api/v2/providers/" + provider + "/organizations?limit=100&skip=0&sort=id",
			answer: `{"results":[{"id":"` + org + `","name":"Acme","maxSystemUsers":5}],"totalCount":1}`},
		{name: "counts", url: "/api/systemusers?limit=1&fields=_id", org: org, answer: `{"results":[{"_id":"` + org + `"}],"totalCount":12}`},
		{name: "remote assist", url: "/api/organizations/" + org,
			answer: `{"_id":"` + org + `","settings":{"features":{"remoteAssist":{"enabled":true}},"pendingDelete":false}}`},
		{name: "settings", method: "PUT", url: "/api/organizations/" + org, request: `{"settings":{"features":{"remoteAssist":{"enabled":false}}}}`,
			answer: `{"_id":"` + org + `"}`},
		{name: "create", method: "POST", url: "/api/v2/providers/" + provider + "/organizations", request: `{"name":"Acme"}`, status: 201,
			answer: `{"id":"` + org + `","name":"Acme"}`},
		{name: "delete", method: "DELETE", url: "/api/v2/providers/" + provider + "/administrators/" + org, status: 204},
		{name: "links", url: "/api/v2/organizations/" + org + "/administratorlinks?limit=100", answer: `[{"administrator":"` + org + `","organization":"` + org + `"}]`},
		{name: "invoice", url: "/api/v2/providers/" + provider + "/invoices/INV-1", contentType: "application/pdf", answer: pdf},
		{name: "logo", url: "/api/v2/logos/abc", noKey: true, contentType: "image/png", answer: png},
		{name: "refusal", url: "/api/v2/providers/" + provider, status: 403, answer: `{"code":403,"message":"no","status":"Forbidden"}`},
		{name: "several filters", url: "/api/systems?filter=a:$eq:b&filter=c:$eq:d", org: org, answer: `{"results":[],"totalCount":0}`},
		{name: "spoiled on purpose", url: "/api/users/getSelf", contentType: "text/html", answer: "<html>", header: map[string]string{FaultHeader: "html"}},
		{name: "unknown route refused", url: "/api/nothing", status: 404, answer: `{"message":"no"}`, want: "no such operation"},
	}
}

func badCases() []exchangeCase {
	list := "/api/v2/providers/" + provider + "/organizations"
	empty := `{"results":[],"totalCount":0}`
	return []exchangeCase{
		{name: "undeclared field", url: list, answer: `{"results":[{"id":"` + org + `","colour":"red"}],"totalCount":1}`, want: "colour"},
		{name: "undeclared nested field", url: "/api/organizations/" + org, answer: `{"settings":{"features":{"remoteAssist":{"on":true}}}}`, want: "property \"on\" is unsupported"},
		{name: "wrong type", url: list, answer: `{"results":[{"id":"` + org + `","maxSystemUsers":"5"}],"totalCount":1}`, want: "maxSystemUsers"},
		{name: "null list", url: list, answer: `{"results":null,"totalCount":0}`, want: "results"},
		{name: "missing count", url: list, answer: `{"results":[]}`, want: "totalCount"},
		{name: "negative count", url: list, answer: `{"results":[],"totalCount":-1}`, want: "totalCount"},
		{name: "id of another form", url: list, answer: `{"results":[{"id":"12"}],"totalCount":1}`, want: "pattern"},
		{name: "undeclared query parameter", url: list + "?page=2", answer: empty, want: `query parameter "page" is not declared`},
		{name: "query parameter in other letters", url: list + "?Limit=2", answer: empty, want: `"Limit" is not declared`},
		{name: "query parameter twice", url: list + "?limit=2&limit=3", answer: empty, want: "given 2 times"},
		{name: "limit above 100", url: list + "?limit=101", answer: empty, want: "at most 100"},
		{name: "negative skip", url: list + "?skip=-1", answer: empty, want: "at least 0"},
		{name: "missing x-org-id", url: "/api/systems?limit=1", answer: empty, want: "x-org-id"},
		{name: "malformed x-org-id", url: "/api/systems?limit=1", org: "acme", answer: empty, want: "x-org-id"},
		{name: "x-org-id out of place", url: list, org: org, answer: empty, want: "x-org-id is sent"},
		{name: "missing required field", method: "POST", url: list, request: `{"maxSystemUsers":4}`, status: 201, answer: `{"id":"` + org + `"}`, want: `"name"`},
		{name: "undeclared field sent", method: "POST", url: list, request: `{"name":"a","note":"b"}`, status: 201, answer: `{"id":"` + org + `"}`, want: "note"},
		{name: "body where none is taken", method: "DELETE", url: "/api/v2/providers/" + provider + "/administrators/" + org, request: `{"a":1}`, status: 204, want: "body not allowed"},
		{name: "no key", url: "/api/users/getSelf", noKey: true, answer: `{"email":"a@b.example"}`, want: "no API key"},
		{name: "malformed path id", url: "/api/organizations/ACME", answer: `{}`, want: "pattern"},
		{name: "unknown route answered", url: "/api/v3/everything", answer: `{}`, want: "operation that does not exist"},
		{name: "unknown method", method: "PATCH", url: "/api/organizations/" + org, request: `{}`, answer: `{}`, want: "no such operation"},
		{name: "undeclared status", url: list, status: 418, answer: `{"message":"teapot"}`, want: "status 418"},
		{name: "permanent redirect", url: list, status: 301, header: map[string]string{"Location": "/login"}, want: "status 301"},
		{name: "redirect elsewhere", url: list, status: 302, header: map[string]string{"Location": "https://example.com/"}, want: "Location"},
		{name: "html", url: list, contentType: "text/html", answer: "<html></html>", want: "Content-Type"},
		{name: "truncated json", url: list, answer: `{"results":[`, want: "decode"},
		{name: "error of another shape", url: list, status: 403, answer: `{"reason":"no"}`, want: "reason"},
		{name: "document that is none", url: "/api/v2/providers/" + provider + "/invoices/7", contentType: "application/pdf", answer: "hello", want: "not application/pdf"},
		{name: "image of undeclared type", url: "/api/v2/logos/abc", contentType: "image/webp", answer: "RIFF", want: "image/webp"},
		{name: "content after no content", url: "/api/users/getSelf", status: 204, want: "status 204"},
	}
}

func (tc exchangeCase) run(t *testing.T, checker *Checker, server bool) string {
	t.Helper()
	var found reports
	serve := func(w http.ResponseWriter, _ *http.Request) {
		for name, value := range tc.header {
			w.Header().Set(name, value)
		}
		w.Header().Set("Content-Type", "application/json")
		if tc.contentType != "" {
			w.Header().Set("Content-Type", tc.contentType)
		}
		if tc.status != 0 {
			w.WriteHeader(tc.status)
		}
		_, _ = io.WriteString(w, tc.answer)
	}
	transport := http.RoundTripper(&http.Transport{})
	handler := http.Handler(http.HandlerFunc(serve))
	if server {
		handler = checker.Handler(handler, found.add)
	} else {
		transport = checker.RoundTripper(transport, found.add)
	}
	srv := httptest.NewServer(handler)
	defer srv.Close()
	method := tc.method
	if method == "" {
		method = http.MethodGet
	}
	req, err := http.NewRequestWithContext(t.Context(), method, srv.URL+tc.url, strings.NewReader(tc.request))
	if err != nil {
		t.Fatal(err)
	}
	if tc.request != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	if !tc.noKey {
		req.Header.Set("x-api-key", "secret-canary")
	}
	if tc.org != "" {
		req.Header.Set("x-org-id", tc.org)
	}
	resp, err := transport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil || string(body) != tc.answer {
		t.Errorf("body %q, %v; want %q", body, err, tc.answer)
	}
	_ = resp.Body.Close()
	return found.text()
}

func TestExchanges(t *testing.T) {
	checker, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, side := range []string{"client", "server"} {
		for _, tc := range append(goodCases(), badCases()...) {
			t.Run(side+"/"+tc.name, func(t *testing.T) {
				got := tc.run(t, checker, side == "server")
				if tc.want == "" && got != "" || !strings.Contains(got, tc.want) {
					t.Errorf("reported %q, want %q", got, tc.want)
				}
				if strings.Contains(got, "secret-canary") {
					t.Error("the report holds the key")
				}
			})
		}
	}
}

func TestOptions(t *testing.T) {
	checker, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	var found reports
	base := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html>")
	})
	exempt := func(_ int, header http.Header) bool { return header.Get("Content-Type") == "text/html" }
	handler := checker.Handler(base, found.add, AnswersOnly(), ExemptAnswers(exempt))
	for _, path := range []string{"/api/users/getSelf?odd=1", "/__sim/stats", "/login"} {
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, path, nil))
	}
	if got := found.text(); got != "" {
		t.Errorf("reported %q, want nothing", got)
	}
}

func TestBrokenAnswerPassesOn(t *testing.T) {
	checker, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	var found reports
	broken := errors.New("broken")
	base := roundTripFunc(func(req *http.Request) (*http.Response, error) {
		body := io.NopCloser(io.MultiReader(strings.NewReader(`{"res`), failing{broken}))
		return &http.Response{StatusCode: 200, Header: http.Header{"Content-Type": {"application/json"}}, Body: body, Request: req}, nil
	})
	req := httptest.NewRequest(http.MethodGet, "/api/users/getSelf", nil)
	req.Header.Set("x-api-key", "k")
	resp, err := checker.RoundTripper(base, found.add).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if string(body) != `{"res` || !errors.Is(err, broken) || found.text() != "" {
		t.Errorf("body %q, error %v, reported %q", body, err, found.text())
	}
}

type roundTripFunc func(*http.Request) (*http.Response, error)

func (f roundTripFunc) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// TestClientThatWentAway: nobody was answered, so that there is no answer to check.
func TestClientThatWentAway(t *testing.T) {
	checker, err := Load("")
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range []bool{true, false} {
		ctx, leave := context.WithCancel(t.Context())
		defer leave()
		found := &reports{}
		handler := checker.Handler(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			if gone {
				leave()
			}
		}), found.add)
		req := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/users/getSelf", nil)
		req.Header.Set("x-api-key", "jca_x")
		handler.ServeHTTP(httptest.NewRecorder(), req)
		if (found.text() == "") != gone {
			t.Errorf("gone %v: reported is %q", gone, found.text())
		}
	}
}

func TestCloseObjects(t *testing.T) {
	document := `{"openapi":"3.0.3","info":{"title":"t","version":"1"},"paths":{"/a":{"get":{"responses":{"200":{"description":"d","content":{"application/json":
		{"schema":{"type":"object","properties":{"known":{"type":"object","properties":{"deep":{"type":"string"}}},"free":{"type":"object"}}}}}}}}}}}`
	path := filepath.Join(t.TempDir(), "open.json")
	if err := os.WriteFile(path, []byte(document), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, closed := range []bool{false, true} {
		checker, err := Load(path)
		if err != nil {
			t.Fatal(err)
		}
		if closed {
			checker.CloseObjects()
		}
		for answer, fine := range map[string]bool{`{"known":{"deep":"x"},"free":{"any":1}}`: true, `{"other":1}`: false, `{"known":{"other":1}}`: false} {
			got := exchangeCase{url: "/a", answer: answer}.run(t, checker, false)
			if (got == "") != (fine || !closed) {
				t.Errorf("closed %v: %s reported %q", closed, answer, got)
			}
		}
	}
}

func TestLoad(t *testing.T) {
	checker, err := Load("openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	operations := checker.Operations()
	if len(operations) != 23 || !slices.Contains(operations, "GET /api/users/getSelf") {
		t.Errorf("operations: %q", operations)
	}
	if _, err := Load("missing.yaml"); err == nil {
		t.Error("a missing file was accepted")
	}
}
