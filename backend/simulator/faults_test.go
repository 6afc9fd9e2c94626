package simulator

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"syscall"
	"testing"
	"time"
)

// live serves a simulator over a real connection.
func live(t *testing.T, opts Options, faults ...Fault) (*Server, *httptest.Server) {
	t.Helper()
	s := New(opts)
	if err := s.AddFaults(faults...); err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return s, srv
}

// fetch does a request and reads the body; the error is of either.
func fetch(ctx context.Context, s *Server, srv *httptest.Server, target string) (*http.Response, []byte, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, srv.URL+target, nil)
	if err != nil {
		return nil, nil, err
	}
	r.Header.Set("x-api-key", s.APIKey())
	res, err := srv.Client().Do(r)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res, body, err
}

func TestFaultAnswers(t *testing.T) {
	s, srv := live(t, Options{Orgs: 30})
	cases := []struct {
		fault       Fault
		status      int
		contentType string
		check       func(body []byte) bool
	}{
		{Fault{Kind: FaultStatus}, 500, "application/json", json.Valid},
		{Fault{Kind: FaultStatus, Status: 503, RetryAfter: "Wed, 21 Oct 2026 07:28:00 GMT"}, 503, "application/json", json.Valid},
		{Fault{Kind: FaultStatus, Status: 204}, 204, "application/json", func(b []byte) bool { return len(b) == 0 }},
		{Fault{Kind: FaultHTML}, 200, "text/html; charset=utf-8", func(b []byte) bool { return strings.Contains(string(b), "<html") }},
		{Fault{Kind: FaultGarbage}, 200, "application/json", func(b []byte) bool { return !json.Valid(b) }},
		{Fault{Kind: FaultEmpty}, 200, "application/json", func(b []byte) bool { return len(b) == 0 }},
		{Fault{Kind: FaultHuge}, 200, "application/json", func(b []byte) bool { return len(b) > 50<<20 }},
		{Fault{Kind: FaultSlow, DelayMS: 1}, 200, "application/json", json.Valid},
	}
	for _, c := range cases {
		c.fault.Times = 1
		if err := s.AddFaults(c.fault); err != nil {
			t.Fatal(err)
		}
		res, body, err := fetch(t.Context(), s, srv, "/api/organizations")
		if err != nil || res.StatusCode != c.status || res.Header.Get("Content-Type") != c.contentType || !c.check(body) {
			t.Errorf("%+v: %v, status %v", c.fault, err, res)
		}
		if res != nil && res.Header.Get(FaultHeader) != string(c.fault.Kind) {
			t.Errorf("the answer is marked %q", res.Header.Get(FaultHeader))
		}
		if res != nil && res.Header.Get("Retry-After") != string(c.fault.RetryAfter) {
			t.Errorf("Retry-After %q", res.Header.Get("Retry-After"))
		}
		if res, _, err = fetch(t.Context(), s, srv, "/api/organizations"); err != nil || res.StatusCode != http.StatusOK {
			t.Errorf("%+v lasts longer than once", c.fault)
		}
	}
}

