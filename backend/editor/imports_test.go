package editor_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// run imports a text and waits for its end.
func (r *rig) run(text string) domain.ImportResult {
	r.t.Helper()
	if err := r.StartImport(context.WithoutCancel(r.t.Context()), r.id, text); err != nil {
		r.t.Fatal(err)
	}
	return r.ended()
}

func (r *rig) ended() domain.ImportResult {
	r.t.Helper()
	deadline := time.After(60 * time.Second)
	for {
		result, err := r.ImportResult(r.id)
		if err != nil {
			r.t.Fatal(err)
		}
		if result.Status.State != domain.ImportRunning {
			return result
		}
		select {
		case <-r.watcher.changed:
		case <-deadline:
			r.t.Fatalf("the import did not end: %+v", result.Status)
		}
	}
}

func verdicts(rows []domain.ImportRow) string {
	words := make([]string, len(rows))
	for i, row := range rows {
		words[i] = string(row.Verdict)
	}
	return strings.Join(words, " ")
}

const mixed = "\ufeffname;maxSystemUsers\r\nAlpha;10\r\n zebra dental ;\r\n\"Beta; \"\"the second\"\"\";\r\nALPHA;3\r\n=cmd|'/c calc'!A1;\r\nGamma;none\r\n\r\nDelta\r\n"

func TestPreview(t *testing.T) {
	r := newRig(t, 3)
	r.organization()
	r.simulator.ClearStats()
	preview, err := r.Preview(t.Context(), r.id, mixed)
	if err != nil {
		t.Fatal(err)
	}
	if got := verdicts(preview.Rows); got != "new exists new duplicate invalid invalid new" {
		t.Errorf("the verdicts are %s", got)
	}
	for i, line := range []int{2, 3, 4, 5, 6, 7, 9} {
		if preview.Rows[i].Line != line {
			t.Errorf("row %d is said to be in line %d instead of %d", i, preview.Rows[i].Line, line)
		}
	}
	for i, says := range map[int]string{1: "“Zebra Dental”", 3: "Line 2", 4: "Line 6", 5: "Line 7"} {
		if !strings.Contains(preview.Rows[i].Reason, says) {
			t.Errorf("row %d is explained with %q", i, preview.Rows[i].Reason)
		}
	}
	if preview.Rows[2].Name != `Beta; "the second"` || preview.CannotAdd != "" || r.simulator.Stats().Requests != 0 {
		t.Errorf("the preview is %+v", preview)
	}
	r.accounts.account.RoleName = "Help Desk"
	if preview, err = r.Preview(t.Context(), r.id, mixed); err != nil || preview.CannotAdd == "" {
		t.Errorf("a role that may not add is not told so: %v", err)
	}
	if err := r.StartImport(t.Context(), r.id, mixed); domain.CodeOf(err) != domain.CodeForbidden {
		t.Errorf("a role that may not add came to %v", err)
	}
}

// TestImportTwice: the second run of a file adds nothing.
func TestImportTwice(t *testing.T) {
	r := newRig(t, 3)
	r.organization()
	first := r.run(mixed)
	if got := verdicts(first.Rows); got != "added exists added duplicate invalid invalid added" {
		t.Errorf("the first run came to %s", got)
	}
	want := domain.ImportStatus{State: domain.ImportDone, Total: 7, Done: 7, Added: 3, Skipped: 4}
	got := first.Status
	if got.StartedAt.IsZero() || got.FinishedAt.IsZero() {
		t.Errorf("the times are %+v", got)
	}
	got.StartedAt, got.FinishedAt = want.StartedAt, want.FinishedAt
	if got != want {
		t.Errorf("the first run says %+v", got)
	}
	for i, name := range map[int]string{0: "Alpha", 2: `Beta; "the second"`, 6: "Delta"} {
		if row := r.cached(first.Rows[i].Org); row.Name != name {
			t.Errorf("the cache has %+v", row)
		}
	}
	second := r.run(mixed)
	if got := verdicts(second.Rows); got != "exists exists exists duplicate invalid invalid exists" {
		t.Errorf("the second run came to %s", got)
	}
	if history := r.simulator.History(); len(history) != 3 || r.wire.sent() != 3 {
		t.Errorf("the server was changed %d times by %d requests", len(history), r.wire.sent())
	}
	if !strings.Contains(second.CSV, `'=cmd|'/c calc'!A1`) || !strings.HasPrefix(second.CSV, "\ufeffline,name") {
		t.Errorf("the result file is %q", second.CSV)
	}
}

