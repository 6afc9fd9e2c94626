package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
)

// FaultKind is a way to fail.
type FaultKind string

// The kinds of faults. The first group answers without looking at the request,
// the second spoils the true answer.
const (
	FaultStatus  FaultKind = "status"  // Status, with the published error body and RetryAfter
	FaultReset   FaultKind = "reset"   // the connection is reset; nothing was done
	FaultTimeout FaultKind = "timeout" // no answer until the client gives up
	FaultHTML    FaultKind = "html"    // a captive portal: 200 and HTML
	FaultGarbage FaultKind = "garbage" // 200 and something that is not JSON
	FaultHuge    FaultKind = "huge"    // 200 and JSON that goes on for 64 MiB
	FaultEmpty   FaultKind = "empty"   // 200 without a body

	FaultTruncate   FaultKind = "truncate"   // half of the answer, then the end
	FaultSlow       FaultKind = "slow"       // the answer in pieces, DelayMS apart
	FaultLost       FaultKind = "lost"       // done, but the connection is reset before the answer
	FaultCount      FaultKind = "count"      // totalCount is too high
	FaultUndercount FaultKind = "undercount" // totalCount is too low
	FaultDuplicate  FaultKind = "duplicate"  // the page has its first record twice
	FaultVanish     FaultKind = "vanish"     // the page lacks its last record
	FaultNull       FaultKind = "null"       // results, or the bare list, is null
	FaultWrongType  FaultKind = "wrongtype"  // texts where numbers belong, and the other way round
)

func (k FaultKind) known() bool {
	switch k {
	case FaultStatus, FaultReset, FaultTimeout, FaultHTML, FaultGarbage, FaultHuge, FaultEmpty,
		FaultTruncate, FaultSlow, FaultLost, FaultCount, FaultUndercount, FaultDuplicate, FaultVanish, FaultNull, FaultWrongType:
		return true
	default:
		return false
	}
}

// Fault breaks requests that fit it.
type Fault struct {
	Method     string     `json:"method,omitempty"`     // empty or * = every method
	Path       string     `json:"path,omitempty"`       // a prefix, or a pattern with * for any text; empty = every path
	OrgID      string     `json:"orgId,omitempty"`      // in x-org-id or in the path
	Query      string     `json:"query,omitempty"`      // text the raw query must contain, such as "skip=100"
	Contains   string     `json:"contains,omitempty"`   // text the request's body must contain
	Kind       FaultKind  `json:"kind"`                 //
	Status     int        `json:"status,omitempty"`     // of kind status; 0 = 500
	Message    string     `json:"message,omitempty"`    // of kind status; empty = one that says it is a fault
	RetryAfter RetryAfter `json:"retryAfter,omitempty"` // the Retry-After header as it is sent; JSON takes a number too
	After      int        `json:"after,omitempty"`      // how many fitting requests pass first
	Times      int        `json:"times,omitempty"`      // how many requests it breaks; 0 = for ever
	DelayMS    int        `json:"delayMs,omitempty"`    // of kind slow; 0 = 250
}

// RetryAfter is a header value: seconds or a date.
type RetryAfter string

// UnmarshalJSON takes a number or a text.
func (v *RetryAfter) UnmarshalJSON(raw []byte) error {
	var number json.Number
	if err := json.Unmarshal(raw, &number); err == nil && len(raw) > 0 && raw[0] != '"' {
		*v = RetryAfter(number)
		return nil
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return fmt.Errorf("retryAfter: %w", err)
	}
	*v = RetryAfter(text)
	return nil
}

func (f Fault) check() error {
	if !f.Kind.known() {
		return fmt.Errorf("unknown fault kind %q", f.Kind)
	}
	if f.Status != 0 && (f.Status < 200 || f.Status > 599) {
		return fmt.Errorf("fault status %d is not an answer", f.Status)
	}
	if f.Times < 0 || f.After < 0 || f.DelayMS < 0 {
		return fmt.Errorf("a fault's times, after and delayMs must not be negative")
	}
	return nil
}

// answersAlone says that the request is not looked at.
func (f Fault) answersAlone() bool {
	switch f.Kind {
	case FaultStatus, FaultReset, FaultTimeout, FaultHTML, FaultGarbage, FaultHuge, FaultEmpty:
		return true
	default:
		return false
	}
}

// faultList holds the faults in force; the first that fits is taken.
type faultList struct {
	mu   sync.Mutex
	list []Fault
}

// AddFaults puts faults in force behind those already there.
func (s *Server) AddFaults(faults ...Fault) error {
	for _, f := range faults {
		if err := f.check(); err != nil {
			return fmt.Errorf("add faults: %w", err)
		}
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = append(s.faults.list, faults...)
	return nil
}

// ClearFaults ends all faults.
func (s *Server) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = nil
}

// Faults gives the faults in force, with the times they have left.
func (s *Server) Faults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return slices.Clone(s.faults.list)
}

// claim gives the fault that breaks this request and uses it up.
func (l *faultList) claim(r *http.Request, body []byte, params map[string]string) (Fault, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for i := range l.list {
		f := &l.list[i]
		if !f.fits(r, body, params) {
			continue
		}
		if f.After > 0 {
			f.After--
			continue
		}
		taken := *f
		switch f.Times {
		case 0:
		case 1:
			l.list = slices.Delete(l.list, i, i+1)
		default:
			f.Times--
		}
		return taken, true
	}
	return Fault{}, false
}

func (f *Fault) fits(r *http.Request, body []byte, params map[string]string) bool {
	if f.Method != "" && f.Method != "*" && !strings.EqualFold(f.Method, r.Method) {
		return false
	}
	if f.Query != "" && !strings.Contains(r.URL.RawQuery, f.Query) {
		return false
	}
	if f.Contains != "" && !strings.Contains(string(body), f.Contains) {
		return false
	}
	if f.OrgID != "" && f.OrgID != r.Header.Get("x-org-id") && f.OrgID != params["id"] && f.OrgID != params["organization_id"] {
		return false
	}
	return f.Path == "" || pathFits(f.Path, r.URL.Path)
}

// pathFits takes a prefix, or a pattern whose stars stand for any text, slashes
// included.
func pathFits(pattern, have string) bool {
	if !strings.Contains(pattern, "*") {
		return strings.HasPrefix(have, pattern)
	}
	flat := strings.NewReplacer("/", "\x00")
	escaped := strings.NewReplacer(`\`, `\\`, `[`, `\[`, `?`, `\?`, "/", "\x00").Replace(pattern)
	matched, err := path.Match(escaped, flat.Replace(have))
	return err == nil && matched
}
