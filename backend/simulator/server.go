package simulator

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

// maxBody is how much of a request is read: a logo of 788 KB in base64 and room.
const maxBody = 2 << 20

// Options say what provider a Server simulates and how it behaves. The zero
// value is a provider without organizations, without delays, whose clock stands.
type Options struct {
	Orgs int    // how many organizations the provider starts with
	Seed uint64 // equal seeds give equal providers

	// Company is the provider's own name. Empty is Northwind MSP, whose first
	// customers and first administrator are always the same; another name makes
	// another provider, without them.
	Company string

	// Now is the clock. Without one the time stands still at 2026-06-15 09:00
	// UTC: nothing drifts, and a Rate never refills.
	Now func() time.Time

	Latency time.Duration // before every answer
	Jitter  time.Duration // at most this much more, from the seed
	Rate    float64       // requests a second before 429; 0 = no limit

	Role  string // of the key's administrator; empty = Administrator With Billing
	Scope int    // percent of the organizations its administrator sees; 0 = all

	NoDrift    bool    // users, devices and applications stay as they are
	DriftSpeed float64 // how much faster than the clock they drift; 0 = 1

	Behaviour Behaviour // how writes behave at the start and after a reset
}

// Server is the simulated API. It is safe for concurrent use.
type Server struct {
	opts     Options
	provider string
	routes   []route
	started  time.Time

	mu    sync.RWMutex // guards state
	state *state

	faults faultList
	pace   pacer
	stats  statistics
	logos  logoCache
}

// state is everything a reset throws away.
type state struct {
	key       string
	keyTurn   uint64
	orgs      *roster
	admins    []*administrator
	self      *administrator
	added     uint64
	links     uint64 // generation of everything that decides who sees what
	behaviour Behaviour
	uploads   map[string]upload // logo id -> picture
	history   []Mutation
}

// New makes a provider. It draws and sorts names but nothing else: records and
// logos are made when they are asked for.
func New(opts Options) *Server {
	if opts.Now == nil {
		stopped := time.Date(2026, 6, 15, 9, 0, 0, 0, time.UTC)
		opts.Now = func() time.Time { return stopped }
	}
	opts.Orgs = max(0, opts.Orgs)
	s := &Server{opts: opts, started: opts.Now()}
	s.provider = newObjectID(time.Date(2016, 2, 1, 9, 0, 0, 0, time.UTC), s.hash(forProvider))
	s.routes = s.buildRoutes()
	s.pace.start(opts)
	s.state = s.freshState()
	return s
}

func (s *Server) freshState() *state {
	st := &state{
		key:       s.inventKey(0),
		orgs:      newRoster(s.hash(forOrganization), s.opts.Orgs, s.opts.Company == ""),
		behaviour: s.opts.Behaviour,
		uploads:   map[string]upload{},
	}
	st.admins = s.inventAdministrators()
	st.self = st.admins[0]
	return st
}

// hash is what a thing of the provider is made from: its seed, its size and its
// name decide. Sizes do not change customers, only how many there are.
func (s *Server) hash(what uint64) uint64 {
	h := mix(s.opts.Seed, what)
	for _, b := range []byte(s.opts.Company) {
		h = mix(h, uint64(b))
	}
	if what == forProvider || what == forKey {
		h = mix(h, uint64(s.opts.Orgs)) //nolint:gosec // not negative
	}
	return h
}

func (s *Server) company() string {
	if s.opts.Company == "" {
		return "Northwind MSP"
	}
	return s.opts.Company
}

// inventKey makes the API key of a turn; turn 0 is the first key.
func (s *Server) inventKey(turn uint64) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	d := roll(s.hash(forKey), turn)
	var b strings.Builder
	b.WriteString("jca_")
	for range 36 {
		b.WriteByte(letters[d.below(len(letters))])
	}
	return b.String()
}

// APIKey gives the key that is valid now.
func (s *Server) APIKey() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.state.key
}

// ProviderID gives the id of the provider.
func (s *Server) ProviderID() string { return s.provider }

// ServeHTTP answers a request of the API or of the control plane.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	// The body is read first: only then does the server notice, while a fault or
	// the latency makes it wait, that the client has gone.
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody+1))
	if err != nil {
		badRequest("the body could not be read").answer().write(w)
		return
	}
	if len(body) > maxBody {
		badRequest("the body is larger than %d bytes", maxBody).answer().write(w)
		return
	}
	if strings.HasPrefix(r.URL.Path, "/__sim/") {
		s.control(w, r, body)
		return
	}
	if r.URL.Path == "/login" || r.URL.Path == "/" {
		htmlAnswer(http.StatusOK, "Log in").write(w)
		return
	}
	s.serveAPI(w, r, body)
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request, body []byte) {
	rt, params, methods := s.find(r.Method, r.URL.EscapedPath())
	name := "other"
	if rt != nil {
		name = rt.name()
	}
	done := s.stats.begin(name)
	defer done()
	now := s.opts.Now()
	if wait, limited := s.pace.limited(now); limited {
		s.stats.reject()
		tooMany(wait).write(w)
		return
	}
	if !s.pace.wait(r.Context()) {
		panic(http.ErrAbortHandler) // returning would send an empty 200
	}
	f, broken := s.faults.claim(r, body, params)
	if broken && f.answersAlone() {
		s.misbehave(w, r, f)
		return
	}
	if rt == nil {
		noRoute(methods).write(w)
		return
	}
	c := &call{s: s, route: rt, query: r.URL.Query(), body: body, params: params, origin: originOf(r), now: now}
	a := s.answer(c, r)
	if broken {
		s.spoil(w, r, f, a)
		return
	}
	a.write(w)
}

// originOf gives the scheme and host the client used, so that the links in an
// answer lead back the way it came.
func originOf(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// sleep waits, and says whether the time passed before the context ended.
func sleep(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