// TestImportAfterALostRun: the cache lacks what an earlier run added, because
// its answers were lost. The server's listing is asked before anything is sent.
func TestImportAfterALostRun(t *testing.T) {
	r := newRig(t, 3)
	const text = "name\nAlpha\nBeta\nGamma\n"
	r.faults(simulator.Fault{Method: http.MethodPost, Kind: simulator.FaultLost},
		simulator.Fault{Method: http.MethodGet, Kind: simulator.FaultReset, After: 1})
	lost := r.run(text)
	if got := verdicts(lost.Rows); got != "uncertain not_tried not_tried" || lost.Status.State != domain.ImportStopped ||
		lost.Status.Problem == nil || lost.Status.Problem.Code != domain.CodeOffline {
		t.Fatalf("the lost run came to %s, %+v", got, lost.Status)
	}
	r.simulator.ClearFaults()
	again := r.run(text)
	if got := verdicts(again.Rows); got != "exists added added" {
		t.Errorf("the second run came to %s", got)
	}
	for _, name := range []string{"Alpha", "Beta", "Gamma"} {
		if found := r.simulator.OrganizationsNamed(name); len(found) != 1 {
			t.Errorf("the server has %d named %s", len(found), name)
		}
	}
}

func TestImportsThatFail(t *testing.T) {
	const text = "name\nA\nB\nC\nD\nE\n"
	status := func(status int) simulator.Fault {
		return simulator.Fault{Method: http.MethodPost, Kind: simulator.FaultStatus, Status: status}
	}
	for _, c := range []struct {
		name     string
		faults   []simulator.Fault
		verdicts string
		state    domain.ImportState
		code     domain.Code
	}{
		{"answers lost", []simulator.Fault{{Method: http.MethodPost, Kind: simulator.FaultLost}}, "added added added added added", domain.ImportDone, ""},
		{"one is taken", []simulator.Fault{{Method: http.MethodPost, Kind: simulator.FaultStatus, Status: 409, After: 1, Times: 1}}, "added exists added added added", domain.ImportDone, ""},
		{"one is refused", []simulator.Fault{{Method: http.MethodPost, Kind: simulator.FaultStatus, Status: 400, After: 1, Times: 1}}, "added failed added added added", domain.ImportDone, ""},
		{"server breaks", []simulator.Fault{status(500)}, "uncertain uncertain uncertain not_tried not_tried", domain.ImportStopped, domain.CodeServer},
		{"not allowed", []simulator.Fault{status(403)}, "failed not_tried not_tried not_tried not_tried", domain.ImportStopped, domain.CodeForbidden},
		{"key replaced", []simulator.Fault{status(401)}, "failed not_tried not_tried not_tried not_tried", domain.ImportStopped, domain.CodeUnauthorized},
		{"offline in the middle", []simulator.Fault{{Kind: simulator.FaultReset, After: 3}}, "added added uncertain not_tried not_tried", domain.ImportStopped, domain.CodeOffline},
		{"offline at once", []simulator.Fault{{Kind: simulator.FaultReset}}, "not_tried not_tried not_tried not_tried not_tried", domain.ImportStopped, domain.CodeOffline},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 3)
			r.faults(c.faults...)
			result := r.run(text)
			if got := verdicts(result.Rows); got != c.verdicts || result.Status.State != c.state {
				t.Errorf("came to %s, %+v", got, result.Status)
			}
			if problem := result.Status.Problem; (problem == nil) != (c.code == "") || problem != nil && problem.Code != c.code {
				t.Errorf("the problem is %v", problem)
			}
			added := 0
			for _, row := range result.Rows {
				found := r.simulator.OrganizationsNamed(row.Name)
				if row.Verdict == domain.ImportAdded {
					added++
					if len(found) != 1 || found[0].ID != string(row.Org) {
						t.Errorf("%s is told to be added, and the server has %d", row.Name, len(found))
					}
				} else if len(found) != 0 {
					t.Errorf("%s is %s, and the server has it", row.Name, row.Verdict)
				}
				if row.Verdict != domain.ImportAdded && row.Reason == "" {
					t.Errorf("%s is %s without a reason", row.Name, row.Verdict)
				}
			}
			if len(r.simulator.History()) != added || result.Status.Added != added {
				t.Errorf("told are %d, and the server has %d", result.Status.Added, len(r.simulator.History()))
			}
		})
	}
}

