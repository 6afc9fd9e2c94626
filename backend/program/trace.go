package program

import (
	"encoding/json"
	"io"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Trace writes what happens at the start as JSON lines, each with the
// milliseconds since the program began. A nil Trace writes nothing.
type Trace struct {
	now   func() time.Time
	began time.Time

	mu    sync.Mutex
	out   *json.Encoder
	phase domain.SyncPhase
	run   int64
}

// NewTrace begins a trace at a time.
func NewTrace(out io.Writer, now func() time.Time, began time.Time) *Trace {
	return &Trace{now: now, began: began, out: json.NewEncoder(out)}
}

// traceEvent is a line of the trace.
type traceEvent struct {
	Event string  `json:"event"`
	Ms    float64 `json:"ms"`
	Rows  *int    `json:"rows,omitempty"`
	State string  `json:"state,omitempty"`
}

// Event notes that something happened.
func (t *Trace) Event(name string) { t.write(traceEvent{Event: name}) }

// Rows notes that something happened to a number of rows.
func (t *Trace) Rows(name string, rows int) { t.write(traceEvent{Event: name, Rows: &rows}) }

func (t *Trace) write(event traceEvent) {
	if t == nil {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	event.Ms = float64(t.now().Sub(t.began).Microseconds()) / 1000
	// A trace that cannot be written must not disturb what it traces.
	_ = t.out.Encode(event)
}

// sync notes the beginning of a run, when its names are known, and its end.
func (t *Trace) sync(status domain.SyncStatus) {
	if t == nil {
		return
	}
	run := status.Run
	t.mu.Lock()
	same := run.ID == t.run && run.Phase == t.phase
	started := run.ID != t.run
	t.run, t.phase = run.ID, run.Phase
	t.mu.Unlock()
	switch {
	case same:
	case started && run.State == domain.SyncRunning:
		t.Event("sync-start")
	case run.Phase == domain.PhaseFigures:
		t.Rows("sync-names", run.Organizations)
	case run.Phase == domain.PhaseFinished:
		t.write(traceEvent{Event: "sync-done", Rows: &run.Done, State: string(run.State)})
	}
}
