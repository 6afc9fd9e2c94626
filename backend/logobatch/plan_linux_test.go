package logobatch_test

import (
	"strings"
	"testing"
)

// TestNamesThatAreNoText: only on Linux may a name be any bytes.
func TestNamesThatAreNoText(t *testing.T) {
	r := newRig(t, 1)
	r.write("org\xff.png", "pic a")
	r.write(`org\xff.png`, "pic b")
	r.write("org-1\x1b.png", "pic c")
	seen := map[string]bool{}
	for _, row := range r.plan().Rows {
		if seen[row.FileName] || strings.Contains(row.FileName, "\xff") || row.Problem != nil {
			t.Errorf("a row is %+v", row)
		}
		seen[row.FileName] = true
	}
	if len(seen) != 3 {
		t.Errorf("the names are %v", seen)
	}
}
