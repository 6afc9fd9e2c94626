package editor_test

import (
	"context"
	"fmt"
	"image/color"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// TestUndoOfALogo goes back and forth between two logos, or one and none, with
// the very files, and stops where somebody else was at it.
func TestUndoOfALogo(t *testing.T) {
	was, wanted, theirs := picture(t, "png", navy), picture(t, "jpeg", orange), picture(t, "png", green)
	for _, c := range []struct {
		name        string
		was, wanted []byte
	}{{"set", was, wanted}, {"first", nil, wanted}, {"remove", was, nil}} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 3)
			org := r.withLogo(c.was)
			change := domain.LogoChange{Org: org, Expected: hashOf(t, c.was)}
			if c.wanted != nil {
				change.File = domain.LogoFile{MediaType: "image/jpeg", Bytes: c.wanted}
			}
			done, err := r.SetLogo(t.Context(), r.id, change)
			if err != nil || done.State != domain.EditApplied {
				t.Fatalf("came to %+v, %v", done, err)
			}
			undone, err := r.Undo(t.Context(), r.id, done.ActivityID)
			if err != nil || undone.State != domain.EditApplied || string(r.served(org)) != string(c.was) || r.cached(org).LogoHash != hashOf(t, c.was) {
				t.Fatalf("undo came to %+v, %v", undone, err)
			}
			redone, err := r.Undo(t.Context(), r.id, undone.ActivityID)
			if err != nil || redone.State != domain.EditApplied || string(r.served(org)) != string(c.wanted) {
				t.Fatalf("undoing the undo came to %+v, %v", redone, err)
			}
			r.someoneSets(org, theirs)
			conflict, err := r.Undo(t.Context(), r.id, redone.ActivityID)
			if err != nil || conflict.State != domain.EditConflict || conflict.Server != hashOf(t, theirs) || string(r.served(org)) != string(theirs) {
				t.Fatalf("undoing what somebody else changed came to %+v, %v", conflict, err)
			}
			if shown, err := r.db.Logo(t.Context(), r.id, conflict.Server); err != nil || len(shown.PNG) == 0 {
				t.Errorf("their logo cannot be shown: %v", err)
			}
			if history := r.simulator.History(); len(history) != 3 {
				t.Errorf("the server was changed %d times", len(history))
			}
		})
	}
}

func TestWhichLogosCannotBeUndone(t *testing.T) {
	r := newRig(t, 3)
	was := picture(t, "png", navy)
	org := r.withLogo(was)
	for name, c := range map[string]struct {
		change func(*domain.Activity)
		code   domain.Code
	}{
		"not kept any more":    {func(a *domain.Activity) { a.Before = strings.Repeat("0", 64) }, domain.CodeNotFound},
		"kept of another":      {func(a *domain.Activity) { a.Org = domain.OrgID(r.simulator.OrganizationIDs()[1]) }, domain.CodeNotFound},
		"unreadable":           {func(a *domain.Activity) { a.Before = domain.LogoUnreadable }, domain.CodeInvalidInput},
		"found after the fact": {func(a *domain.Activity) { a.Result = domain.ResultOvertaken }, domain.CodeInvalidInput},
		"noticed by a sync":    {func(a *domain.Activity) { a.Source = domain.SourceSync }, domain.CodeInvalidInput},
	} {
		t.Run(name, func(t *testing.T) {
			line := domain.Activity{
				Account: r.id, Org: org, At: time.Now(), Kind: domain.ActivityLogo, Source: domain.SourceOrgdeck,
				Before: hashOf(t, was), After: hashOf(t, was), Result: domain.ResultOK,
			}
			c.change(&line)
			id, err := r.db.RecordActivity(t.Context(), line)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.Undo(t.Context(), r.id, id); domain.CodeOf(err) != c.code || r.wire.sent() != 0 {
				t.Errorf("came to %v after %d writes", err, r.wire.sent())
			}
		})
	}
}

