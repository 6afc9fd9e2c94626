package simulator

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// pageThrough reads a list to its end and gives the ids in their order.
func pageThrough(t *testing.T, s *Server, target, id string, limit int, header ...string) []string {
	t.Helper()
	var ids []string
	for {
		l := get(t, s, fmt.Sprintf("%s&limit=%d&skip=%d", target, limit, len(ids)), header...).list(t)
		if len(l.Results) > limit {
			t.Fatalf("%d records on a page of %d", len(l.Results), limit)
		}
		ids = append(ids, texts(l.Results, id)...)
		if len(l.Results) == 0 || len(ids) >= l.TotalCount {
			if len(ids) != l.TotalCount {
				t.Fatalf("%d records, totalCount %d", len(ids), l.TotalCount)
			}
			return ids
		}
	}
}

func TestListingsAreWholeAtEverySize(t *testing.T) {
	for _, n := range []int{0, 1, 9, 10, 11, 99, 100, 101, 1000} {
		s := New(Options{Orgs: n, Seed: 3})
		for _, limit := range []int{1, 10, 99, 100} {
			if n == 1000 && limit == 1 {
				continue // the same again, a thousand times
			}
			first := pageThrough(t, s, "/api/organizations?sort=_id", "_id", limit)
			second := pageThrough(t, s, s.providerPath("/organizations?sort=id"), "id", limit)
			if len(first) != n || distinct(first) != n {
				t.Errorf("%d organizations: V1 lists %d, %d distinct", n, len(first), distinct(first))
			}
			if !slices.Equal(first, second) || !slices.IsSorted(first) {
				t.Errorf("%d organizations: the two lists differ or are not sorted", n)
			}
		}
	}
}

func TestPagesAndTheirBounds(t *testing.T) {
	s := New(Options{Orgs: 250})
	path := s.providerPath("/organizations")
	cases := []struct {
		query        string
		status, rows int
	}{
		{"", 200, 10}, {"?limit=1", 200, 1}, {"?limit=100", 200, 100}, {"?limit=1000", 200, 100},
		{"?skip=245", 200, 5}, {"?skip=250", 200, 0}, {"?skip=999999999", 200, 0},
		{"?limit=0", 400, 0}, {"?limit=-1", 400, 0}, {"?limit=ten", 400, 0}, {"?skip=-1", 400, 0}, {"?skip=1e3", 400, 0},
		{"?sort=colour", 400, 0}, {"?sort=_id", 400, 0}, {"?sort=name,-id", 200, 10},
	}
	for _, c := range cases {
		r := get(t, s, path+c.query)
		wantStatus(t, r, c.status)
		if c.status == http.StatusOK {
			if l := r.list(t); len(l.Results) != c.rows || l.TotalCount != 250 {
				t.Errorf("%q: %d rows of %d, want %d of 250", c.query, len(l.Results), l.TotalCount, c.rows)
			}
		}
	}
}

func TestSorting(t *testing.T) {
	s := New(Options{Orgs: 300, Seed: 5})
	cases := []struct{ path, field, query string }{
		{"/api/organizations", "displayName", "sort=displayName"},
		{"/api/organizations", "displayName", "sortIgnoreCase=displayName"},
		{"/api/organizations", "_id", "sort=_id"},
		{s.providerPath("/organizations"), "name", "sort=name"},
		{s.providerPath("/organizations"), "name", "sortIgnoreCase=name"},
		{s.providerPath("/organizations"), "id", "sort=id"},
	}
	for _, c := range cases {
		up := collect(t, s, c.path+"?"+c.query, c.field)
		down := collect(t, s, c.path+"?"+strings.Replace(c.query, "=", "=-", 1), c.field)
		fold := strings.HasPrefix(c.query, "sortIgnoreCase")
		if !slices.IsSortedFunc(up, func(a, b string) int {
			if fold {
				a, b = strings.ToLower(a), strings.ToLower(b)
			}
			return strings.Compare(a, b)
		}) {
			t.Errorf("%s is not in order", c.query)
		}
		slices.Reverse(down)
		if !slices.Equal(up, down) {
			t.Errorf("%s descending is not its mirror", c.query)
		}
	}
}

func collect(t *testing.T, s *Server, target, field string) []string {
	t.Helper()
	var out []string
	for skip := 0; ; skip += 100 {
		l := get(t, s, fmt.Sprintf("%s&limit=100&skip=%d", target, skip)).list(t)
		out = append(out, texts(l.Results, field)...)
		if len(l.Results) < 100 {
			return out
		}
	}
}

func TestSortBySomethingWithoutAnIndex(t *testing.T) {
	s := New(Options{Orgs: 100})
	rows := get(t, s, s.providerPath("/organizations?sort=-maxSystemUsers,name&limit=100")).list(t).Results
	for i := 1; i < len(rows); i++ {
		a, b := rows[i-1]["maxSystemUsers"].(float64), rows[i]["maxSystemUsers"].(float64)
		if a < b || a == b && rows[i-1]["name"].(string) > rows[i]["name"].(string) {
			t.Fatalf("row %d out of order: %v, %v", i, rows[i-1], rows[i])
		}
	}
}

