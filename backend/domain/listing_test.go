package domain_test

import (
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestListing(t *testing.T) {
	page := func(total int, ids ...domain.OrgID) domain.ListedPage {
		p := domain.ListedPage{Total: total}
		for _, id := range ids {
			p.Items = append(p.Items, domain.Listed{ID: id})
		}
		return p
	}
	for _, c := range []struct {
		name                   string
		pages                  []domain.ListedPage
		found, total           int
		moved, complete, fresh bool
	}{
		{name: "nothing was read"},
		{name: "there is none", pages: []domain.ListedPage{page(0)}, complete: true},
		{name: "all in one", pages: []domain.ListedPage{page(2, "a", "b")}, found: 2, total: 2, complete: true, fresh: true},
		{name: "in two", pages: []domain.ListedPage{page(3, "c"), page(3, "a", "b")}, found: 3, total: 3, complete: true, fresh: true},
		{name: "one comes twice", pages: []domain.ListedPage{page(3, "a", "b"), page(3, "b")}, found: 2, total: 3},
		{name: "fewer than told", pages: []domain.ListedPage{page(4, "a", "b")}, found: 2, total: 4, fresh: true},
		{name: "more than told", pages: []domain.ListedPage{page(1, "a", "b")}, found: 2, total: 1, fresh: true},
		{name: "one went meanwhile", pages: []domain.ListedPage{page(3, "a", "b"), page(2)}, found: 2, total: 3, moved: true},
		{name: "one came meanwhile", pages: []domain.ListedPage{page(2, "a", "b"), page(3, "c")}, found: 3, total: 3, moved: true, fresh: true},
	} {
		var l domain.Listing
		var fresh []domain.Listed
		for _, p := range c.pages {
			fresh = l.Add(p)
		}
		if len(l.Found) != c.found || l.Total != c.total || l.Moved != c.moved || l.Complete() != c.complete || (len(fresh) > 0) != c.fresh {
			t.Errorf("%s: %+v, complete %v, the last page brought %v", c.name, l, l.Complete(), fresh)
		}
	}
}
