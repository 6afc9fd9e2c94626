package simulator

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestNames(t *testing.T) {
	for _, n := range []int{0, 1, 14, 29, 30, 248, 1000, 50_000} {
		names := organizationNames(7, n, true)
		if len(names) != n {
			t.Fatalf("%d names for %d", len(names), n)
		}
		seen, empty, twins := map[string]bool{}, 0, 0
		for _, name := range names {
			key := strings.ToLower(name)
			switch {
			case name == "":
				empty++
			case seen[key]:
				twins++
			}
			seen[key] = true
			if !utf8.ValidString(name) || strings.HasPrefix(name, "Org ") {
				t.Errorf("name %q", name)
			}
		}
		if n < specialsFrom && empty+twins > 0 || n >= 248 && (empty == 0 || twins == 0) {
			t.Errorf("%d organizations: %d without a name, %d twins", n, empty, twins)
		}
		if empty > 1+n/500 || twins > 2+n/200 {
			t.Errorf("%d organizations: too many odd ones: %d without a name, %d twins", n, empty, twins)
		}
	}
}

func TestSpecialNamesArePresentButNotInFront(t *testing.T) {
	names := organizationNames(7, 248, true)
	traits := map[string]func(string) bool{
		"markup":     func(s string) bool { return strings.ContainsAny(s, "<>") && strings.Contains(s, `"`) },
		"apostrophe": func(s string) bool { return strings.Contains(s, "'") },
		"ampersand":  func(s string) bool { return strings.Contains(s, "&") },
		"accent":     func(s string) bool { return strings.ContainsAny(s, "éíüÉ") },
		"right to left": func(s string) bool {
			return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
		},
		"emoji": func(s string) bool { return strings.ContainsRune(s, '🥐') },
		"long":  func(s string) bool { return utf8.RuneCountInString(s) >= 190 },
	}
	slices.Sort(names)
	for what, has := range traits {
		if !slices.ContainsFunc(names, has) {
			t.Errorf("no name with %s", what)
		}
	}
	for _, name := range names[1:15] {
		if utf8.RuneCountInString(name) > 60 || strings.ContainsAny(name, "<>") {
			t.Errorf("%q is among the first rows", name)
		}
	}
}

func TestOneSeedOneProvider(t *testing.T) {
	shape := func(o Options) string {
		s := New(o)
		var b strings.Builder
		b.WriteString(s.APIKey() + s.ProviderID())
		for _, id := range s.OrganizationIDs() {
			b.Write(get(t, s, "/api/organizations/"+id).body)
			b.Write(get(t, s, "/api/systemusers?limit=3", "x-org-id", id).body)
			b.Write(get(t, s, "/api/users", "x-org-id", id).body)
		}
		b.Write(get(t, s, s.providerPath("/administrators?limit=100")).body)
		b.Write(get(t, s, s.providerPath("/invoices?limit=100")).body)
		return b.String()
	}
	one := shape(Options{Orgs: 40, Seed: 1})
	if one != shape(Options{Orgs: 40, Seed: 1}) {
		t.Error("the same seed gives another provider")
	}
	if one == shape(Options{Orgs: 40, Seed: 2}) {
		t.Error("another seed gives the same provider")
	}
	a, b := New(Options{Orgs: 40, Seed: 1}), New(Options{Orgs: 41, Seed: 1})
	if a.APIKey() == b.APIKey() || a.ProviderID() == b.ProviderID() {
		t.Error("providers of other sizes share the key or the id")
	}
}

func TestDomainsOfNames(t *testing.T) {
	for name, want := range map[string]string{
		"Acme Dental Group": "acme-dental-group.example", "O'Brien & Daughters": "obrien-daughters.example",
		"عيادة النور": "client-1234.example", "": "client-1234.example",
	} {
		if got := domainOf(name, 0x1234); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}
