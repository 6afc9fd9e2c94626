package logobatch_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestAPlanIsStopped: by who asked for it, by signing out, and by another
// folder; what it came to is not kept, and the plan before it stays.
func TestAPlanIsStopped(t *testing.T) {
	for name, stop := range map[string]func(r *rig){
		"stopped": func(r *rig) {
			if err := r.StopPlan(account); err != nil {
				t.Error(err)
			}
		},
		"signed out": func(r *rig) { r.Forget(account) },
		"closed":     func(r *rig) { r.Close() },
		"another folder": func(r *rig) {
			r.onLook = nil
			r.plan()
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, 3)
			r.pictures()
			before := r.plan()
			r.onLook = func(progress domain.LogoPlanProgress) {
				if progress.Looked == 1 {
					stop(r)
				}
			}
			read := len(r.facts)
			if plan, err := r.Plan(t.Context(), account, r.folder); domain.CodeOf(err) != domain.CodeCanceled || plan.ID != "" {
				t.Errorf("came to %+v, %v", plan, err)
			}
			if most := map[string]int{"another folder": 4}[name]; len(r.facts)-read > max(1, most) {
				t.Errorf("%d files were looked at after it was stopped", len(r.facts)-read)
			}
			_, err := r.File(account, before.ID, "org-1.png")
			if kept := name == "stopped" || name == "closed"; (err == nil) != kept {
				t.Errorf("of the plan before: %v", err)
			}
		})
	}
	r := newRig(t, 1)
	if err := r.StopPlan(account); err != nil {
		t.Errorf("stopping nothing came to %v", err)
	}
	if err := r.StopPlan("us:nobody"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("for a foreign account: %v", err)
	}
}

// TestSignedOutWhileTheLastFileIsLookedAt: the plan is made to its end, and is
// not kept all the same.
func TestSignedOutWhileTheLastFileIsLookedAt(t *testing.T) {
	r := newRig(t, 1)
	r.pictures()
	r.onFacts = func() { r.Forget(account) }
	if plan, err := r.Plan(t.Context(), account, r.folder); domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("came to %+v, %v", plan, err)
	}
	if _, err := r.File(account, "plan-1", "org-1.png"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("the plan is kept: %v", err)
	}
}

// TestAPlanTellsHowFarItIs: files of every name, one after the other.
func TestAPlanTellsHowFarItIs(t *testing.T) {
	r := newRig(t, 3)
	r.pictures()
	r.write("notes.txt", "words")
	r.plan()
	if got := fmt.Sprint(r.lookedAt); got != "[{0 1} {1 4} {2 4} {3 4}]" {
		t.Errorf("told was %s", got)
	}
}

// TestNotAllIsReadForItsFacts: files whose beginning does not tell them are read
// whole up to a bound; the others can be used, and are looked at when they are sent.
func TestNotAllIsReadForItsFacts(t *testing.T) {
	r := newRig(t, 6)
	const large = 60 << 20
	for i := range 6 {
		r.write(fmt.Sprintf("org-%d.png", i+1), "late")
		r.grow(fmt.Sprintf("org-%d.png", i+1), large, "late")
	}
	plan := r.plan()
	read, known := 0, 0
	for _, size := range r.facts {
		read += size
	}
	for _, row := range plan.Rows {
		if row.Problem != nil || row.Bytes != large {
			t.Errorf("a row is %+v", row)
		}
		if row.Source.Kind != "" {
			known++
		}
	}
	if known != 4 || read > 257<<20 {
		t.Errorf("of %d files the facts are known, and %d MiB were read", known, read>>20)
	}
	if err := r.begin(plan, pairs(plan)[5:]); err != nil {
		t.Fatal(err)
	}
	if got := results(r.ended()); got != "ok" {
		t.Errorf("one without facts came to %s", got)
	}
}

// TestWhatIsNoPictureIsNotReadWhole, however large it is.
func TestWhatIsNoPictureIsNotReadWhole(t *testing.T) {
	r := newRig(t, 1)
	r.write("org-1.png", strings.Repeat("x", 300<<10))
	if plan := r.plan(); plan.Rows[0].Problem == nil || len(r.facts) != 1 {
		t.Errorf("read were %v bytes for %+v", r.facts, plan.Rows[0])
	}
}

// TestTheBytesDecideAndNotTheName: a picture is found under any name, and only
// the first bytes of other files are read.
func TestTheBytesDecideAndNotTheName(t *testing.T) {
	r := newRig(t, 5)
	r.organizations[3].Name = "Acme St. Johns"
	r.write("org 1", "pic 1")
	r.write("org-2.dat", "late"+strings.Repeat("x", 1000)+"late")
	r.write("Org 3.txt", "pic 3")
	r.write("Acme St. Johns", "pic 4")
	r.write("org-5.xlsx", "words "+strings.Repeat("x", 1000))
	r.write("org-5.mov", "late but short")
	r.write("org-5", "")
	plan := r.plan()
	found := map[string]domain.OrgID{}
	for _, row := range plan.Rows {
		if row.Problem != nil || row.Kind != domain.LogoMatchName {
			t.Errorf("a row is %+v", row)
		}
		found[row.FileName] = row.Org
	}
	want := map[string]domain.OrgID{"org 1": org(1), "org-2.dat": org(2), "Org 3.txt": org(3), "Acme St. Johns": org(4)}
	if fmt.Sprint(found) != fmt.Sprint(want) || plan.Skipped != 3 {
		t.Errorf("found were %v, %d left out", found, plan.Skipped)
	}
	for _, size := range r.facts {
		if size > 512 && size != 1008 {
			t.Errorf("read were %v bytes", r.facts)
		}
	}
}

// TestNotEveryFileOfALargeFolderIsOpened: what no name calls a picture is opened
// in the order of names, and no more of it than of pictures.
func TestNotEveryFileOfALargeFolderIsOpened(t *testing.T) {
	r := newRig(t, 1)
	for i := range domain.MaxLogoFiles {
		r.write(fmt.Sprintf("note %05d.txt", i), "")
	}
	r.write("org 1", "pic")
	r.write("org-1.png", "pic")
	plan := r.plan()
	if len(plan.Rows) != 1 || plan.Rows[0].FileName != "org-1.png" || plan.Skipped != domain.MaxLogoFiles+1 {
		t.Errorf("%d rows, %d left out", len(plan.Rows), plan.Skipped)
	}
}

// TestAFileOfThePlan: only one that can be used, and as it was.
func TestAFileOfThePlan(t *testing.T) {
	r := newRig(t, 2)
	r.pictures()
	r.write("broken.png", "not one")
	older := r.plan()
	plan := r.plan()
	if data, err := r.File(account, plan.ID, "org-1.png"); err != nil || string(data) != "pic 1" {
		t.Errorf("the file is %q, %v", data, err)
	}
	r.write("org-2.png", "pic changed since")
	for name, c := range map[string]struct {
		account    domain.AccountID
		plan, file string
		code       domain.Code
	}{
		"of a foreign account": {"us:nobody", plan.ID, "org-1.png", domain.CodeNotFound},
		"of an older plan":     {account, older.ID, "org-1.png", domain.CodeNotFound},
		"that is broken":       {account, plan.ID, "broken.png", domain.CodeInvalidInput},
		"by a path":            {account, plan.ID, "../org-1.png", domain.CodeInvalidInput},
		"changed since":        {account, plan.ID, "org-2.png", domain.CodeFile},
	} {
		if data, err := r.File(c.account, c.plan, c.file); domain.CodeOf(err) != c.code || data != nil {
			t.Errorf("one %s came to %q, %v", name, data, err)
		}
	}
}
