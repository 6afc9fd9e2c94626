package contract

import "net/http"

// Side says which half of an exchange broke the contract.
type Side string

// The two halves of an exchange.
const (
	Request Side = "request"
	Answer  Side = "answer"
)

// Violation is one breach of the contract. It holds no header and no query, so
// that no key can reach a test's log through it.
type Violation struct {
	Side   Side
	Method string
	Path   string
	// Status is the answer's status; zero for a request.
	Status int
	Err    error
}

// Error says which exchange broke the contract, and how.
func (v *Violation) Error() string {
	text := "contract: " + string(v.Side) + " " + v.Method + " " + v.Path
	if v.Status != 0 {
		text += " (" + http.StatusText(v.Status) + ")"
	}
	return text + ": " + v.Err.Error()
}

// Unwrap gives the reason.
func (v *Violation) Unwrap() error { return v.Err }

// FaultHeader marks an answer that a simulator spoiled on purpose. Such answers
// are not checked; the requests that met them are.
const FaultHeader = "X-Simulated-Fault"

// Option changes what a RoundTripper or a Handler of a Checker checks.
type Option func(*settings)

type settings struct {
	answersOnly bool
	exempt      func(status int, header http.Header) bool
}

// AnswersOnly leaves requests unchecked: for tests that send bad requests on
// purpose to see them refused.
func AnswersOnly() Option {
	return func(s *settings) { s.answersOnly = true }
}

// ExemptAnswers leaves answers unchecked for which exempt says so, besides
// those that carry FaultHeader.
func ExemptAnswers(exempt func(status int, header http.Header) bool) Option {
	return func(s *settings) { s.exempt = exempt }
}

func newSettings(options []Option) settings {
	var s settings
	for _, option := range options {
		option(&s)
	}
	return s
}

func (s settings) exempted(status int, header http.Header) bool {
	return header.Get(FaultHeader) != "" || s.exempt != nil && s.exempt(status, header)
}
