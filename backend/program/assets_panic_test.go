package program_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/taking"
)

// brokenPicture panics when it is looked at.
type brokenPicture struct{ taking.Picture }

func (brokenPicture) Source() domain.LogoSource {
	return domain.LogoSource{Kind: "PNG", Width: 1, Height: 1}
}
func (brokenPicture) Preview(int, int) ([]byte, error) { return nil, nil }
func (brokenPicture) Suggested() domain.LogoRecipe     { panic("a broken picture") }

// errorsLogged counts what is logged as an error.
type errorsLogged struct {
	slog.Handler
	mu    sync.Mutex
	lines []string
}

func (e *errorsLogged) Enabled(_ context.Context, level slog.Level) bool {
	return level >= slog.LevelError
}

func (e *errorsLogged) Handle(_ context.Context, record slog.Record) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.lines = append(e.lines, record.Message)
	return nil
}

// TestAPanicIsAnAnswer: nothing above the window's handler recovers, so that a
// panic in it would end the program.
func TestAPanicIsAnAnswer(t *testing.T) {
	log := &errorsLogged{Handler: slog.DiscardHandler}
	p := start(t, func(o *program.Options) { o.Demo, o.Log = true, slog.New(log) })
	account := p.synced(t)
	list, err := p.organizations.List(account)
	if err != nil {
		t.Fatal(err)
	}
	p.OpenPicturesWith(func(context.Context, []byte) (taking.Picture, error) { return brokenPicture{}, nil })
	status, body := p.hand(t, "/take/"+account+"/"+list.Rows[0].ID, "a.png", strings.NewReader("picture"), nil)
	isDefect(t, "a picture that is handed over", status, body)
	recorder := httptest.NewRecorder()
	p.Assets(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("a broken page") })).
		ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/index.html", nil))
	isDefect(t, "a page", recorder.Code, recorder.Body.Bytes())
	if log.mu.Lock(); len(log.lines) != 2 {
		t.Errorf("logged were %q", log.lines)
	}
	log.mu.Unlock()
	// The program goes on.
	if _, err := p.organizations.List(account); err != nil {
		t.Error(err)
	}
}

func isDefect(t *testing.T, what string, status int, body []byte) {
	t.Helper()
	var problem bind.Problem
	if err := json.Unmarshal(body, &problem); err != nil || status != http.StatusInternalServerError ||
		problem.Code != string(domain.CodeInternal) || problem.Message == "" || strings.Contains(string(body), "broken") {
		t.Errorf("%s is answered with %d: %s (%v)", what, status, body, err)
	}
}
