package syncer

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// part is what one call reads of an organization.
type part string

const (
	partDetails part = "details"
	partLogo    part = "logo"
)

func figurePart(kind domain.FigureKind) part { return part(kind) }

// job is one call to make.
type job struct {
	org     domain.OrgID
	part    part
	logoURL string
}

// plan hands out the calls of a run: of the organizations on screen first,
// then of those that were never read, then of the longest unread.
type plan struct {
	mu      sync.Mutex
	waiting map[domain.OrgID][]job
	// open counts the parts of an organization that have not been read yet,
	// handed out or not.
	open  map[domain.OrgID]int
	order []domain.OrgID
	next  int
}

// newPlan plans what to read of the organizations that this run listed. Parts
// read since resumed are left out; a zero time leaves out none.
func newPlan(organizations []domain.Organization, listed map[domain.OrgID]string, resumed time.Time) *plan {
	p := &plan{waiting: map[domain.OrgID][]job{}, open: map[domain.OrgID]int{}}
	slices.SortFunc(organizations, func(a, b domain.Organization) int {
		if c := oldest(&a).Compare(oldest(&b)); c != 0 {
			return c
		}
		return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
	})
	for i := range organizations {
		o := &organizations[i]
		if _, ok := listed[o.ID]; !ok {
			continue
		}
		jobs := jobsOf(o, resumed)
		p.waiting[o.ID], p.open[o.ID] = jobs, len(jobs)
		p.order = append(p.order, o.ID)
	}
	return p
}

func jobsOf(o *domain.Organization, resumed time.Time) []job {
	jobs := make([]job, 0, 5)
	due := func(readAt time.Time) bool { return resumed.IsZero() || readAt.Before(resumed) }
	for _, kind := range domain.FigureKinds() {
		if due(o.Figure(kind).FetchedAt) {
			jobs = append(jobs, job{org: o.ID, part: figurePart(kind)})
		}
	}
	if due(o.DetailsAt) {
		jobs = append(jobs, job{org: o.ID, part: partDetails})
	}
	if o.LogoURL != "" && o.LogoSource != o.LogoURL {
		jobs = append(jobs, job{org: o.ID, part: partLogo, logoURL: o.LogoURL})
	}
	return jobs
}

// oldest is when the longest unread part was read.
func oldest(o *domain.Organization) time.Time {
	at := o.DetailsAt
	for _, kind := range domain.FigureKinds() {
		if read := o.Figure(kind).FetchedAt; read.Before(at) {
			at = read
		}
	}
	return at
}

// take gives the next call to make; ok is false when none is left.
func (p *plan) take(visible []domain.OrgID) (next job, ok bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, id := range visible {
		if next, ok := p.pop(id); ok {
			return next, true
		}
	}
	for ; p.next < len(p.order); p.next++ {
		if next, ok := p.pop(p.order[p.next]); ok {
			return next, true
		}
	}
	return job{}, false
}

func (p *plan) pop(id domain.OrgID) (job, bool) {
	jobs := p.waiting[id]
	if len(jobs) == 0 {
		return job{}, false
	}
	p.waiting[id] = jobs[1:]
	return jobs[0], true
}

// done notes that a part was read, or given up; last says that it was the
// organization's last one.
func (p *plan) done(id domain.OrgID) (last bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.open[id]--
	return p.open[id] == 0
}

// nothingToRead counts the organizations of which every part is fresh.
func (p *plan) nothingToRead() int {
	count := 0
	for _, open := range p.open {
		if open == 0 {
			count++
		}
	}
	return count
}
