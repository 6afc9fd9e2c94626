//go:build unix

// Making a link needs a right of its own on Windows.

package logobatch_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestLinksAreNotFollowed: neither out of the folder nor within it.
func TestLinksAreNotFollowed(t *testing.T) {
	r := newRig(t, 3)
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("pic secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	r.write("org-2.png", "pic")
	for name, target := range map[string]string{"org-1.png": secret, "org-3.png": "org-2.png"} {
		if err := os.Symlink(target, filepath.Join(r.folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	plan := r.plan()
	for _, at := range []int{0, 2} {
		if row := plan.Rows[at]; row.Problem == nil || row.Problem.Code != domain.CodeFile || row.Bytes != 0 {
			t.Errorf("the link is %+v", row)
		}
	}
	if err := r.begin(plan, []domain.LogoPair{{FileName: "org-1.png", Org: org(1)}}); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("starting with a link came to %v", err)
	}
	// A link that takes a file's place after the plan.
	if err := os.Remove(filepath.Join(r.folder, "org-2.png")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(secret, filepath.Join(r.folder, "org-2.png")); err != nil {
		t.Fatal(err)
	}
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	if batch := r.ended(); results(batch) != "file_failed" || len(r.prepared) != 0 || r.logos.sent() != 0 {
		t.Errorf("the batch is %+v, prepared were %q", batch, r.prepared)
	}
}
