package jumpcloud_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
)

const (
	someOrg      = "5f0c1d2e3a4b5c6d7e8f9a0b"
	someProvider = "5f0c1d2e3a4b5c6d7e8f9a0c"
)

// serve starts a server that gives every call the same answer.
func serve(t *testing.T, status int, header map[string]string, body string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		for name, value := range header {
			w.Header().Set(name, value)
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}))
	t.Cleanup(server.Close)
	return server
}

func listOnce(t *testing.T, client *jumpcloud.Client) (items []domain.Listed, err error) {
	t.Helper()
	for page, err := range client.ProviderOrganizations(t.Context(), someProvider) {
		if err != nil {
			return items, err
		}
		items = append(items, page.Items...)
	}
	return items, nil
}

func TestOddListAnswers(t *testing.T) {
	record := `{"id":"` + someOrg + `","name":"Acme"}`
	tests := []struct {
		name, body string
		items      int // -1 for a protocol error
	}{
		{"one", `{"results":[` + record + `],"totalCount":1}`, 1},
		{"unknown fields", `{"results":[{"id":"` + someOrg + `","new":{"a":[1]}}],"totalCount":1,"more":2}`, 1},
		{"null and none", `{"results":null,"totalCount":0}`, 0},
		{"null and some", `{"results":null,"totalCount":3}`, -1},
		{"no list", `{"totalCount":0}`, -1},
		{"no count", `{"results":[]}`, -1},
		{"count is null", `{"results":[],"totalCount":null}`, -1},
		{"count is text", `{"results":[],"totalCount":"1"}`, -1},
		{"count is negative", `{"results":[],"totalCount":-1}`, -1},
		{"count is absurd", `{"results":[],"totalCount":10000001}`, -1},
		{"count is beyond numbers", `{"results":[],"totalCount":99999999999999999999}`, -1},
		{"count is a fraction", `{"results":[],"totalCount":1.5}`, -1},
		{"list is an object", `{"results":{},"totalCount":0}`, -1},
		{"a record is null", `{"results":[null],"totalCount":1}`, -1},
		{"a record is text", `{"results":["acme"],"totalCount":1}`, -1},
		{"an id is malformed", `{"results":[{"id":"../etc","name":"x"}],"totalCount":1}`, -1},
		{"no id", `{"results":[{"name":"x"}],"totalCount":1}`, -1},
		{"a cap is negative", `{"results":[{"id":"` + someOrg + `","maxSystemUsers":-5}],"totalCount":1}`, -1},
		{"a cap is absurd", `{"results":[{"id":"` + someOrg + `","maxSystemUsers":10000001}],"totalCount":1}`, -1},
		{"a page of thousands", `{"results":[` + strings.Repeat(record+",", 1000) + record + `],"totalCount":1001}`, -1},
		{"bare list", `[` + record + `]`, -1},
		{"null", `null`, -1},
		{"empty", ``, -1},
		{"two values", `{"results":[],"totalCount":0}{}`, -1},
		{"cut off", `{"results":[` + record, -1},
		{"deeply nested", `{"results":` + strings.Repeat("[", 100000), -1},
		{"text", `hello`, -1},
		{"web page with another type", `  <!DOCTYPE html><html>`, -1},
		{"web page after a byte order mark", "\ufeff<html>", -1},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			server := serve(t, http.StatusOK, nil, tc.body)
			items, err := listOnce(t, newClient(t, server.URL, nil))
			if tc.items < 0 {
				wantCode(t, err, domain.CodeProtocol)
			} else if err != nil || len(items) != tc.items {
				t.Errorf("%d items, %v", len(items), err)
			}
		})
	}
}

func TestOddSingleAnswers(t *testing.T) {
	tests := []struct {
		name, body string
		good       bool
	}{
		{"plain", `{"_id":"` + someOrg + `","created":"2020-01-02T03:04:05.678Z"}`, true},
		{"nothing known", `{}`, true},
		{"another organization", `{"_id":"` + someProvider + `"}`, false},
		{"settings are text", `{"settings":"none"}`, false},
		{"switch is text", `{"settings":{"features":{"remoteAssist":{"enabled":"yes"}}}}`, false},
		{"list", `[]`, false},
		{"null", `null`, false},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			server := serve(t, http.StatusOK, nil, tc.body)
			details, err := newClient(t, server.URL, nil).Details(t.Context(), someOrg)
			if !tc.good {
				wantCode(t, err, domain.CodeProtocol)
				return
			}
			if err != nil || details.RemoteAssist != domain.RemoteAssistUnknown || details.Created.IsZero() {
				t.Errorf("%+v, %v", details, err)
			}
		})
	}
}

