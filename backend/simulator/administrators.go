package simulator

import (
	"fmt"
	"math"
	"strings"
	"sync"
	"time"
)

// administrator is one of the provider's own people.
type administrator struct {
	id, email, first, last, role string
	h                            uint64
	coverage                     int // percent of the organizations linked from the start
	mfa, registered, suspended   bool
	keyAllowed, keySet           bool
	keyPrefix                    string
	keyCreated, keyExpires       time.Time // zero = never
	overrides                    map[string]bool

	mu         sync.Mutex // guards the cache below, which readers fill
	cached     []*organization
	cachedTurn uint64
}

// inventAdministrators makes the provider's people: the first is the key's, and
// every role has at least one. Key expiry is counted from the start, so that
// some keys are always about to end.
func (s *Server) inventAdministrators() []*administrator {
	n := 12 + int(math.Sqrt(float64(s.opts.Orgs))*0.75)
	n = min(n, 120)
	midnight := s.started.UTC().Truncate(24 * time.Hour)
	roles := Roles()
	all := make([]*administrator, 0, n)
	used := map[string]bool{}
	domain := domainOf(s.company(), s.hash(forProvider))
	for i := range n {
		d := roll(s.hash(forAdministrator), uint64(i)) //nolint:gosec // not negative
		a := &administrator{h: d.next(), mfa: i != 9 && d.chance(85), registered: i != 10 && d.chance(93), suspended: i == 11 || d.chance(6)}
		a.first, a.last = d.pick(firstNames()), d.pick(surnameWords())
		switch {
		case i == 0:
			a.role = roleBilling
			if s.opts.Company == "" {
				a.first, a.last = "Sam", "Rivera"
			}
		case i <= len(roles):
			a.role = roles[i-1]
		default:
			a.role = roles[1+d.below(len(roles)-1)]
		}
		a.coverage = inventCoverage(d, i, a.role)
		a.email = a.mail(domain)
		for k := 2; used[a.email]; k++ {
			a.email = strings.Replace(a.mail(domain), "@", fmt.Sprint(k)+"@", 1)
		}
		used[a.email] = true
		created := time.Date(2017, 1, 1, 8, 0, 0, 0, time.UTC).Add(time.Duration(d.below(9*365*24)) * time.Hour)
		a.id = newObjectID(created, d.next())
		s.inventAdministratorKey(a, d, i, midnight)
		all = append(all, a)
	}
	all[0].mfa, all[0].registered, all[0].suspended = true, true, false
	if s.opts.Role != "" {
		all[0].role = s.opts.Role
	}
	if s.opts.Scope > 0 {
		all[0].coverage = min(s.opts.Scope, 100)
	}
	return all
}

func inventCoverage(d *dice, i int, role string) int {
	spread := d.below(100)
	switch {
	case i == 0 || role == roleBilling || role == roleBillingOnly:
		return 100
	case spread < 25:
		return 100
	case spread < 55:
		return 60
	case spread < 85:
		return 25
	default:
		return 5
	}
}

func (s *Server) inventAdministratorKey(a *administrator, d *dice, i int, midnight time.Time) {
	a.keyAllowed = i == 0 || d.chance(60)
	a.keySet = i == 0 || a.keyAllowed && d.chance(75)
	if !a.keySet {
		return
	}
	a.keyPrefix = "jca_" + newObjectIDTailText(d.next())
	a.keyCreated = midnight.Add(-time.Duration(20+d.below(300)) * 24 * time.Hour)
	switch {
	case i == 0:
		a.keyPrefix = s.inventKey(0)[:8]
		a.keyExpires = midnight.Add(143*24*time.Hour + 9*time.Hour)
	case i == 2 || d.chance(20):
		a.keyExpires = midnight.Add(time.Duration(2+d.below(26))*24*time.Hour + 17*time.Hour)
	case d.chance(70):
		a.keyExpires = midnight.Add(time.Duration(40+d.below(320)) * 24 * time.Hour)
	}
}

func (a *administrator) mail(domain string) string {
	local := strings.ToLower(a.first + "." + a.last)
	return strings.NewReplacer("ö", "o", "ü", "u", "'", "").Replace(local) + "@" + domain
}

// links says whether the administrator has access to the organization.
func (a *administrator) links(o *organization) bool {
	if set, has := a.overrides[o.id]; has {
		return set
	}
	if a.coverage >= 100 {
		return true
	}
	return int(mix(a.h, forLink, o.h)%100) < a.coverage //nolint:gosec // below 100
}

func (a *administrator) seesAll() bool { return a.coverage >= 100 && len(a.overrides) == 0 }

func (a *administrator) override(orgID string, linked bool) {
	if a.coverage >= 100 && linked {
		delete(a.overrides, orgID)
		return
	}
	if a.overrides == nil {
		a.overrides = map[string]bool{}
	}
	a.overrides[orgID] = linked
}

func (s *Server) sees(a *administrator, o *organization) bool { return a.links(o) }

// linked gives the administrator's organizations by id. The caller holds the
// state's lock, for reading at least.
func (s *Server) linked(a *administrator) []*organization {
	all := s.state.orgs.ids.rows
	if a.seesAll() {
		return all
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cached != nil && a.cachedTurn == s.state.links {
		return a.cached
	}
	rows := make([]*organization, 0, len(all))
	for _, o := range all {
		if a.links(o) {
			rows = append(rows, o)
		}
	}
	a.cached, a.cachedTurn = rows, s.state.links
	return rows
}

// home is the only organization of a key without a provider, or nil.
func (s *Server) home() *organization {
	if rows := s.state.orgs.ids.rows; s.state.behaviour.SingleTenant && len(rows) > 0 {
		return rows[0]
	}
	return nil
}

func (st *state) administrator(id string) *administrator {
	for _, a := range st.admins {
		if a.id == id {
			return a
		}
	}
	return nil
}

// roleID gives the id a role has beside its name.
func roleID(role string) string {
	for i, name := range Roles() {
		if name == role {
			return newObjectID(time.Date(2019, 1, 16, 15, 0, 0, 0, time.UTC), 0x9b2f000000000000+uint64(i)) //nolint:gosec // small
		}
	}
	return ""
}

func (a *administrator) keyHash() map[string]any {
	if !a.keySet {
		return nil
	}
	hash := map[string]any{"prefix": a.keyPrefix, "createdAt": stamp(a.keyCreated)}
	if !a.keyExpires.IsZero() {
		hash["expireAt"] = stamp(a.keyExpires)
	}
	return hash
}
