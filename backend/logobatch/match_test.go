package logobatch

import (
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	idAcme  = domain.OrgID("624d9eae6849cf3b3f93dc51")
	idOther = domain.OrgID("624d9eae6849cf3b3f93dc52")
	idGone  = domain.OrgID("624d9eae6849cf3b3f93dc53")
)

func organizations() []domain.Organization {
	gone := time.Unix(1, 0)
	named := func(id domain.OrgID, name string) domain.Organization { return domain.Organization{ID: id, Name: name} }
	return []domain.Organization{
		named(idAcme, "Acme Corp."), named(idOther, "O'Brien & Sons"), {ID: idGone, Name: "Bygone", GoneAt: &gone},
		named("a1", "Résumé"), named("a2", "Resume"), named("a3", "Straße Łódź"), named("a4", "Twin"), named("a5", "TWIN"),
		named("a6", "Zebra Dental East"), named("a7", "Zebra Dental West"), named("a8", "会社"), named("a9", "की"), named("b1", "Plan A"),
		named("b2", "C++"), named("b3", "!!!"), named("b4", "Müller"), named("b5", "Northwind Traders Inc"), named("b6", ""),
	}
}

func TestMatch(t *testing.T) {
	m := newMatcher(organizations())
	for _, c := range []struct {
		file string
		kind domain.LogoMatchKind
		org  domain.OrgID
	}{
		{"624d9eae6849cf3b3f93dc51.png", domain.LogoMatchID, idAcme},
		{"Twin 624D9EAE6849CF3B3F93DC51 v2.PNG", domain.LogoMatchID, idAcme},
		{"ab624d9eae6849cf3b3f93dc51.png", domain.LogoMatchID, idAcme},
		{"624d9eae6849cf3b3f93dc51_624d9eae6849cf3b3f93dc52.png", domain.LogoMatchMany, ""},
		{"624d9eae6849cf3b3f93dc51-624d9eae6849cf3b3f93dc51.png", domain.LogoMatchID, idAcme},
		{"624d9eae6849cf3b3f93dc53.png", domain.LogoMatchNone, ""}, // of one that is gone
		{"624d9eae6849cf3b3f93dc99 Acme Corp.png", domain.LogoMatchAlike, idAcme},
		{"Bygone.png", domain.LogoMatchNone, ""},
		{"Acme Corp..png", domain.LogoMatchName, idAcme},
		{"ACME_corp.jpeg", domain.LogoMatchName, idAcme},
		{"acmecorp.webp", domain.LogoMatchName, idAcme},
		{"OBrien-sons.png", domain.LogoMatchName, idOther},
		{"o’brien sons.png", domain.LogoMatchName, idOther},
		{"Re\u0301sume\u0301.png", domain.LogoMatchName, "a1"}, // as Macintoshes write it
		{"RESUME.png", domain.LogoMatchName, "a2"},
		{"Rèsume.png", domain.LogoMatchMany, ""},
		{"strasse-lodz.png", domain.LogoMatchName, "a3"},
		{"twin.png", domain.LogoMatchMany, ""},
		{"会社.png", domain.LogoMatchName, "a8"},
		{"की.png", domain.LogoMatchName, "a9"},
		{"कु.png", domain.LogoMatchNone, ""}, // another vowel is another name
		{"muller.png", domain.LogoMatchName, "b4"},
		{"c.png", domain.LogoMatchName, "b2"},
		{"!!!.png", domain.LogoMatchName, "b3"},
		{"acme.png", domain.LogoMatchAlike, idAcme},
		{"acmecorp logo 1200x400.png", domain.LogoMatchAlike, idAcme},
		{"Acme Corp Holding.png", domain.LogoMatchAlike, idAcme},
		{"zebra dental.png", domain.LogoMatchNone, ""}, // two are as much alike
		{"zebra dental east side.png", domain.LogoMatchAlike, "a6"},
		{"northwind-logo.png", domain.LogoMatchAlike, "b5"},
		{"a.png", domain.LogoMatchNone, ""},
		{"logo.png", domain.LogoMatchNone, ""},
		{"1200x400.png", domain.LogoMatchNone, ""},
		{"???.png", domain.LogoMatchNone, ""},
		{".png", domain.LogoMatchNone, ""},
		{"unrelated.png", domain.LogoMatchNone, ""},
	} {
		kind, org := m.match(c.file)
		var id domain.OrgID
		if org != nil {
			id = org.ID
		}
		if kind != c.kind || id != c.org {
			t.Errorf("%q came to %s %q instead of %s %q", c.file, kind, id, c.kind, c.org)
		}
	}
}

// FuzzMatch: whatever a file is called, an organization comes with the kinds
// that name one, and with no others.
func FuzzMatch(f *testing.F) {
	m := newMatcher(organizations())
	for _, seed := range []string{"Acme Corp.png", "624d9eae6849cf3b3f93dc51", "\xff\xfe.png", "a\u0301.png", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		kind, org := m.match(name)
		picks := kind == domain.LogoMatchID || kind == domain.LogoMatchName || kind == domain.LogoMatchAlike
		if picks != (org != nil) || org != nil && org.GoneAt != nil {
			t.Errorf("%q came to %s %v", name, kind, org)
		}
	})
}