// TestLogosThatNeedNoSending: what is so already, and what cannot be a logo.
func TestLogosThatNeedNoSending(t *testing.T) {
	was := picture(t, "png", navy)
	r := newRig(t, 3)
	org := r.withLogo(was)
	same, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(was), Expected: hashOf(t, was)})
	if err != nil || same.State != domain.EditUnchanged || !strings.Contains(same.Message, "already") {
		t.Errorf("the same logo came to %+v, %v", same, err)
	}
	r.someoneSets(org, nil)
	none, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, Expected: hashOf(t, was)})
	if err != nil || none.State != domain.EditUnchanged || r.cached(org).LogoHash != "" {
		t.Errorf("removing none came to %+v, %v", none, err)
	}
	r.simulator.ClearStats()
	for name, bad := range map[string]domain.LogoFile{
		"no picture":      {MediaType: "image/png", Bytes: []byte("<svg/>")},
		"a header alone":  {MediaType: "image/png", Bytes: []byte("\x89PNG\r\n\x1a\n")},
		"another kind":    {MediaType: "image/jpeg", Bytes: was},
		"a GIF":           {MediaType: "image/gif", Bytes: picture(t, "gif", navy)},
		"without a kind":  {Bytes: was},
		"much too large":  {MediaType: "image/png", Bytes: append(append([]byte{}, was...), make([]byte, domain.MaxLogoOriginal)...)},
		"markup, no kind": {MediaType: "text/html", Bytes: []byte("<script>")},
	} {
		if _, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: bad, Overwrite: true}); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%s came to %v", name, err)
		}
	}
	if sent := r.simulator.Stats().Requests; sent != 0 {
		t.Errorf("%d requests were sent", sent)
	}
}

// TestALogoThatWasNotShown is not called somebody's change.
func TestALogoThatWasNotShown(t *testing.T) {
	r := newRig(t, 3)
	org := r.organization()
	r.someoneSets(org, picture(t, "png", navy))
	details, err := r.client.Details(t.Context(), org)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.db.ApplyUpdates(t.Context(), r.id, []domain.OrgUpdate{{ID: org, Details: &details}}); err != nil {
		t.Fatal(err)
	}
	outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(picture(t, "png", orange))})
	if err != nil || outcome.State != domain.EditConflict || strings.Contains(outcome.Message, "someone") || !strings.Contains(outcome.Message, "not shown here yet") {
		t.Errorf("came to %+v, %v", outcome, err)
	}
	if outcome.Server != r.cached(org).LogoHash || outcome.Server == "" {
		t.Errorf("told is %q", outcome.Server)
	}
}

// TestRolesAndLogos: who may set logos, and what the others are told.
func TestRolesAndLogos(t *testing.T) {
	for _, role := range simulator.Roles() {
		t.Run(role, func(t *testing.T) {
			t.Parallel()
			was, wanted := picture(t, "png", navy), picture(t, "png", orange)
			r := newRig(t, 3)
			org := r.withLogo(was)
			if err := r.simulator.SetRole(role, 100); err != nil {
				t.Fatal(err)
			}
			r.accounts.account.RoleName = role
			outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(wanted), Expected: hashOf(t, was)})
			if role == "Administrator" || role == "Administrator With Billing" {
				if err != nil || outcome.State != domain.EditApplied {
					t.Errorf("came to %+v, %v", outcome, err)
				}
				return
			}
			if hint := hintOf(err); domain.CodeOf(err) != domain.CodeForbidden || !strings.Contains(hint, "the logo") || !strings.Contains(hint, role) {
				t.Errorf("came to %v, %q", err, hint)
			}
			if string(r.served(org)) != string(was) {
				t.Error("the server has another logo")
			}
		})
	}
}

// TestALogoSurvivesTheSyncUnderWay: what a synchronisation read before the
// logo was set arrives in the cache after it.
func TestALogoSurvivesTheSyncUnderWay(t *testing.T) {
	was, wanted := picture(t, "png", navy), picture(t, "png", orange)
	r := newRig(t, 3)
	org := r.withLogo(was)
	began, old := time.Now(), r.cached(org)
	outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(wanted), Expected: hashOf(t, was)})
	if err != nil || outcome.State != domain.EditApplied {
		t.Fatalf("came to %+v, %v", outcome, err)
	}
	small, err := r.db.Logo(t.Context(), r.id, old.LogoHash)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.db.ApplyListing(t.Context(), r.id, []domain.Listed{{ID: org, Name: old.Name, LogoURL: &old.LogoURL}}, began); err != nil {
		t.Fatal(err)
	}
	_, err = r.db.ApplyUpdates(t.Context(), r.id, []domain.OrgUpdate{{ID: org, At: began, Details: &old.Details, Logo: &small, LogoURL: old.LogoURL}})
	if err != nil {
		t.Fatal(err)
	}
	if cached := r.cached(org); cached.LogoHash != outcome.Server || cached.LogoURL == old.LogoURL || cached.LogoSource != cached.LogoURL {
		t.Errorf("the cache has %+v", cached)
	}
}

