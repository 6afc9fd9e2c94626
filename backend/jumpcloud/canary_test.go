package jumpcloud_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
)

const canary = "CANARY-jca_0123456789/abc+def=="

// holdsCanary looks for the key in an error: its message, hint, text and
// everything it wraps.
func holdsCanary(err error) bool {
	for e := err; e != nil; e = errors.Unwrap(e) {
		if strings.Contains(fmt.Sprintf("%v %+v %#v", e, e, e), "CANARY") {
			return true
		}
	}
	if shown, ok := errors.AsType[*domain.Error](err); ok {
		return strings.Contains(shown.Message+shown.Hint, "CANARY")
	}
	return false
}

func TestTheKeyLeaksNowhere(t *testing.T) {
	echo := func(status int, contentType, format string) http.HandlerFunc {
		return func(w http.ResponseWriter, req *http.Request) {
			key := req.Header.Get("x-api-key")
			w.Header().Set("Content-Type", contentType)
			w.Header().Set("Location", "https://evil.example/?key="+url.QueryEscape(key))
			w.WriteHeader(status)
			_, _ = io.WriteString(w, strings.ReplaceAll(format, "KEY", key))
		}
	}
	cut := func(w http.ResponseWriter, _ *http.Request) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_ = conn.Close()
		}
	}
	odd := func(w http.ResponseWriter, req *http.Request) {
		if conn, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_, _ = io.WriteString(conn, "HTTP/1.1 "+req.Header.Get("x-api-key")+"\r\n\r\n")
			_ = conn.Close()
		}
	}
	tests := map[string]http.HandlerFunc{
		"refused with words":  echo(403, "application/json", `{"message":"key KEY may not"}`),
		"unauthorized":        echo(401, "application/json", `{"error":"no such key: KEY"}`),
		"server error":        echo(500, "application/json", `{"message":"KEY"}`),
		"too many":            echo(429, "application/json", `{"message":"KEY"}`),
		"redirect":            echo(302, "text/plain", `KEY`),
		"web page":            echo(200, "text/html", `<html>KEY`),
		"garbage":             echo(200, "application/json", `KEY`),
		"wrong type":          echo(200, "application/json", `{"_id":"KEY","results":"KEY","totalCount":"KEY","email":["KEY"],"settings":"KEY","id":{"KEY":1}}`),
		"malformed id":        echo(200, "application/json", `{"results":[{"_id":"KEY","id":"KEY"}],"totalCount":1,"_id":"KEY","provider":"KEY","id":"KEY"}`),
		"cut":                 cut,
		"malformed status":    odd,
		"odd type and status": echo(418, "KEY", `{"message":"KEY KEY"}`),
	}
	for name, handler := range tests {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(handler)
			defer server.Close()
			var log logBuffer
			var seen []string
			plain := &http.Transport{}
			defer plain.CloseIdleConnections()
			base := roundTripFunc(func(req *http.Request) (*http.Response, error) {
				seen = append(seen, req.URL.String())
				if req.Header.Get("x-api-key") != canary {
					t.Error("the call went without the key")
				}
				return plain.RoundTrip(req)
			})
			client := newClient(t, server.URL, base, func(o *jumpcloud.Options) { o.APIKey, o.Logger = canary, log.logger() })
			failed := 0
			for _, err := range everyCall(t, client) {
				if err != nil {
					failed++
				}
				if holdsCanary(err) {
					t.Errorf("an error holds the key: %v", err)
				}
			}
			if failed == 0 {
				t.Error("no call failed")
			}
			if strings.Contains(log.String(), "CANARY") || !strings.Contains(log.String(), "jumpcloud call") {
				t.Errorf("log:\n%s", log.String())
			}
			for _, address := range seen {
				if strings.Contains(address, "CANARY") {
					t.Errorf("the key is in %s", address)
				}
			}
		})
	}
}

// everyCall makes each kind of call once and gives the errors.
func everyCall(t *testing.T, client *jumpcloud.Client) []error {
	t.Helper()
	var all []error
	add := func(err error) { all = append(all, err) }
	_, err := client.Identify(t.Context())
	add(err)
	_, err = client.Provider(t.Context(), someProvider)
	add(err)
	_, err = listOnce(t, client)
	add(err)
	for _, err := range client.Organizations(t.Context()) {
		add(err)
	}
	_, err = client.Details(t.Context(), someOrg)
	add(err)
	for _, kind := range domain.FigureKinds() {
		_, err = client.Count(t.Context(), someOrg, kind)
		add(err)
	}
	_, err = client.CreateOrganization(t.Context(), someProvider, "x", nil)
	add(err)
	_, err = client.RenameOrganization(t.Context(), someProvider, someOrg, "x")
	add(err)
	_, err = client.UpdateSettings(t.Context(), someOrg, domain.SettingsChange{})
	add(err)
	_, err = client.Administrators(t.Context(), someProvider)
	add(err)
	_, err = client.LocalAdministrators(t.Context(), someOrg)
	add(err)
	_, err = client.OrganizationAdministrators(t.Context(), someOrg)
	add(err)
	_, err = client.Invoices(t.Context(), someProvider)
	add(err)
	_, err = client.InvoicePDF(t.Context(), someProvider, "7")
	add(err)
	_, err = client.Logo(t.Context(), "/api/v2/logos/1")
	add(err)
	add(client.DeleteAdministrator(t.Context(), someProvider, someOrg))
	add(client.AddAccess(t.Context(), someProvider, someOrg))
	return all
}

func TestTheLogHasALineACall(t *testing.T) {
	server := serve(t, http.StatusOK, nil, `{"id":"`+someProvider+`"}`)
	var log logBuffer
	client := newClient(t, server.URL, nil, func(o *jumpcloud.Options) { o.Logger = log.logger() })
	if _, err := client.Provider(t.Context(), someProvider); err != nil {
		t.Fatal(err)
	}
	line := log.String()
	for _, piece := range []string{"method=GET", "path=/api/v2/providers/" + someProvider, "status=200", "ms=0"} {
		if !strings.Contains(line, piece) {
			t.Errorf("%q lacks %q", line, piece)
		}
	}
	if bytes.Count([]byte(line), []byte("\n")) != 1 {
		t.Errorf("log:\n%s", line)
	}
}

func TestRequestsCarryWhatTheyMust(t *testing.T) {
	var got *http.Request
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		got = req
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, `{"results":[],"totalCount":0}`)
	}))
	defer server.Close()
	client := newClient(t, server.URL, nil)
	if _, err := client.Count(t.Context(), someOrg, domain.FigureUsers); err != nil {
		t.Fatal(err)
	}
	if got.Header.Get("x-org-id") != someOrg || got.Header.Get("x-api-key") != "jca_test" || got.UserAgent() != "Orgdeck/1" || got.Header.Get("Accept") != "application/json" {
		t.Errorf("headers %v", got.Header)
	}
	if _, err := listOnce(t, client); err != nil {
		t.Fatal(err)
	}
	if _, sent := got.Header["X-Org-Id"]; sent {
		t.Error("x-org-id went with a provider's call")
	}
}