func TestFields(t *testing.T) {
	s := New(Options{Orgs: 20})
	cases := []struct {
		target string
		want   []string
	}{
		{"/api/organizations?fields=displayName&limit=1", []string{"_id", "displayName"}},
		{"/api/organizations?fields=_id+displayName&limit=1", []string{"_id", "displayName"}},
		{"/api/organizations?fields=_id,displayName&limit=1", []string{"_id"}}, // V2's comma is no separator here
		{s.providerPath("/organizations?fields=id,name&limit=1"), []string{"id", "name"}},
		{s.providerPath("/organizations?fields=id+name&limit=1"), []string{"id"}},
		{s.providerPath("/organizations?limit=1"), []string{"id", "maxSystemUsers", "name"}},
	}
	for _, c := range cases {
		row := get(t, s, c.target).list(t).Results[0]
		var have []string
		for name := range row {
			have = append(have, name)
		}
		slices.Sort(have)
		if !slices.Equal(have, c.want) {
			t.Errorf("%s has %v, want %v", c.target, have, c.want)
		}
	}
}

func TestFilters(t *testing.T) {
	s := New(Options{Orgs: 60})
	id := acme(t, s)
	provider := s.providerPath("/organizations?filter=")
	cases := []struct {
		target string
		status int
		want   int // -1: at least one, fewer than all
	}{
		{provider + "name:eq:Acme+Dental+Group", 200, 1},
		{provider + "name:eq:Acme*", 200, 1},
		{provider + "name:eq:acme+dental+group", 200, 0}, // case counts
		{provider + url.QueryEscape("name:eq:Barlow & Kline LLP"), 200, 1},
		{provider + url.QueryEscape("name:search:DENTAL,maxSystemUsers:ge:0"), 200, -1},
		{provider + url.QueryEscape("name:eq:A, B and C"), 200, 0}, // a comma inside a value
		{provider + "maxSystemUsers:gt:0", 200, -1},
		{provider + "maxSystemUsers:between:10|100", 200, -1},
		{provider + "id:in:" + id + "|ffffffffffffffffffffffff", 200, 1},
		{provider + "id:ne:" + id, 200, 59},
		{provider + "id:$eq:" + id, 400, 0}, // V1's operator
		{provider + "colour:eq:red", 400, 0},
		{provider + "name:near:x", 400, 0},
		{provider + "name", 400, 0},
		{"/api/organizations?filter=_id:$eq:" + id, 200, 1},
		{"/api/organizations?filter=_id:$ne:" + id + "&filter=displayName:$eq:Acme+Dental+Group", 200, 0},
		{"/api/organizations?filter=_id:eq:" + id, 400, 0}, // V2's operator
		{"/api/organizations?search=dental", 200, -1},
		{"/api/organizations?search=" + url.QueryEscape(`{"searchTerm":"ACME","fields":["displayName"]}`), 200, 1},
		{"/api/organizations?search=" + url.QueryEscape(`{"searchTerm":["acme","barlow"],"fields":["displayName"]}`), 200, 2},
		{"/api/organizations?search=" + url.QueryEscape(`{"searchTerm":"a","fields":["colour"]}`), 400, 0},
		{"/api/organizations?search=" + url.QueryEscape(`{broken`), 400, 0},
		{"/api/organizations?" + url.Values{"search[searchTerm]": {"acme"}, "search[fields][]": {"displayName"}}.Encode(), 200, 1},
		{"/api/organizations?search=" + id, 200, 1},
	}
	for _, c := range cases {
		r := get(t, s, c.target)
		wantStatus(t, r, c.status)
		if c.status != http.StatusOK {
			continue
		}
		n := r.list(t).TotalCount
		if c.want >= 0 && n != c.want || c.want < 0 && (n < 1 || n >= 60) {
			t.Errorf("%s: %d found, want %d", c.target, n, c.want)
		}
	}
}

func TestSearchByPost(t *testing.T) {
	s := New(Options{Orgs: 60})
	id := acme(t, s)
	cases := []struct {
		body   map[string]any
		status int
		want   int
	}{
		{map[string]any{}, 200, 60},
		{map[string]any{"searchFilter": map[string]any{"searchTerm": "acme", "fields": []string{"displayName"}}}, 200, 1},
		{map[string]any{"filter": map[string]any{"_id": id}}, 200, 1},
		{map[string]any{"filter": map[string]any{"or": []any{map[string]any{"_id": id}, map[string]any{"displayName": "Dunmore*"}}}}, 200, 2},
		{map[string]any{"filter": map[string]any{"and": []any{map[string]any{"_id": id}, map[string]any{"displayName": "Dunmore*"}}}}, 200, 0},
		{map[string]any{"limit": 0}, 400, 0},
		{map[string]any{"skip": -1}, 400, 0},
		{map[string]any{"sort": "name"}, 400, 0},
	}
	for _, c := range cases {
		r := send(t, s, http.MethodPost, "/api/search/organizations", c.body)
		wantStatus(t, r, c.status)
		if c.status == http.StatusOK && r.list(t).TotalCount != c.want {
			t.Errorf("%v finds %d, want %d", c.body, r.list(t).TotalCount, c.want)
		}
	}
	l := send(t, s, http.MethodPost, "/api/search/organizations", map[string]any{"limit": 7, "skip": 58, "fields": "_id"}).list(t)
	if len(l.Results) != 2 || len(l.Results[0]) != 1 {
		t.Errorf("page of a search: %v", l.Results)
	}
}
