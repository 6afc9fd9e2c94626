package bind

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// FormatError turns an error into the JSON text of a Problem. It is Wails'
// ErrorFormatter, the one place where an error becomes what the front end
// gets: a string, because Wails 2.15 turns an object into "[object Object]".
func FormatError(err error) any {
	text, marshalErr := json.Marshal(NewProblem(err))
	if marshalErr != nil {
		return `{"code":"internal","message":"Orgdeck could not describe what went wrong."}`
	}
	return string(text)
}

// NewProblem converts an error for the front end. An error that is not meant
// for people becomes a defect with general words, never its text.
func NewProblem(err error) Problem {
	known, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return Problem{
			Code:    string(domain.CodeInternal),
			Message: "Orgdeck ran into a defect of its own. Nothing on JumpCloud was changed by it.",
			Hint:    "Try again; if it happens again, report it with what you were doing.",
		}
	}
	return Problem{
		Code: string(known.Code), Message: known.Message, Hint: known.Hint,
		Retryable: known.Retryable, RetryAfterMs: known.RetryAfter.Milliseconds(),
	}
}

// problemOf is NewProblem for a value that may be absent.
func problemOf(err *domain.Error) *Problem {
	if err == nil {
		return nil
	}
	p := NewProblem(err)
	return &p
}

// guard turns a panic in a bound method into an error: Wails only logs it, and
// the page's promise would never settle.
func guard(log *slog.Logger, method string, err *error) {
	recovered := recover()
	if recovered == nil {
		if *err != nil {
			log.Debug("call failed", "method", method, "error", *err)
		}
		return
	}
	log.Error("panic in a bound method", "method", method, "panic", fmt.Sprint(recovered), "stack", string(debug.Stack()))
	*err = fmt.Errorf("%s: panic: %v", method, recovered)
}
