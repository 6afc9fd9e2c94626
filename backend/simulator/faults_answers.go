package simulator

import (
	"bytes"
	"encoding/json"
	"net"
	"net/http"
	"strconv"
	"time"
)

const hugeBytes = 64 << 20

// FaultHeader is set on answers that a fault spoiled, to the fault's kind, so
// that whoever checks answers against the published API can leave them out.
const FaultHeader = "X-Simulated-Fault"

// misbehave answers without looking at the request.
func (s *Server) misbehave(w http.ResponseWriter, r *http.Request, f Fault) {
	w.Header().Set(FaultHeader, string(f.Kind))
	switch f.Kind {
	case FaultReset:
		reset(w)
	case FaultTimeout:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case FaultHTML:
		htmlAnswer(http.StatusOK, "Welcome to Airport Wi-Fi").write(w)
	case FaultGarbage:
		answer{status: http.StatusOK, contentType: "application/json", body: []byte("{\"results\": [{\"_id\": \"62\x00\xff\xfe,,")}.write(w)
	case FaultEmpty:
		answer{status: http.StatusOK, contentType: "application/json"}.write(w)
	case FaultHuge:
		huge(w, r)
	default:
		status := f.Status
		if status == 0 {
			status = http.StatusInternalServerError
		}
		message := f.Message
		if message == "" {
			message = "a fault was asked for"
		}
		a := fail(status, "%s", message).answer()
		if status == http.StatusNoContent || status == http.StatusNotModified {
			a.body = nil
		}
		if f.RetryAfter != "" {
			a.header = map[string]string{"Retry-After": string(f.RetryAfter)}
		}
		if status >= 300 && status < 400 {
			a.header = map[string]string{"Location": "/login"}
		}
		a.write(w)
	}
}

// spoil sends the true answer in a broken form.
func (s *Server) spoil(w http.ResponseWriter, r *http.Request, f Fault, a answer) {
	w.Header().Set(FaultHeader, string(f.Kind))
	switch f.Kind {
	case FaultLost:
		reset(w)
	case FaultTruncate:
		truncate(w, a)
	case FaultSlow:
		slow(w, r, f, a)
	default:
		if a.status == http.StatusOK {
			a.body = mangle(a.body, f.Kind)
		}
		a.write(w)
	}
}

// reset closes the connection so that the client sees a reset and not an end.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // HTTP/2 and recorders cannot be hijacked
	}
	if tcp, isTCP := conn.(*net.TCPConn); isTCP {
		_ = tcp.SetLinger(0) // the close below ends it either way
	}
	_ = conn.Close() // nobody is left to be told
}

func truncate(w http.ResponseWriter, a answer) {
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(max(1, len(a.body))))
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body[:len(a.body)/2]) // the answer ends here anyway
	_ = http.NewResponseController(w).Flush()
	panic(http.ErrAbortHandler)
}

func slow(w http.ResponseWriter, r *http.Request, f Fault, a answer) {
	delay := time.Duration(f.DelayMS) * time.Millisecond
	if delay == 0 {
		delay = 250 * time.Millisecond
	}
	const pieces = 8
	size := len(a.body)/pieces + 1
	w.Header().Set("Content-Type", a.contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(a.body)))
	w.WriteHeader(a.status)
	for rest := a.body; len(rest) > 0; {
		if !sleep(r.Context(), delay) {
			return
		}
		n := min(size, len(rest))
		if _, err := w.Write(rest[:n]); err != nil {
			return
		}
		_ = http.NewResponseController(w).Flush()
		rest = rest[n:]
	}
}

func huge(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write([]byte(`{"totalCount":1,"results":[{"_id":"`)) // the writes below notice a client that left
	chunk := bytes.Repeat([]byte("0123456789abcdef"), 4096)
	for sent := 0; sent < hugeBytes; sent += len(chunk) {
		if r.Context().Err() != nil {
			return
		}
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
	_, _ = w.Write([]byte(`"}]}`))
}

// mangle changes a JSON answer; what is not JSON stays.
func mangle(body []byte, kind FaultKind) []byte {
	var value any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&value) != nil {
		return body
	}
	out, err := json.Marshal(mangled(value, kind))
	if err != nil {
		return body
	}
	return out
}

func mangled(value any, kind FaultKind) any {
	switch v := value.(type) {
	case []any:
		return mangledList(v, kind)
	case map[string]any:
		if kind == FaultWrongType {
			return wrongTypes(v)
		}
		for _, name := range []string{"results", "records"} {
			if list, isList := v[name].([]any); isList {
				v[name] = mangledList(list, kind)
			}
		}
		if total, isNumber := v["totalCount"].(json.Number); isNumber {
			n, _ := total.Int64() // the simulator wrote it
			switch kind {
			case FaultCount:
				v["totalCount"] = n + 7
			case FaultUndercount:
				v["totalCount"] = max(0, n-7)
			default:
			}
		}
		return v
	default:
		return value
	}
}

func mangledList(list []any, kind FaultKind) any {
	switch {
	case kind == FaultNull:
		return nil
	case kind == FaultWrongType:
		return map[string]any{"0": "not a list"}
	case kind == FaultDuplicate && len(list) > 0:
		return append(list, list[0])
	case kind == FaultVanish && len(list) > 0:
		return list[:len(list)-1]
	default:
		return list
	}
}

// wrongTypes gives every field of an object a type it must not have.
func wrongTypes(object map[string]any) map[string]any {
	for name, value := range object {
		switch value.(type) {
		case string:
			object[name] = 42
		case json.Number:
			object[name] = "many"
		case bool:
			object[name] = "perhaps"
		default:
			object[name] = "not a list"
		}
	}
	return object
}
