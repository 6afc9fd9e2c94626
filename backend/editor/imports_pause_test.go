package editor_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// putOff is JumpCloud asking for a pause instead of adding.
func putOff(after, times int, wait simulator.RetryAfter) simulator.Fault {
	return simulator.Fault{
		Method: http.MethodPost, Kind: simulator.FaultStatus, Status: http.StatusTooManyRequests, RetryAfter: wait, After: after, Times: times,
	}
}

// TestAnImportThatIsPutOff waits as long as it is asked to, and goes on.
func TestAnImportThatIsPutOff(t *testing.T) {
	const rows = "name\nA\nB\nC\n"
	listing := simulator.Fault{Method: http.MethodGet, Path: addPath, Kind: simulator.FaultStatus, Status: 429, Times: 4}
	half := 30 * time.Second
	for _, c := range []struct {
		name     string
		faults   []simulator.Fault
		verdicts string
		waits    []time.Duration
	}{
		{"once", []simulator.Fault{putOff(1, 1, "")}, "added added added", []time.Duration{half}},
		{"for a time", []simulator.Fault{putOff(1, 1, "90")}, "added added added", []time.Duration{90 * time.Second}},
		{"for long", []simulator.Fault{putOff(1, 1, "600")}, "added added added", []time.Duration{10 * time.Minute}},
		{"again and again", []simulator.Fault{putOff(1, 3, "")}, "added added added", []time.Duration{half, 2 * half, 4 * half}},
		{"at every row", []simulator.Fault{putOff(0, 1, ""), putOff(1, 1, ""), putOff(2, 1, "")}, "added added added", []time.Duration{half, half, half}},
		{"while listing", []simulator.Fault{listing}, "added added added", []time.Duration{half}},
		{"for ever", []simulator.Fault{putOff(1, 0, "")}, "added failed not_tried", []time.Duration{half, 2 * half, 4 * half, 8 * half, 16 * half}},
		{"for a day", []simulator.Fault{putOff(1, 0, "86400")}, "added failed not_tried", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRig(t, 3)
			r.faults(c.faults...)
			result := r.run(rows)
			if got := verdicts(result.Rows); got != c.verdicts || !slices.Equal(r.paused, c.waits) {
				t.Errorf("came to %s after %v", got, r.paused)
			}
			for _, row := range result.Rows {
				if found := r.simulator.OrganizationsNamed(row.Name); (len(found) == 1) != (row.Verdict == domain.ImportAdded) {
					t.Errorf("%s is %s, and the server has %d", row.Name, row.Verdict, len(found))
				}
			}
			stopped := strings.Contains(c.verdicts, "failed")
			problem := result.Status.Problem
			if stopped != (result.Status.State == domain.ImportStopped) || stopped && (problem.Code != domain.CodeRateLimited || !strings.Contains(problem.Message, "keeps asking")) {
				t.Errorf("the import is %+v", result.Status)
			}
			if got := len(r.watcher.pauses()); got != len(c.waits) || !result.Status.PausedUntil.IsZero() {
				t.Errorf("%d pauses were told of, at last %v", got, result.Status.PausedUntil)
			}
		})
	}
}

// pauses gives what was told of waits.
func (w *watcher) pauses() []time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	var until []time.Time
	for _, status := range w.statuses {
		if !status.PausedUntil.IsZero() {
			until = append(until, status.PausedUntil)
		}
	}
	return until
}

// TestAddedInThePause: what somebody else added while the import waited is not
// added again, even by a server that takes a name twice.
func TestAddedInThePause(t *testing.T) {
	r := newRig(t, 3)
	r.faults(putOff(0, 1, ""))
	r.onPause = func(context.Context) {
		name := "a"
		if err := r.simulator.PatchOrganization(r.simulator.OrganizationIDs()[2], simulator.OrganizationPatch{Name: &name}); err != nil {
			t.Error(err)
		}
	}
	result := r.run("name\nA\nB\n")
	if got := verdicts(result.Rows); got != "exists added" || string(result.Rows[0].Org) != r.simulator.OrganizationIDs()[2] {
		t.Errorf("came to %s: %+v", got, result.Rows[0])
	}
	if r.wire.sent() != 2 {
		t.Errorf("%d requests were sent", r.wire.sent())
	}
}

// TestCancelInThePause ends the import at once.
func TestCancelInThePause(t *testing.T) {
	r := newRig(t, 3)
	r.faults(putOff(1, 0, "60"))
	r.onPause = func(ctx context.Context) {
		if err := r.CancelImport(r.id); err != nil {
			t.Error(err)
		}
		<-ctx.Done()
	}
	result := r.run("name\nA\nB\nC\n")
	if got := verdicts(result.Rows); got != "added not_tried not_tried" || result.Status.State != domain.ImportCanceled || result.Status.Problem != nil {
		t.Errorf("came to %s, %+v", got, result.Status)
	}
}