func TestIdentifyFallsBack(t *testing.T) {
	self := `{"_id":"` + someOrg + `","email":"sam@msp.example","roleName":"Manager"}`
	tests := []struct {
		name         string
		list, org    string
		listStatus   int
		wantProvider string
		wantErr      domain.Code
	}{
		{"by an organization", `{"results":[{"_id":"` + someOrg + `"}],"totalCount":4}`, `{"provider":"` + someProvider + `"}`, 200, someProvider, ""},
		{"no organization", `{"results":[],"totalCount":0}`, `{}`, 200, "", ""},
		{"no right to the list", `{"message":"no"}`, ``, 403, "", ""},
		{"organization without a provider", `{"results":[{"_id":"` + someOrg + `"}],"totalCount":1}`, `{}`, 200, "", ""},
		{"malformed provider", `{"results":[{"_id":"` + someOrg + `"}],"totalCount":1}`, `{"provider":"x"}`, 200, "", domain.CodeProtocol},
		{"key replaced meanwhile", `{"message":"no"}`, ``, 401, "", domain.CodeUnauthorized},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			mux := http.NewServeMux()
			answer := func(path string, status int, body string) {
				mux.HandleFunc("GET "+path, func(w http.ResponseWriter, _ *http.Request) {
					w.Header().Set("Content-Type", "application/json")
					w.WriteHeader(status)
					_, _ = io.WriteString(w, body)
				})
			}
			answer("/api/users/getSelf", 200, self)
			answer("/api/organizations", tc.listStatus, tc.list)
			answer("/api/organizations/"+someOrg, 200, tc.org)
			server := httptest.NewServer(mux)
			defer server.Close()
			identity, err := newClient(t, server.URL, nil).Identify(t.Context())
			if tc.wantErr != "" {
				wantCode(t, err, tc.wantErr)
				return
			}
			single := tc.name == "organization without a provider"
			if err != nil || identity.ProviderID != tc.wantProvider || identity.Email != "sam@msp.example" || identity.SingleOrganization != single {
				t.Errorf("%+v, %v", identity, err)
			}
		})
	}
}

func TestRedirectsAreRefused(t *testing.T) {
	followed := 0
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed++ }))
	defer elsewhere.Close()
	tests := []struct {
		name, location string
		status         int
		code           domain.Code
		words          string
	}{
		{"to the sign-in page", "/login", 302, domain.CodeUnauthorized, "API key"},
		{"to the sign-in page for good", "/login?next=x", 301, domain.CodeUnauthorized, "API key"},
		{"to a captive portal", elsewhere.URL + "/welcome", 302, domain.CodeProtocol, "web page"},
		{"to another host's sign-in page", elsewhere.URL + "/login", 307, domain.CodeProtocol, "web page"},
		{"to another path", "/api/v3", 308, domain.CodeProtocol, "does not follow"},
		{"to nowhere", "", 302, domain.CodeProtocol, "does not follow"},
		{"not modified", "", 304, domain.CodeProtocol, "does not follow"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			header := map[string]string{}
			if tc.location != "" {
				header["Location"] = tc.location
			}
			server := serve(t, tc.status, header, "")
			_, err := newClient(t, server.URL, nil).Identify(t.Context())
			if failed := wantCode(t, err, tc.code); !strings.Contains(failed.Message, tc.words) {
				t.Errorf("%q, want %q and a full stop", failed.Message, tc.words)
			}
		})
	}
	if followed != 0 {
		t.Errorf("%d redirects were followed", followed)
	}
}

func TestServersWords(t *testing.T) {
	tests := []struct{ name, body, words string }{
		{"message", `{"code":403,"message":"Billing role needed","status":"Forbidden"}`, "“Billing role needed”"},
		{"error", `{"error":"Billing role needed"}`, "“Billing role needed”"},
		{"message before error", `{"message":"first","error":"second"}`, "“first”"},
		{"empty message", `{"message":"","error":"second"}`, "“second”"},
		{"message is no text", `{"message":{"a":1},"error":"second"}`, "“second”"},
		{"control characters", `{"message":"a\u0000b\u001b[31mc\nd\u202ee"}`, "“ab[31mc de”"},
		{"long", `{"message":"` + strings.Repeat("é", 500) + `"}`, "“" + strings.Repeat("é", 299) + "…”"},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			server := serve(t, http.StatusForbidden, nil, tc.body)
			_, err := newClient(t, server.URL, nil).Identify(t.Context())
			if failed := wantCode(t, err, domain.CodeForbidden); !strings.HasSuffix(failed.Message, tc.words+".") {
				t.Errorf("%q, want %q and a full stop", failed.Message, tc.words)
			}
		})
	}
	for _, body := range []string{"", "<html>Forbidden</html>", `{"code":403}`, `[]`, `{"message":`} {
		server := serve(t, http.StatusForbidden, nil, body)
		_, err := newClient(t, server.URL, nil).Identify(t.Context())
		if failed := wantCode(t, err, domain.CodeForbidden); strings.Contains(failed.Message, "says") {
			t.Errorf("%q for %q", failed.Message, body)
		} else if strings.HasPrefix(body, "<") != strings.Contains(failed.Hint, "a proxy or this network") {
			t.Errorf("hint %q for %q", failed.Hint, body)
		}
	}
}

func TestBodyCaps(t *testing.T) {
	pad := func(total int) string {
		const start, end = `{"totalCount":0,"results":[],"pad":"`, `"}`
		return start + strings.Repeat("x", total-len(start)-len(end)) + end
	}
	tests := []struct {
		name string
		size int
		list bool
		good bool
	}{
		{"list at the cap", 8 << 20, true, true},
		{"list one byte more", 8<<20 + 1, true, false},
		{"record at the cap", 2 << 20, false, true},
		{"record one byte more", 2<<20 + 1, false, false},
	}
	for _, tc := range tests {
		t.Run(tc.name, func(t *testing.T) {
			server := serve(t, http.StatusOK, nil, pad(tc.size))
			client := newClient(t, server.URL, nil)
			var err error
			if tc.list {
				_, err = listOnce(t, client)
			} else {
				_, err = client.Provider(t.Context(), someProvider)
			}
			if tc.good && err != nil {
				t.Error(err)
			} else if !tc.good {
				wantCode(t, err, domain.CodeProtocol)
			}
		})
	}
}