// TestLogosInARow tries random changes in random situations one after the other.
func TestLogosInARow(t *testing.T) {
	r := newRig(t, 3)
	all := [][]byte{nil, picture(t, "png", navy), picture(t, "png", orange), picture(t, "png", color.RGBA{R: 120, A: 255})}
	org := r.withLogo(all[1])
	random := rand.New(rand.NewPCG(3, 4))
	met := logoSituations(t)
	steps := 0
	for step := range 40 {
		c, wanted := met[random.IntN(len(met))], all[random.IntN(len(all))]
		if c.name == "key replaced" {
			continue
		}
		steps++
		r.seesLogo(org)
		expected, writes := r.cached(org).LogoHash, len(r.simulator.History())
		c.arrange(r, org)
		outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: fileOrNone(wanted), Expected: expected, Overwrite: random.IntN(2) == 0})
		r.simulator.ClearFaults()
		r.behave(simulator.Behaviour{})
		r.wire.afterWrite = nil
		server, written := hashOf(t, r.served(org)), len(r.simulator.History())-writes
		what := fmt.Sprintf("step %d, %s", step, c.name)
		switch {
		case written > 1:
			t.Fatalf("%s: written %d times", what, written)
		case err != nil && written != 0:
			t.Fatalf("%s: %v, but it was written", what, err)
		case err == nil && outcome.ServerKnown && (outcome.Server != server || r.cached(org).LogoHash != server):
			t.Fatalf("%s: told %+v, the server has %q, the cache %q", what, outcome, server, r.cached(org).LogoHash)
		case outcome.State == domain.EditApplied && server != hashOf(t, wanted):
			t.Fatalf("%s: applied, but the server has %q", what, server)
		}
	}
	if _, lines := r.lastLine(); lines != steps {
		t.Errorf("%d changes left %d lines in the history", steps, lines)
	}
}

// TestALogoIsShutDownInTheMiddle: the program ends while the write is under way.
func TestALogoIsShutDownInTheMiddle(t *testing.T) {
	was := picture(t, "png", navy)
	r := newRig(t, 3)
	org := r.withLogo(was)
	ctx, cancel := context.WithCancel(t.Context())
	r.wire.afterWrite = cancel
	change := domain.LogoChange{Org: org, File: file(picture(t, "png", orange)), Expected: hashOf(t, was)}
	outcome, err := r.SetLogo(ctx, r.id, change)
	if err != nil || outcome.State != domain.EditUncertain || outcome.ServerKnown {
		t.Errorf("came to %+v, %v", outcome, err)
	}
	if line, lines := r.lastLine(); lines != 1 || line.Result != string(domain.EditUncertain) {
		t.Errorf("the history has %+v", line)
	}
	r.Close()
	r.simulator.ClearStats()
	if _, err := r.SetLogo(t.Context(), r.id, change); domain.CodeOf(err) != domain.CodeCanceled || r.simulator.Stats().Requests != 0 {
		t.Errorf("after closing it came to %v", err)
	}
}

// TestLogosOfOthers: what is not of this account, or has no key, is refused
// before anything is sent; an organization that was deleted is not found.
func TestLogosOfOthers(t *testing.T) {
	r := newRig(t, 3)
	org := r.withLogo(nil)
	change := domain.LogoChange{Org: org, File: file(picture(t, "png", orange))}
	if _, err := r.SetLogo(t.Context(), "us:nobody", change); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a foreign account came to %v", err)
	}
	if err := r.simulator.DeleteOrganization(string(org)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.SetLogo(t.Context(), r.id, change); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a deleted organization came to %v", err)
	}
	r.accounts.signOut()
	if _, err := r.SetLogo(t.Context(), r.id, change); domain.CodeOf(err) != domain.CodeSignedOut || r.wire.sent() != 0 {
		t.Errorf("signed out it came to %v", err)
	}
}

// TestOneChangeOfAnOrganizationAtATime: a logo waits for no other edit, and is
// refused while one is under way.
func TestOneChangeOfAnOrganizationAtATime(t *testing.T) {
	r := newRig(t, 3)
	org := r.withLogo(nil)
	waiting := held{r.accounts.remote, make(chan struct{}), make(chan struct{})}
	r.accounts.remote = waiting
	first := make(chan error, 1)
	go func() {
		_, err := r.Edit(t.Context(), r.id, domain.Edit{Org: org, Field: domain.FieldContactName, Expected: "Ada Byron", Value: "Grace"})
		first <- err
	}()
	<-waiting.reached
	change := domain.LogoChange{Org: org, File: file(picture(t, "png", orange))}
	if _, err := r.SetLogo(t.Context(), r.id, change); domain.CodeOf(err) != domain.CodeBusy {
		t.Errorf("meanwhile it came to %v", err)
	}
	close(waiting.proceed)
	if err := <-first; err != nil {
		t.Error(err)
	}
	if outcome, err := r.SetLogo(t.Context(), r.id, change); err != nil || outcome.State != domain.EditApplied {
		t.Errorf("afterwards it came to %+v, %v", outcome, err)
	}
}