func TestBrokenConnections(t *testing.T) {
	s, srv := live(t, Options{Orgs: 30})
	for kind, want := range map[FaultKind]error{FaultReset: syscall.ECONNRESET, FaultLost: syscall.ECONNRESET, FaultTruncate: io.ErrUnexpectedEOF} {
		// A client repeats a request by itself when a kept connection breaks, so
		// the fault stays.
		if err := s.AddFaults(Fault{Kind: kind}); err != nil {
			t.Fatal(err)
		}
		if _, _, err := fetch(t.Context(), s, srv, "/api/organizations"); !errors.Is(err, want) {
			t.Errorf("%s: %v", kind, err)
		}
		s.ClearFaults()
	}
	if err := s.AddFaults(Fault{Kind: FaultTimeout}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, _, err := fetch(ctx, s, srv, "/api/organizations"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("timeout: %v", err)
	}
}

func TestLostAnswersAreApplied(t *testing.T) {
	s, srv := live(t, Options{Orgs: 3}, Fault{Method: "PUT", Kind: FaultLost}, Fault{Method: "POST", Kind: FaultReset})
	id := acme(t, s)
	send := func(method, target, body string) error {
		r, err := http.NewRequestWithContext(t.Context(), method, srv.URL+target, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("x-api-key", s.APIKey())
		res, err := srv.Client().Do(r)
		if err == nil {
			res.Body.Close()
		}
		return err
	}
	if send(http.MethodPut, "/api/organizations/"+id, `{"settings":{"name":"Applied"}}`) == nil {
		t.Error("the answer arrived")
	}
	if held(t, s, id).Name != "Applied" {
		t.Error("a lost write was not applied")
	}
	if send(http.MethodPost, s.providerPath("/organizations"), `{"name":"Never"}`) == nil {
		t.Error("the answer arrived")
	}
	if len(s.OrganizationsNamed("Never")) != 0 {
		t.Error("a reset write was applied")
	}
}

func TestLyingLists(t *testing.T) {
	s := New(Options{Orgs: 30})
	target := "/api/organizations?limit=20&sort=_id"
	honest := get(t, s, target).list(t)
	with := func(kind FaultKind, target string) reply {
		if err := s.AddFaults(Fault{Kind: kind, Times: 1}); err != nil {
			t.Fatal(err)
		}
		return get(t, s, target)
	}
	if l := with(FaultUndercount, target).list(t); l.TotalCount != 23 || len(l.Results) != 20 {
		t.Errorf("undercount: %d of %d", len(l.Results), l.TotalCount)
	}
	if l := with(FaultCount, target).list(t); l.TotalCount != 37 || len(l.Results) != 20 {
		t.Errorf("count: %d of %d", len(l.Results), l.TotalCount)
	}
	if ids := texts(with(FaultDuplicate, target).list(t).Results, "_id"); len(ids) != 21 || distinct(ids) != 20 || ids[20] != ids[0] {
		t.Errorf("duplicate: %v", ids)
	}
	if l := with(FaultVanish, target).list(t); len(l.Results) != 19 || l.TotalCount != honest.TotalCount {
		t.Errorf("vanish: %d of %d", len(l.Results), l.TotalCount)
	}
	if m := with(FaultNull, target).object(t); m["results"] != nil || m["totalCount"] != 30.0 {
		t.Errorf("null: %v", m)
	}
	if m := with(FaultWrongType, target).object(t); m["totalCount"] != "many" || m["results"] != "not a list" {
		t.Errorf("wrongtype: %v", m)
	}
	links := "/api/v2/organizations/" + acme(t, s) + "/administratorlinks"
	if r := with(FaultNull, links); string(r.body) != "null" {
		t.Errorf("null of a bare list: %s", r.body)
	}
	if m := with(FaultNull, s.providerPath("/invoices")).object(t); m["records"] != nil {
		t.Errorf("null of invoices: %v", m)
	}
	if m := with(FaultWrongType, "/api/organizations/"+acme(t, s)).object(t); m["_id"] != 42.0 || m["settings"] != "not a list" {
		t.Errorf("wrongtype of an organization: %v", m)
	}
	wantStatus(t, get(t, s, target), http.StatusOK)
	if len(s.Faults()) != 0 {
		t.Errorf("left over: %v", s.Faults())
	}
}

func TestWhichRequestsAFaultBreaks(t *testing.T) {
	s := New(Options{Orgs: 30})
	ids := s.OrganizationIDs()
	one := "/api/organizations/" + ids[0]
	cases := []struct {
		fault  Fault
		target string
		header string
		broken bool
	}{
		{Fault{}, "/api/organizations", "", true},
		{Fault{Method: "GET"}, "/api/organizations", "", true}, {Fault{Method: "get"}, "/api/organizations", "", true},
		{Fault{Method: "*"}, "/api/organizations", "", true}, {Fault{Method: "PUT"}, "/api/organizations", "", false},
		{Fault{Path: "/api/org"}, one, "", true}, {Fault{Path: "/api/v2"}, one, "", false},
		{Fault{Path: "/api/organizations/*"}, one, "", true}, {Fault{Path: "/api/organizations/*"}, "/api/organizations", "", false},
		{Fault{Path: "/api/v2/*/organizations"}, s.providerPath("/organizations"), "", true},
		{Fault{Path: "*links"}, "/api/v2/organizations/" + ids[0] + "/administratorlinks", "", true},
		{Fault{OrgID: ids[0]}, one, "", true}, {Fault{OrgID: ids[1]}, one, "", false},
		{Fault{OrgID: ids[0]}, "/api/systems", ids[0], true}, {Fault{OrgID: ids[1]}, "/api/systems", ids[0], false},
		{Fault{Query: "skip=10"}, "/api/organizations?limit=10&skip=10", "", true}, {Fault{Query: "skip=10"}, "/api/organizations", "", false},
	}
	for _, c := range cases {
		c.fault.Kind, c.fault.Status = FaultStatus, http.StatusTeapot
		s.ClearFaults()
		if err := s.AddFaults(c.fault); err != nil {
			t.Fatal(err)
		}
		if got := get(t, s, c.target, "x-org-id", c.header).status == http.StatusTeapot; got != c.broken {
			t.Errorf("%+v on %s: broken = %v", c.fault, c.target, got)
		}
	}
}

func TestFaultsPassAndRunOut(t *testing.T) {
	s := New(Options{Orgs: 3})
	err := s.AddFaults(Fault{Kind: FaultStatus, Status: 401, After: 2, Times: 2}, Fault{Kind: FaultStatus, Status: 503, Path: "/api/users", Times: 1})
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for range 6 {
		got = append(got, get(t, s, "/api/organizations").status)
	}
	want := []int{200, 200, 401, 401, 200, 200}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("answers %v, want %v", got, want)
		}
	}
	if r := get(t, s, "/api/users/getSelf"); r.status != http.StatusServiceUnavailable {
		t.Errorf("the second fault: %d", r.status)
	}
	for _, f := range []Fault{{Kind: "fire"}, {}, {Kind: FaultStatus, Status: 99}, {Kind: FaultReset, Times: -1}} {
		if s.AddFaults(f) == nil {
			t.Errorf("%+v was taken", f)
		}
	}
}
