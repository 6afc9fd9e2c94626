package simulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
)

// answer is what a request gets, before the faults change it.
type answer struct {
	status      int
	contentType string
	body        []byte
	header      map[string]string
}

// failure is a refusal with the published error body.
type failure struct {
	status  int
	message string
}

func (f *failure) answer() answer {
	return jsonAnswer(f.status, map[string]any{
		"code": f.status, "message": f.message, "status": http.StatusText(f.status),
	})
}

func fail(status int, format string, args ...any) *failure {
	return &failure{status: status, message: fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) *failure {
	return fail(http.StatusBadRequest, format, args...)
}

func notFound(what string) *failure { return fail(http.StatusNotFound, "%s not found", what) }

func forbidden(format string, args ...any) *failure {
	return fail(http.StatusForbidden, format, args...)
}

func conflict(format string, args ...any) *failure {
	return fail(http.StatusConflict, format, args...)
}

func jsonAnswer(status int, value any) answer {
	body, err := json.Marshal(value)
	if err != nil {
		return answer{status: http.StatusInternalServerError, contentType: "application/json", body: []byte(`{"code":500,"message":"unencodable answer","status":"Internal Server Error"}`)}
	}
	return answer{status: status, contentType: "application/json", body: body}
}

func ok(value any) (answer, *failure) { return jsonAnswer(http.StatusOK, value), nil }

func htmlAnswer(status int, title string) answer {
	page := "<!doctype html>\n<html lang=\"en\"><head><title>" + title + "</title></head>\n<body><h1>" + title + "</h1></body></html>\n"
	return answer{status: status, contentType: "text/html; charset=utf-8", body: []byte(page)}
}

func (a answer) write(w http.ResponseWriter) {
	h := w.Header()
	for name, value := range a.header {
		h.Set(name, value)
	}
	if a.contentType != "" {
		h.Set("Content-Type", a.contentType)
	}
	h.Set("X-Content-Type-Options", "nosniff")
	if a.status != http.StatusNoContent && a.status != http.StatusNotModified {
		h.Set("Content-Length", strconv.Itoa(len(a.body)))
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // a client that is gone needs no answer
}
