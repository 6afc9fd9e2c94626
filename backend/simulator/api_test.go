package simulator

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// reply is what a test sees of an answer.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func (r reply) decode(t *testing.T, into any) {
	t.Helper()
	if err := json.Unmarshal(r.body, into); err != nil {
		t.Fatalf("status %d, undecodable body %q: %v", r.status, r.body, err)
	}
}

func (r reply) object(t *testing.T) map[string]any {
	t.Helper()
	var m map[string]any
	r.decode(t, &m)
	return m
}

// list is a V1 or V2 list.
type list struct {
	Results    []map[string]any `json:"results"`
	TotalCount int              `json:"totalCount"`
}

func (r reply) list(t *testing.T) list {
	t.Helper()
	if r.status != http.StatusOK {
		t.Fatalf("status %d: %s", r.status, r.body)
	}
	var l list
	r.decode(t, &l)
	return l
}

// send does a request with the valid key; header pairs follow, and "x-api-key"
// with an empty value leaves the key out.
func send(t *testing.T, s *Server, method, target string, body any, header ...string) reply {
	t.Helper()
	var raw []byte
	if body != nil {
		var err error
		if raw, err = json.Marshal(body); err != nil {
			t.Fatal(err)
		}
	}
	r := httptest.NewRequestWithContext(t.Context(), method, "http://sim.example"+target, bytes.NewReader(raw))
	r.Header.Set("x-api-key", s.APIKey())
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
		if header[i+1] == "" {
			r.Header.Del(header[i])
		}
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return reply{status: w.Code, header: w.Result().Header, body: w.Body.Bytes()}
}

func get(t *testing.T, s *Server, target string, header ...string) reply {
	t.Helper()
	return send(t, s, http.MethodGet, target, nil, header...)
}

func wantStatus(t *testing.T, r reply, status int) {
	t.Helper()
	if r.status != status {
		t.Fatalf("status %d, want %d: %s", r.status, status, r.body)
	}
	if status < 400 {
		return
	}
	var e struct {
		Code            int
		Message, Status string
	}
	r.decode(t, &e)
	if e.Code != status || e.Message == "" || e.Status != http.StatusText(status) {
		t.Fatalf("not the published error body: %s", r.body)
	}
}

func (s *Server) providerPath(rest string) string { return "/api/v2/providers/" + s.provider + rest }

// acme gives the id of the first customer, whose values are known.
func acme(t *testing.T, s *Server) string {
	t.Helper()
	found := s.OrganizationsNamed("Acme Dental Group")
	if len(found) != 1 {
		t.Fatalf("%d organizations are called Acme Dental Group", len(found))
	}
	return found[0].ID
}

func held(t *testing.T, s *Server, id string) OrganizationState {
	t.Helper()
	state, err := s.Organization(id)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

func put(t *testing.T, s *Server, id string, settings map[string]any) reply {
	t.Helper()
	return send(t, s, http.MethodPut, "/api/organizations/"+id, map[string]any{"settings": settings})
}

func texts(rows []map[string]any, field string) []string {
	out := make([]string, len(rows))
	for i, row := range rows {
		out[i] = fmt.Sprint(row[field])
	}
	return out
}

func distinct(values []string) int {
	seen := map[string]bool{}
	for _, v := range values {
		seen[v] = true
	}
	return len(seen)
}

// clock is a time that tests move.
type clock struct{ at time.Time }

func newClock() *clock { return &clock{at: time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)} }

func (c *clock) now() time.Time { return c.at }

func ptr[T any](v T) *T { return &v }

func TestUnknownRoutesAndMethods(t *testing.T) {
	s := New(Options{Orgs: 3})
	for _, path := range []string{"/api/nothing", "/api/v2/providers", "/api/organizations/", "/api/v2/logos/a/b", "/api/%zz"} {
		if strings.Contains(path, "%") {
			continue // not a request a client can send
		}
		wantStatus(t, get(t, s, path), http.StatusNotFound)
	}
	r := send(t, s, http.MethodDelete, "/api/organizations/"+acme(t, s), nil)
	wantStatus(t, r, http.StatusMethodNotAllowed)
	if r.header.Get("Allow") != "GET, PUT" {
		t.Errorf("Allow = %q", r.header.Get("Allow"))
	}
	login := get(t, s, "/login", "x-api-key", "")
	if login.status != http.StatusOK || !strings.Contains(string(login.body), "<html") {
		t.Errorf("/login answers %d %q", login.status, login.body)
	}
}

func TestBodyIsCapped(t *testing.T) {
	s := New(Options{Orgs: 3})
	big := strings.Repeat("x", maxBody)
	wantStatus(t, put(t, s, acme(t, s), map[string]any{"logo": big}), http.StatusBadRequest)
}
