package bind_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
)

func area() bind.Area {
	return bind.Area{
		Lifetime: func() (context.Context, error) { return context.Background(), nil },
		Log:      slog.New(slog.DiscardHandler),
		Revision: func() int64 { return 0 },
	}
}

// bound gives every bound struct over services that panic at every call.
func bound() []any {
	return []any{
		bind.NewSession(area(), nil, nil, bind.About{}), bind.NewOrganizations(area(), nil, nil, nil),
		bind.NewSync(area(), nil), bind.NewShell(area(), nil), bind.NewEdits(area(), nil, nil),
		bind.NewAdministrators(area(), nil, nil, time.Now), bind.NewBilling(area(), nil, nil, time.Now), bind.NewHistory(area(), nil),
		bind.NewLogos(area(), nil, nil, nil),
	}
}

// TestPanicsBecomeErrors: Wails only logs a panic, and the page waits for ever.
func TestPanicsBecomeErrors(t *testing.T) {
	for _, receiver := range bound() {
		value := reflect.ValueOf(receiver)
		for i := range value.NumMethod() {
			name := value.Type().Elem().Name() + "." + value.Type().Method(i).Name
			method := value.Method(i)
			arguments := make([]reflect.Value, method.Type().NumIn())
			for j := range arguments {
				arguments[j] = argument(method.Type().In(j))
			}
			results := method.Call(arguments)
			err, _ := results[len(results)-1].Interface().(error)
			if err == nil {
				t.Errorf("%s over a broken service gave no error", name)
				continue
			}
			if p := bind.NewProblem(err); p.Code != string(domain.CodeInternal) || strings.Contains(p.Message, "nil pointer") {
				t.Errorf("%s: a person would read %+v", name, p)
			}
		}
	}
}

// argument gives a value that passes the checks of a bound method.
func argument(kind reflect.Type) reflect.Value {
	if kind.Kind() == reflect.String {
		return reflect.ValueOf("624d9eae6849cf3b3f93dc56")
	}
	return reflect.Zero(kind)
}

// TestBoundMethodsKeepTheShapeThatWailsCanCarry holds every method against what
// was measured of Wails 2.15: contexts are not injected, a third result or a
// variadic argument breaks the call, and some types lie in TypeScript.
func TestBoundMethodsKeepTheShapeThatWailsCanCarry(t *testing.T) {
	failure := reflect.TypeFor[error]()
	for _, receiver := range bound() {
		kind := reflect.TypeOf(receiver)
		for i := range kind.NumMethod() {
			name, method := kind.Elem().Name()+"."+kind.Method(i).Name, kind.Method(i).Type
			if method.IsVariadic() || method.NumOut() < 1 || method.NumOut() > 2 || method.Out(method.NumOut()-1) != failure {
				t.Errorf("%s is %s", name, method)
			}
			for j := 1; j < method.NumIn(); j++ {
				carried(t, name, method.In(j))
			}
			if method.NumOut() == 2 {
				carried(t, name, method.Out(0))
			}
		}
	}
	for _, payload := range []any{bind.RowsChanged{}, bind.SyncStatus{}, bind.SessionState{}, bind.ImportStatus{}, bind.LogoBatch{}, bind.LogoPlanProgress{}, bind.DroppedFiles{}} {
		carried(t, "event", reflect.TypeOf(payload))
	}
}

func carried(t *testing.T, where string, kind reflect.Type) {
	t.Helper()
	switch kind.Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
	case reflect.Pointer, reflect.Slice:
		if kind.Elem().Kind() == reflect.Uint8 {
			t.Errorf("%s carries bytes, which TypeScript calls numbers", where)
		}
		carried(t, where, kind.Elem())
	case reflect.Struct:
		if kind == reflect.TypeFor[time.Time]() {
			t.Errorf("%s carries a time, which TypeScript calls any", where)
			return
		}
		for i := range kind.NumField() {
			if kind.Field(i).Anonymous {
				t.Errorf("%s embeds %s", where, kind.Field(i).Name)
			}
			carried(t, where+"."+kind.Field(i).Name, kind.Field(i).Type)
		}
	default:
		t.Errorf("%s carries a %s", where, kind)
	}
}

// TestNoResultIsUnencodable: Wails ends the program over a number JSON lacks.
func TestNoResultIsUnencodable(t *testing.T) {
	for _, rate := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), 12.5} {
		if _, err := json.Marshal(bind.NewSyncStatus("us:x", domain.SyncStatus{PerSecond: rate}, 1)); err != nil {
			t.Errorf("a rate of %v: %v", rate, err)
		}
	}
}

// TestNoListIsNull: a nil slice would be null where TypeScript says a list.
func TestNoListIsNull(t *testing.T) {
	for _, result := range []any{
		bind.NewSyncStatus("us:x", domain.SyncStatus{}, 1),
		bind.NewSessionState(domain.SessionState{}, bind.About{}, 1),
		bind.OrganizationList{Rows: bind.NewRows("us:x", nil)},
		bind.NewImportResult("us:x", domain.ImportResult{}),
		bind.NewKeyHealth("us:x", domain.KeyHealth{}),
		bind.NewTakenLogo(domain.TakenLogo{}),
		bind.NewLogoBatch("us:x", domain.LogoBatch{}, 1),
		bind.NewLogoProgress("us:x", domain.LogoBatch{}, 1),
	} {
		value := reflect.ValueOf(result)
		for i := range value.NumField() {
			if field := value.Field(i); field.Kind() == reflect.Slice && field.IsNil() {
				t.Errorf("%T.%s is null", result, value.Type().Field(i).Name)
			}
		}
	}
}

func TestErrorsCrossAsJSONText(t *testing.T) {
	known := &domain.Error{
		Code: domain.CodeRateLimited, Message: "Too many requests.", Hint: "Wait.", Retryable: true,
		RetryAfter: 8 * time.Second, Cause: errors.New("hidden"),
	}
	for _, c := range []struct {
		err  error
		want bind.Problem
	}{
		{known, bind.Problem{Code: "rate_limited", Message: "Too many requests.", Hint: "Wait.", Retryable: true, RetryAfterMs: 8000}},
		{errors.Join(errors.New("outer"), known), bind.Problem{Code: "rate_limited", Message: "Too many requests.", Hint: "Wait.", Retryable: true, RetryAfterMs: 8000}},
		{errors.New("secret detail"), bind.NewProblem(errors.New("another"))},
	} {
		text, ok := bind.FormatError(c.err).(string)
		if !ok {
			t.Fatalf("%v crosses as %T", c.err, bind.FormatError(c.err))
		}
		var got bind.Problem
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != c.want {
			t.Errorf("%v crosses as %s (%v)", c.err, text, err)
		}
		if strings.Contains(text, "hidden") || strings.Contains(text, "secret") {
			t.Errorf("%s tells what is not for people", text)
		}
	}
}

func TestIdsAreChecked(t *testing.T) {
	organizations := bind.NewOrganizations(area(), nil, nil, nil)
	for _, c := range [][2]string{
		{"", "624d9eae6849cf3b3f93dc56"}, {"us:x", ""}, {"us:x", "624D9EAE6849CF3B3F93DC56"}, {"us:x", "../../x"},
		{strings.Repeat("x", 65), "624d9eae6849cf3b3f93dc56"},
	} {
		if _, err := organizations.Details(c[0], c[1]); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%q, %q: %v", c[0], c[1], err)
		}
	}
}