func TestCancelImport(t *testing.T) {
	r := newRig(t, 3)
	r.watcher.onImport = func(status domain.ImportStatus) {
		if status.Added == 2 {
			if err := r.CancelImport(r.id); err != nil {
				t.Error(err)
			}
		}
		if status.State == domain.ImportRunning {
			if err := r.StartImport(t.Context(), r.id, "name\nOther\n"); domain.CodeOf(err) != domain.CodeBusy {
				t.Errorf("a second import came to %v", err)
			}
		}
	}
	result := r.run("name\nA\nB\nC\nD\n")
	if got := verdicts(result.Rows); got != "added added not_tried not_tried" || result.Status.State != domain.ImportCanceled || result.Status.Problem != nil {
		t.Errorf("came to %s, %+v", got, result.Status)
	}
	if len(r.simulator.History()) != 2 {
		t.Errorf("the server was changed %d times", len(r.simulator.History()))
	}
}

// TestSignOutEndsAnImport: a key that was forgotten is not used any more.
func TestSignOutEndsAnImport(t *testing.T) {
	r := newRig(t, 3)
	r.watcher.onImport = func(status domain.ImportStatus) {
		if status.Added == 1 {
			r.accounts.signOut()
		}
	}
	result := r.run("name\nA\nB\nC\n")
	if got := verdicts(result.Rows); got != "added failed not_tried" || result.Status.Problem == nil || result.Status.Problem.Code != domain.CodeSignedOut {
		t.Errorf("came to %s, %+v", got, result.Status)
	}
	if r.wire.sent() != 1 {
		t.Errorf("%d requests were sent", r.wire.sent())
	}
}

// TestCloseEndsAnImport: closing the program waits for the row, not for the file.
func TestCloseEndsAnImport(t *testing.T) {
	r := newRig(t, 3)
	if err := r.StartImport(context.WithoutCancel(t.Context()), r.id, manyRows(5000)); err != nil {
		t.Fatal(err)
	}
	r.Close()
	result := r.ended()
	if result.Status.State == domain.ImportDone {
		t.Errorf("came to %+v", result.Status)
	}
	if err := r.StartImport(t.Context(), r.id, "name\nLate\n"); domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("an import after the end came to %v", err)
	}
}

func TestNoImportYet(t *testing.T) {
	r := newRig(t, 3)
	if status, err := r.ImportStatus(r.id); err != nil || status.State != domain.ImportNever {
		t.Errorf("the status is %+v, %v", status, err)
	}
	if _, err := r.ImportStatus("us:nobody"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a foreign account came to %v", err)
	}
	if err := r.CancelImport(r.id); err != nil {
		t.Errorf("canceling nothing came to %v", err)
	}
}

func manyRows(n int) string {
	var text strings.Builder
	text.WriteString("name,maxSystemUsers\n")
	for i := range n {
		fmt.Fprintf(&text, "Imported %05d,%d\n", i, i%100+1)
	}
	return text.String()
}

// TestLargePreview: the largest file against the largest cache, in a moment.
func TestLargePreview(t *testing.T) {
	r := newRig(t, 2000)
	began := time.Now()
	preview, err := r.Preview(t.Context(), r.id, manyRows(10_000))
	if err != nil || len(preview.Rows) != 10_000 || preview.Rows[9_999].Verdict != domain.ImportNew {
		t.Fatalf("%d rows, %v", len(preview.Rows), err)
	}
	t.Logf("10,000 rows against 2,000 organizations: %v", time.Since(began))
}
