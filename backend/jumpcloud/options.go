package jumpcloud

import (
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Options say whom a Client speaks to, and how. Only Clock, APIKey and one of
// Region and APIURL are required.
type Options struct {
	// Region is one of domain.Regions. It is ignored where APIURL is given.
	Region domain.Region
	// APIURL is the address of a simulator; loopback addresses alone are accepted.
	APIURL string
	// APIKey is the administrator's key. It goes to the API's host and nowhere else.
	APIKey string
	// Version is the program's version, told in the user agent.
	Version string
	// Logger gets a line a call, never the key; nil logs nothing.
	Logger *slog.Logger
	Clock  Clock
	// Transport carries the API calls; nil for one of the Client's own. Logos on
	// other hosts never pass through it.
	Transport http.RoundTripper
	// Rand gives numbers in [0,1) for the jitter of waits; nil for the common source.
	Rand func() float64
	// Limits bound the Client; zero fields take their defaults.
	Limits Limits
}

// Limits bound what a Client asks of the server and of the caller's patience.
type Limits struct {
	// StartInFlight and MaxInFlight bound the calls under way at once (8, 24).
	StartInFlight, MaxInFlight int
	// PerSecond is a ceiling on calls a second; zero for none. Calls in flight
	// bound the rate already, because the server's latency does.
	PerSecond float64
	// Attempts is how often a call is tried that fails for a passing reason (5);
	// LimitedAttempts how often one is tried that is answered with 429 (8).
	Attempts, LimitedAttempts int
	// BaseDelay and MaxDelay bound the wait between attempts (300 ms, 20 s).
	BaseDelay, MaxDelay time.Duration
	// MaxRetryAfter is the longest wait the server may ask for; where it asks
	// for more, the call fails with the wait in its error (2 minutes).
	MaxRetryAfter time.Duration
	// CallTimeout bounds one attempt, from the dial to the last byte (60 s).
	CallTimeout time.Duration
}

func (l Limits) withDefaults() Limits {
	l.StartInFlight = orDefault(l.StartInFlight, 8)
	l.MaxInFlight = orDefault(l.MaxInFlight, 24)
	l.Attempts = orDefault(l.Attempts, 5)
	l.LimitedAttempts = orDefault(l.LimitedAttempts, 8)
	l.BaseDelay = orDefault(l.BaseDelay, 300*time.Millisecond)
	l.MaxDelay = orDefault(l.MaxDelay, 20*time.Second)
	l.MaxRetryAfter = orDefault(l.MaxRetryAfter, 2*time.Minute)
	l.CallTimeout = orDefault(l.CallTimeout, time.Minute)
	return l
}

func orDefault[T int | time.Duration](value, standard T) T {
	if value <= 0 {
		return standard
	}
	return value
}

// Client speaks to JumpCloud with one key. It is made by New, and may be used
// by many goroutines at once.
type Client struct {
	endpoint endpoint
	api      *http.Client
	logos    *logoClient
	clock    Clock
	rand     func() float64
	log      *slog.Logger
	limits   Limits
	limiter  *limiter
	redact   redactor
	idle     []interface{ CloseIdleConnections() }
}

// New makes a Client. It fails with invalid_input where the region, the API
// address or the key cannot be used; it does not speak to the server.
func New(options Options) (*Client, error) {
	where, err := newEndpoint(options.Region, options.APIURL)
	if err != nil {
		return nil, err
	}
	key, err := checkKey(options.APIKey)
	if err != nil {
		return nil, err
	}
	if options.Clock == nil {
		return nil, &domain.Error{Code: domain.CodeInternal, Message: "The client was built without a clock."}
	}
	c := &Client{
		endpoint: where, clock: options.Clock, rand: options.Rand, log: options.Logger,
		limits: options.Limits.withDefaults(), redact: newRedactor(key),
	}
	if c.rand == nil {
		c.rand = rand.Float64
	}
	if c.log == nil {
		c.log = slog.New(slog.DiscardHandler)
	}
	c.limiter = newLimiter(c.limits, c.clock)
	agent := userAgent(options.Version)
	base := options.Transport
	if base == nil {
		own := newTransport(nil)
		c.idle = append(c.idle, own)
		base = own
	}
	c.api = &http.Client{
		Transport:     c.layers(base, key, agent),
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	c.logos = newLogoClient(agent)
	c.idle = append(c.idle, c.logos.direct, c.logos.proxied)
	return c, nil
}

// Close lets go of idle connections. Calls under way go on.
func (c *Client) Close() {
	for _, transport := range c.idle {
		transport.CloseIdleConnections()
	}
}

// checkKey trims what pasting adds and refuses what cannot be sent. Neither
// prefix nor length is judged: old keys look different.
func checkKey(key string) (string, error) {
	key = strings.TrimSpace(key)
	if key == "" {
		return "", invalidInput("No API key was given.", "Paste the key of an administrator of the multi-tenant portal.")
	}
	for i := range len(key) {
		if key[i] <= ' ' || key[i] > '~' {
			return "", invalidInput("The API key holds characters that no key has.", "Copy the key again, without spaces or line breaks in it.")
		}
	}
	if len(key) > 1024 {
		return "", invalidInput("The API key is too long to be one.", "Copy the key again.")
	}
	return key, nil
}

func userAgent(version string) string {
	clean := strings.Map(func(r rune) rune {
		if r <= ' ' || r > '~' {
			return -1
		}
		return r
	}, version)
	if clean == "" {
		clean = "dev"
	}
	return "Orgdeck/" + clean
}
