package logobatch_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestPlan(t *testing.T) {
	r := newRig(t, 3)
	r.write("Org 2.JPG", "pic two")
	r.write("org-1.png", "pic one")
	r.write("broken.png", "not one")
	r.write("notes.txt", "words")
	r.write("._org-3.png", "pic") // what a Macintosh leaves in an archive
	if err := os.Mkdir(filepath.Join(r.folder, "org-3.png"), 0o700); err != nil {
		t.Fatal(err)
	}
	plan := r.plan()
	if plan.ID == "" || plan.Account != account || plan.Folder != filepath.Base(r.folder) || plan.Skipped != 1 || len(plan.Rows) != 3 {
		t.Fatalf("the plan is %+v", plan)
	}
	if row := plan.Rows[0]; row.FileName != "broken.png" || row.Kind != domain.LogoMatchNone || row.Problem == nil || row.Problem.Code != domain.CodeInvalidInput {
		t.Errorf("the broken file is %+v", row)
	}
	if row := plan.Rows[1]; row.FileName != "Org 2.JPG" || row.Org != org(2) || row.OrgName != "Org 2" || row.Bytes != 7 ||
		row.Problem != nil || row.Kind != domain.LogoMatchName || row.Source.Width != 1200 || row.Source.Bytes != 7 {
		t.Errorf("the second file is %+v", row)
	}
	if row := plan.Rows[2]; row.Org != org(1) || r.logos.sent() != 0 {
		t.Errorf("the third file is %+v, and %d logos were sent", row, r.logos.sent())
	}
}

// TestPlanReadsLittle: of a large file its beginning, and the rest only where
// that is not enough; of too large a file nothing.
func TestPlanReadsLittle(t *testing.T) {
	r := newRig(t, 3)
	const head, large = 256 << 10, 300 << 10
	r.write("org-1.png", "pic"+strings.Repeat("x", large-3))
	r.write("org-2.png", "late"+strings.Repeat("x", large-8)+"late")
	huge := filepath.Join(r.folder, "org-3.png")
	r.write("org-3.png", "pic")
	if err := os.Truncate(huge, 64<<20+1); err != nil {
		t.Fatal(err)
	}
	plan := r.plan()
	if got := fmt.Sprint(r.facts); got != fmt.Sprint([]int{head, head, large}) {
		t.Errorf("read were %s bytes", got)
	}
	if plan.Rows[0].Problem != nil || plan.Rows[1].Problem != nil || plan.Rows[0].Source.Bytes != large {
		t.Errorf("the large files are %+v", plan.Rows[:2])
	}
	if problem := plan.Rows[2].Problem; problem == nil || !strings.Contains(problem.Message, "64 MiB") {
		t.Errorf("the huge file is %+v", plan.Rows[2])
	}
}

func TestManyFiles(t *testing.T) {
	r := newRig(t, 2000)
	for i := range domain.MaxLogoFiles + 5 {
		r.write(fmt.Sprintf("org %05d.png", i), "pic")
	}
	r.write("z.txt", "")
	plan := r.plan()
	if len(plan.Rows) != domain.MaxLogoFiles || plan.Skipped != 6 || plan.Rows[0].FileName != "org 00000.png" {
		t.Errorf("%d rows from %s on, %d left out", len(plan.Rows), plan.Rows[0].FileName, plan.Skipped)
	}
}

func TestPlansThatFail(t *testing.T) {
	r := newRig(t, 1)
	r.write("org-1.png", "pic")
	if _, err := r.Plan(t.Context(), account, filepath.Join(r.folder, "none")); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("a missing folder came to %v", err)
	}
	if _, err := r.Plan(t.Context(), account, filepath.Join(r.folder, "org-1.png")); domain.CodeOf(err) != domain.CodeFile {
		t.Errorf("a file came to %v", err)
	}
	if _, err := r.Plan(t.Context(), "us:nobody", r.folder); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a foreign account came to %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Plan(ctx, account, r.folder); domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("a plan after the end came to %v", err)
	}
}

// TestPlanFiles: files of several folders, as they come from a search.
func TestPlanFiles(t *testing.T) {
	r := newRig(t, 3)
	other := t.TempDir()
	r.write("org-1.png", "pic 1")
	r.write("notes.txt", "words")
	if err := os.WriteFile(filepath.Join(other, "org-1.png"), []byte("pic other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(r.folder, "org-3.png"), 0o700); err != nil {
		t.Fatal(err)
	}
	plan, err := r.PlanFiles(t.Context(), account, []string{
		filepath.Join(r.folder, "org-1.png"), filepath.Join(r.folder, "notes.txt"), filepath.Join(other, "org-1.png"),
		filepath.Join(r.folder, "org-2.png"), filepath.Join(r.folder, "org-3.png"), "org-1.png",
	})
	if err != nil || len(plan.Rows) != 3 || plan.Skipped != 3 || plan.Folder == "" {
		t.Fatalf("the plan is %+v, %v", plan, err)
	}
	// Which of the two folders comes first is theirs to decide.
	if a, b := plan.Rows[0], plan.Rows[1]; a.FileName != "org-1.png" || b.FileName != "org-1.png (2)" ||
		a.Org != org(1) || b.Org != org(1) || a.Bytes+b.Bytes != int64(len("pic 1")+len("pic other")) {
		t.Errorf("the two of one name are %+v and %+v", a, b)
	}
	if row := plan.Rows[2]; row.FileName != "org-2.png" || row.Problem == nil || row.Problem.Code != domain.CodeFile {
		t.Errorf("the missing file is %+v", row)
	}
	chosen := []domain.LogoPair{{FileName: "org-1.png", Org: org(1)}, {FileName: "org-1.png (2)", Org: org(2)}}
	if err := r.begin(plan, chosen); err != nil {
		t.Fatal(err)
	}
	batch := r.ended()
	got := r.logos.served[org(1)] + ", " + r.logos.served[org(2)]
	if results(batch) != "ok ok" || got != "new 1, new other" && got != "new other, new 1" {
		t.Errorf("came to %+v, and the organizations have %s", batch, got)
	}
}
