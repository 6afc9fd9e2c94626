package program

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"runtime/debug"
	"strings"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// contentSecurityPolicy lets nothing remote into the window: no script, frame,
// picture or connection but the program's own. Inline style attributes are
// needed by the virtual rows.
const contentSecurityPolicy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"connect-src 'self'; font-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// Headless says that a browser shows the page instead of the program's own
// window (make serve, tests). That window stays empty, because it would run the
// same page a second time and call everything twice.
func Headless() bool { return os.Getenv("ORGDECK_HEADLESS") == "1" }

const logoPrefix = "/logo/"

// Assets puts the security headers on everything the window loads, serves
// cached logos, and takes pictures in.
func (p *Program) Assets(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer p.guardAnswer(w, r)
		w.Header().Set("Content-Security-Policy", contentSecurityPolicy)
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		if path, ok := strings.CutPrefix(r.URL.Path, logoPrefix); ok {
			p.serveLogo(w, r, path)
			return
		}
		if p.serveTaking(w, r) {
			return
		}
		if Headless() && r.URL.Path == "/" && strings.Contains(r.UserAgent(), "wails.io") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, "<!doctype html><title>Orgdeck</title>")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// guardAnswer, deferred, makes a panic an answer of 500 with a Problem: nothing
// above the window's handler recovers, so that a panic would end the program.
func (p *Program) guardAnswer(w http.ResponseWriter, r *http.Request) {
	recovered := recover()
	if recovered == nil {
		return
	}
	// Of the path its first part alone: the rest names an account.
	area, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	p.opts.Log.Error("panic while the window was answered", "area", area, "panic", fmt.Sprint(recovered), "stack", string(debug.Stack()))
	p.answer(w, http.StatusInternalServerError, bind.NewProblem(fmt.Errorf("%s: panic: %v", area, recovered)))
}

// answer answers with JSON that nothing keeps.
func (p *Program) answer(w http.ResponseWriter, status int, content any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(content); err != nil {
		p.opts.Log.Debug("an answer was not taken", "error", err)
	}
}

// serveLogo answers /logo/{account}/{hash}.png. The hash is of the content, so
// that an answer stays true for ever.
func (p *Program) serveLogo(w http.ResponseWriter, r *http.Request, path string) {
	account, name, _ := strings.Cut(path, "/")
	hash, isPNG := strings.CutSuffix(name, ".png")
	if !isPNG || len(hash) != 64 || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	found, err := p.logo(r, domain.AccountID(account), hash)
	if err != nil {
		if domain.CodeOf(err) != domain.CodeNotFound {
			p.opts.Log.Warn("a logo could not be read", "error", err)
		}
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", "image/png")
	// In memory alone: WebKit keeps no answers of the program's own on the disk,
	// as the smoke test of erasing proves. With no-store every scroll asks again,
	// and rows are drawn with their logos missing meanwhile.
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	if _, err := w.Write(found.PNG); err != nil {
		p.opts.Log.Debug("a logo was not taken", "error", err)
	}
}

func (p *Program) logo(r *http.Request, account domain.AccountID, hash string) (domain.Thumbnail, error) {
	if _, err := p.Lifetime(); err != nil {
		return domain.Thumbnail{}, err
	}
	w, err := p.workspaceOf(account)
	if err != nil {
		return domain.Thumbnail{}, err
	}
	return w.db.Logo(r.Context(), account, hash)
}
