package program

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/logo"
)

// takePrefix is where the page hands pictures over: /take/{account}/{organization}.
// They do not come as arguments of a bound method, because those are JSON.
const takePrefix = "/take/"

// maxFileNameHeader bounds the name of a file as it is sent, in bytes.
const maxFileNameHeader = 4096

// serveTaking answers /take/, /taken/ and /ready/; false for any other path.
func (p *Program) serveTaking(w http.ResponseWriter, r *http.Request) bool {
	if path, ok := strings.CutPrefix(r.URL.Path, takePrefix); ok {
		p.serveTake(w, r, path)
		return true
	}
	if path, ok := strings.CutPrefix(r.URL.Path, bind.TakenPrefix); ok {
		account, name, _ := strings.Cut(path, "/")
		id, isPNG := strings.CutSuffix(name, ".png")
		p.servePicture(w, r, isPNG, func() (domain.LogoFile, error) {
			preview, err := p.taking.Preview(domain.AccountID(account), id)
			return domain.LogoFile{MediaType: "image/png", Bytes: preview}, err
		})
		return true
	}
	if path, ok := strings.CutPrefix(r.URL.Path, bind.ReadyPrefix); ok {
		account, id, _ := strings.Cut(path, "/")
		p.servePicture(w, r, id != "", func() (domain.LogoFile, error) { return p.taking.File(domain.AccountID(account), id) })
		return true
	}
	return false
}

// servePicture answers with a picture that is kept in memory. Nothing else
// keeps it: it may be a person's only copy of something not meant to last.
func (p *Program) servePicture(w http.ResponseWriter, r *http.Request, wellFormed bool, find func() (domain.LogoFile, error)) {
	if !wellFormed || r.Method != http.MethodGet {
		http.NotFound(w, r)
		return
	}
	file, err := find()
	if err != nil || (file.MediaType != "image/png" && file.MediaType != "image/jpeg") {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", file.MediaType)
	w.Header().Set("Cache-Control", "no-store")
	if _, err := w.Write(file.Bytes); err != nil {
		p.opts.Log.Debug("a picture was not taken", "error", err)
	}
}

// serveTake takes a picture in for an organization, and answers with a
// TakenLogo, or with a Problem as bound methods give it.
func (p *Program) serveTake(w http.ResponseWriter, r *http.Request, path string) {
	if r.Method != http.MethodPost || !ownPage(r) {
		http.NotFound(w, r)
		return
	}
	taken, err := p.takePosted(w, r, path)
	if err != nil {
		p.opts.Log.Debug("a picture was refused", "error", err)
		p.answer(w, statusOf(err), bind.NewProblem(err))
		return
	}
	p.answer(w, http.StatusOK, bind.NewTakenLogo(taken))
}

func (p *Program) takePosted(w http.ResponseWriter, r *http.Request, path string) (domain.TakenLogo, error) {
	if _, err := p.Lifetime(); err != nil {
		return domain.TakenLogo{}, err
	}
	accountID, orgID, _ := strings.Cut(path, "/")
	account, org := domain.AccountID(accountID), domain.OrgID(orgID)
	if !org.Valid() {
		return domain.TakenLogo{}, &domain.Error{Code: domain.CodeInvalidInput, Message: "This is not an organization's id. Nothing was changed."}
	}
	// Asked before anything is read: nothing is read for nobody.
	if _, err := p.workspaceHaving(r.Context(), account, org); err != nil {
		return domain.TakenLogo{}, err
	}
	if r.ContentLength > logo.MaxFile {
		return domain.TakenLogo{}, tooLarge()
	}
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, logo.MaxFile))
	if _, exceeded := errors.AsType[*http.MaxBytesError](err); exceeded {
		return domain.TakenLogo{}, tooLarge()
	}
	if err != nil {
		return domain.TakenLogo{}, unreadable(err)
	}
	return p.take(r.Context(), account, org, postedName(r), data)
}

// ownPage reports whether a request comes from the window's own page. The
// header cannot be sent from another origin without asking first, which is
// never allowed; a development build listens on a port that any page may call.
func ownPage(r *http.Request) bool {
	if r.Header.Get("X-Orgdeck") != "take" {
		return false
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" {
		return false
	}
	origin := r.Header.Get("Origin")
	if origin == "" {
		return true
	}
	from, err := url.Parse(origin)
	if err != nil {
		return false
	}
	return from.Scheme == "wails" || (from.Host != "" && from.Host == r.Host)
}

// postedName gives the name that the page gave a file; empty where it is none.
func postedName(r *http.Request) string {
	sent := r.Header.Get("X-File-Name")
	if len(sent) > maxFileNameHeader {
		return ""
	}
	name, err := url.PathUnescape(sent)
	if err != nil {
		return ""
	}
	return name
}

func statusOf(err error) int {
	switch domain.CodeOf(err) {
	case domain.CodeInvalidInput:
		return http.StatusBadRequest
	case domain.CodeNotFound:
		return http.StatusNotFound
	default:
		return http.StatusInternalServerError
	}
}
