package simulator

import (
	"slices"
	"strings"
	"sync/atomic"
	"time"
)

// organization is one customer. What is not kept here is derived from h.
type organization struct {
	id      string
	index   int  // place among those made from the seed; -1 for one added later
	known   bool // one of the roster, whose values are all ordinary
	h       uint64
	created time.Time
	name    string
	folded  string                  // name in lower case: sortIgnoreCase, search, equal names
	kept    atomic.Pointer[profile] // nil until first asked for; readers fill it, writers replace it
}

// profile is what can be changed on an organization, besides its name.
type profile struct {
	contactName, contactEmail string
	domain                    string // of its users' mail addresses
	maxSystemUsers            int    // 0 = no cap
	remoteAssist              *bool  // nil = the organization does not have the feature
	pendingDelete             bool
	logo                      logoRef
	sizes                     sizes
	pinned                    sizes // -1 = not pinned
}

// profile gives the present values; a change is made on the copy and kept.
func (o *organization) profile() profile {
	if p := o.kept.Load(); p != nil {
		return *p
	}
	p := o.inventProfile()
	// Two readers invent the same, so it does not matter who comes first.
	o.kept.CompareAndSwap(nil, &p)
	return p
}

func (o *organization) inventProfile() profile {
	d, first := roll(o.h, forProfile), o.known && o.index == 0
	p := profile{domain: domainOf(o.name, o.h), pinned: sizes{-1, -1, -1}}
	tidy := o.known
	p.sizes = inventSizes(d)
	if tidy && p.sizes.users < 12 {
		p.sizes = sizes{users: 34 + d.below(200), devices: 41 + d.below(240), applications: 5 + d.below(18)}
	}
	if first {
		p.sizes = sizes{users: 186, devices: 241, applications: 22}
	}
	if d.chance(55) {
		p.maxSystemUsers = (p.sizes.users/10 + 1 + d.below(4)) * 10
	}
	on := d.chance(68) || first
	if d.chance(93) || tidy {
		p.remoteAssist = &on
	}
	p.pendingDelete = d.chance(1) && !tidy
	p.logo = o.seededLogo(d.chance(75) || tidy)
	if d.chance(90) || tidy {
		w := d.pick(firstNames())
		last := d.pick(surnameWords())
		p.contactName = w + " " + last
		p.contactEmail = strings.ToLower(w) + "@" + p.domain
		if d.chance(40) {
			p.contactEmail = "it@" + p.domain
		}
	}
	return p
}

func (o *organization) keep(p profile) { o.kept.Store(&p) }

func (o *organization) setName(name string) {
	o.name, o.folded = name, strings.ToLower(name)
}

// index is a sorted list of organizations that is kept sorted.
type index struct {
	compare func(a, b *organization) int
	rows    []*organization
}

func newIndex(all []*organization, compare func(a, b *organization) int) index {
	rows := slices.Clone(all)
	slices.SortFunc(rows, compare)
	return index{compare: compare, rows: rows}
}

func (x *index) insert(o *organization) {
	at, _ := slices.BinarySearchFunc(x.rows, o, x.compare)
	x.rows = slices.Insert(x.rows, at, o)
}

func (x *index) remove(o *organization) {
	if at, found := slices.BinarySearchFunc(x.rows, o, x.compare); found {
		x.rows = slices.Delete(x.rows, at, at+1)
	}
}

func compareID(a, b *organization) int { return strings.Compare(a.id, b.id) }

func compareName(a, b *organization) int {
	if c := strings.Compare(a.name, b.name); c != 0 {
		return c
	}
	return compareID(a, b)
}

func compareFolded(a, b *organization) int {
	if c := strings.Compare(a.folded, b.folded); c != 0 {
		return c
	}
	return compareID(a, b)
}

// roster holds all organizations and the orders they are asked for in.
type roster struct {
	base                   []*organization // by place; nil where deleted
	byID                   map[string]*organization
	ids, names, foldedName index
	sameName               map[string]int // by folded name
}

func newRoster(seed uint64, n int, known bool) *roster {
	all := make([]*organization, n)
	names := organizationNames(seed, n, known)
	r := &roster{base: all, byID: make(map[string]*organization, n), sameName: make(map[string]int, n)}
	from := time.Date(2016, 3, 1, 7, 0, 0, 0, time.UTC)
	span := int(time.Date(2025, 12, 15, 0, 0, 0, 0, time.UTC).Sub(from) / time.Second)
	block := make([]organization, n)
	for i := range all {
		o := &block[i]
		o.index, o.known = i, known && i < len(rosterNames())
		o.h = mix(seed, uint64(i))                                          //nolint:gosec // i >= 0
		o.created = from.Add(time.Duration(o.h%uint64(span)) * time.Second) //nolint:gosec // span is positive
		o.id = newObjectID(o.created, mix(o.h, forName))
		o.setName(names[i])
		all[i] = o
		r.byID[o.id] = o
		r.sameName[o.folded]++
	}
	r.ids, r.names, r.foldedName = newIndex(all, compareID), newIndex(all, compareName), newIndex(all, compareFolded)
	return r
}

func (r *roster) add(o *organization) {
	r.byID[o.id] = o
	r.sameName[o.folded]++
	r.ids.insert(o)
	r.names.insert(o)
	r.foldedName.insert(o)
}

func (r *roster) remove(o *organization) {
	delete(r.byID, o.id)
	r.sameName[o.folded]--
	r.ids.remove(o)
	r.names.remove(o)
	r.foldedName.remove(o)
	if o.index >= 0 {
		r.base[o.index] = nil
	}
}

func (r *roster) rename(o *organization, name string) {
	// The profile is derived from the first name: fix it before that goes.
	o.keep(o.profile())
	r.names.remove(o)
	r.foldedName.remove(o)
	r.sameName[o.folded]--
	o.setName(name)
	r.sameName[o.folded]++
	r.names.insert(o)
	r.foldedName.insert(o)
}

// taken says whether an organization other than self has the name.
func (r *roster) taken(name string, self *organization) bool {
	folded := strings.ToLower(name)
	n := r.sameName[folded]
	if self != nil && self.folded == folded {
		n--
	}
	return n > 0
}
