package logobatch_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestBatch(t *testing.T) {
	r := newRig(t, 4)
	r.pictures()
	r.logos.served[org(2)] = "new 2"           // has it already
	r.logos.served[org(3)] = "somebody else's" // changed since the plan
	batch := r.run()
	if got := results(batch); got != "ok unchanged conflict ok" || batch.State != domain.LogoBatchDone ||
		batch.Done != 4 || batch.Set != 3 || batch.Current != "" || batch.Problem != nil {
		t.Errorf("came to %s, %+v", got, batch)
	}
	for i, want := range []string{"new 1", "new 2", "somebody else's", "new 4"} {
		if got := r.logos.served[org(i+1)]; got != want {
			t.Errorf("organization %d has %q", i+1, got)
		}
	}
	if row := batch.Rows[2]; row.OrgName != "Org 3" || row.FileName != "org-3.png" || row.Message == "" || row.Hint == "" {
		t.Errorf("the conflict is told as %+v", row)
	}
	// Every step was told, and no step goes back.
	done, currents := 0, map[string]bool{}
	for _, told := range r.told {
		if told.Done < done || len(told.Rows) != 4 {
			t.Errorf("told was %+v after %d", told, done)
		}
		done, currents[told.Current] = told.Done, true
	}
	if last := r.told[len(r.told)-1]; last.State != domain.LogoBatchDone || len(currents) != 5 {
		t.Errorf("told at the end was %+v, and the names were %v", last, currents)
	}
}

// TestWarningsAreTold: nobody looks at each of many logos, so that what is to be
// looked at has to be told; of one that was not taken too.
func TestWarningsAreTold(t *testing.T) {
	r := newRig(t, 3)
	r.each = true
	r.write("org-1.png", "pic 1")
	r.write("org-2.png", "pic tiny 2")
	r.write("org-3.png", "pic tiny 3")
	r.logos.served[org(3)] = "somebody else's"
	batch := r.run()
	if got := results(batch); got != "ok ok conflict" {
		t.Fatalf("came to %s", got)
	}
	for i, row := range batch.Rows {
		if warned := len(row.Warnings) == 1 && strings.Contains(row.Warnings[0], "4.0 times"); warned != (i > 0) || len(row.Steps) != 1 {
			t.Errorf("row %d is %+v", i, row)
		}
	}
}

// TestTheLogoSeenWhenPlanned: what the cache learns after the plan is not what
// the person saw.
func TestTheLogoSeenWhenPlanned(t *testing.T) {
	r := newRig(t, 1)
	r.pictures()
	plan := r.plan()
	r.organizations[0].LogoHash, r.logos.served[org(1)] = "newer", "newer"
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	if got := results(r.ended()); got != "conflict" || r.logos.served[org(1)] != "newer" {
		t.Errorf("came to %s, and the organization has %q", got, r.logos.served[org(1)])
	}
}

func TestFilesThatFail(t *testing.T) {
	r := newRig(t, 5)
	r.pictures()
	r.prepare = func(_ context.Context, data []byte) error {
		switch string(data) {
		case "pic 2":
			return &domain.Error{Code: domain.CodeInvalidInput, Message: "It is damaged.", Hint: "Save it again."}
		case "pic 3":
			return errors.New("no words")
		}
		return nil
	}
	plan := r.plan()
	r.write("org-4.png", "pic changed since")
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	batch := r.ended()
	if got := results(batch); got != "ok invalid_input internal file_failed ok" || batch.State != domain.LogoBatchDone || batch.Done != 5 || batch.Set != 2 {
		t.Errorf("came to %s, %+v", got, batch)
	}
	for _, row := range batch.Rows[1:4] {
		if row.Message == "" || r.logos.served[row.Org] != strings.Replace(row.OrgName, "Org", "old", 1) {
			t.Errorf("%+v, and it has %q", row, r.logos.served[row.Org])
		}
	}
}

func TestBatchesThatStop(t *testing.T) {
	failure := func(code domain.Code) error { return &domain.Error{Code: code, Message: "It failed."} }
	server, forbidden, rejected := failure(domain.CodeServer), failure(domain.CodeForbidden), failure(domain.CodeRejected)
	for _, c := range []struct {
		name    string
		failing map[int]error
		states  map[int]domain.EditState
		results string
		code    domain.Code
	}{
		{"key replaced", map[int]error{2: failure(domain.CodeUnauthorized)}, nil, "ok unauthorized not_tried not_tried not_tried", domain.CodeUnauthorized},
		{"signed out", map[int]error{2: failure(domain.CodeSignedOut)}, nil, "ok signed_out not_tried not_tried not_tried", domain.CodeSignedOut},
		{"offline", map[int]error{1: failure(domain.CodeOffline)}, nil, "offline not_tried not_tried not_tried not_tried", domain.CodeOffline},
		{"too many requests", map[int]error{4: failure(domain.CodeRateLimited)}, nil, "ok ok ok rate_limited not_tried", domain.CodeRateLimited},
		{"one breaks", map[int]error{2: server, 3: server}, nil, "ok server server ok ok", ""},
		{"all break", map[int]error{1: server, 2: server, 3: server}, nil, "server server server not_tried not_tried", domain.CodeServer},
		{"the last three break", map[int]error{3: server, 4: server, 5: server}, nil, "ok ok server server server", ""},
		{"not allowed", map[int]error{2: forbidden, 3: forbidden, 4: forbidden}, nil, "ok forbidden forbidden forbidden not_tried", domain.CodeForbidden},
		{"refused", map[int]error{1: rejected, 2: rejected, 3: rejected}, nil, "rejected rejected rejected not_tried not_tried", domain.CodeRejected},
		{"ignored", nil, map[int]domain.EditState{1: domain.EditNotApplied, 2: domain.EditNotApplied, 3: domain.EditNotApplied}, "not_applied not_applied not_applied not_tried not_tried", domain.CodeRejected},
		{"lost", nil, map[int]domain.EditState{2: domain.EditUncertain}, "ok uncertain ok ok ok", ""},
		{"conflicts", nil, map[int]domain.EditState{1: domain.EditConflict, 2: domain.EditConflict, 3: domain.EditConflict}, "conflict conflict conflict ok ok", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, 5)
			r.pictures()
			r.logos.failing, r.logos.states = c.failing, c.states
			batch := r.run()
			state := domain.LogoBatchDone
			if c.code != "" {
				state = domain.LogoBatchStopped
			}
			if got := results(batch); got != c.results || batch.State != state {
				t.Errorf("came to %s, %+v", got, batch)
			}
			if (batch.Problem == nil) != (c.code == "") || batch.Problem != nil && batch.Problem.Code != c.code {
				t.Errorf("the problem is %v", batch.Problem)
			}
			set, done := 0, 0
			for _, row := range batch.Rows {
				if row.Message == "" {
					t.Errorf("%+v says nothing", row)
				}
				if row.Result != "not_tried" {
					done++
				}
				if has := strings.HasPrefix(r.logos.served[row.Org], "new"); has != (row.Result == domain.ResultOK) {
					t.Errorf("%+v, and the organization has %q", row, r.logos.served[row.Org])
				} else if has {
					set++
				}
			}
			if batch.Set != set || batch.Done != done || r.logos.sent() != done {
				t.Errorf("told are %d set of %d, and %d were sent", batch.Set, batch.Done, r.logos.sent())
			}
		})
	}
}

// TestCancel: the logo that is being sent is waited for, the next is not begun.
func TestCancel(t *testing.T) {
	r := newRig(t, 4)
	r.pictures()
	plan := r.plan()
	r.logos.during = func(ctx context.Context, call int) {
		if call != 2 {
			return
		}
		if err := r.Cancel(account); err != nil {
			t.Error(err)
		}
		if ctx.Err() != nil {
			t.Error("the logo that is being sent was broken off")
		}
		if err := r.begin(plan, pairs(plan)); domain.CodeOf(err) != domain.CodeBusy {
			t.Errorf("a second batch came to %v", err)
		}
	}
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	batch := r.ended()
	if got := results(batch); got != "ok ok not_tried not_tried" || batch.State != domain.LogoBatchCanceled || batch.Problem != nil || batch.Set != 2 {
		t.Errorf("came to %s, %+v", got, batch)
	}
	// The same plan can be started again.
	r.logos.during = nil
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	if got := results(r.ended()); got != "unchanged unchanged ok ok" {
		t.Errorf("the second batch came to %s", got)
	}
}

// TestCancelWhilePreparing: nothing of the file is sent.
func TestCancelWhilePreparing(t *testing.T) {
	r := newRig(t, 2)
	r.pictures()
	r.prepare = func(ctx context.Context, _ []byte) error {
		if err := r.Cancel(account); err != nil {
			t.Error(err)
		}
		<-ctx.Done()
		return ctx.Err()
	}
	batch := r.run()
	if got := results(batch); got != "not_tried not_tried" || batch.State != domain.LogoBatchCanceled || r.logos.sent() != 0 {
		t.Errorf("came to %s, %+v with %d sent", got, batch, r.logos.sent())
	}
}

// TestClose waits for the logo that is being sent, and no more.
func TestClose(t *testing.T) {
	r := newRig(t, 3)
	r.pictures()
	plan := r.plan()
	sending := make(chan struct{})
	r.logos.during = func(ctx context.Context, _ int) {
		close(sending)
		<-ctx.Done()
	}
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	<-sending
	r.Close()
	batch, err := r.Batch(account)
	if got := results(batch); err != nil || got != "ok not_tried not_tried" || batch.State != domain.LogoBatchCanceled {
		t.Errorf("came to %s, %+v, %v", got, batch, err)
	}
	if err := r.begin(plan, pairs(plan)); domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("a batch after the end came to %v", err)
	}
}

// TestAnAccountThatIsRemoved: its logos are not set any more.
func TestAnAccountThatIsRemoved(t *testing.T) {
	r := newRig(t, 3)
	r.pictures()
	plan := r.plan()
	last := make(chan domain.LogoBatch, 1)
	r.onChange = func(batch domain.LogoBatch) {
		if batch.State != domain.LogoBatchRunning {
			last <- batch
		} else if batch.Done == 1 {
			r.mu.Lock()
			r.forgotten = true
			r.mu.Unlock()
		}
	}
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	batch := <-last
	if got := results(batch); got != "ok not_tried not_tried" || batch.Problem == nil || batch.Problem.Code != domain.CodeNotFound {
		t.Errorf("came to %s, %+v", got, batch)
	}
}

func TestAPanicIsTold(t *testing.T) {
	r := newRig(t, 3)
	r.pictures()
	r.logos.during = func(_ context.Context, call int) {
		if call == 2 {
			panic("broken")
		}
	}
	batch := r.run()
	if got := results(batch); got != "ok internal not_tried" || batch.State != domain.LogoBatchStopped || batch.Done != 2 ||
		batch.Problem == nil || batch.Problem.Code != domain.CodeInternal {
		t.Errorf("came to %s, %+v", got, batch)
	}
	if !strings.Contains(batch.Rows[1].Message, "not known whether") {
		t.Errorf("the row says %q", batch.Rows[1].Message)
	}
}

// TestWhatAPageMayStart: only files of the newest plan, and each once.
func TestWhatAPageMayStart(t *testing.T) {
	r := newRig(t, 3)
	r.pictures()
	r.write("broken.png", "not one")
	older := r.plan()
	plan := r.plan()
	pair := func(name string, n int) domain.LogoPair { return domain.LogoPair{FileName: name, Org: org(n)} }
	for _, c := range []struct {
		name  string
		plan  domain.LogoPlan
		pairs []domain.LogoPair
		code  domain.Code
	}{
		{"nothing", plan, nil, domain.CodeInvalidInput},
		{"too many", plan, make([]domain.LogoPair, domain.MaxLogoFiles+1), domain.CodeInvalidInput},
		{"an older plan", older, pairs(older), domain.CodeNotFound},
		{"no plan", domain.LogoPlan{}, pairs(plan), domain.CodeNotFound},
		{"a path", plan, []domain.LogoPair{pair("../org-1.png", 1)}, domain.CodeInvalidInput},
		{"another file", plan, []domain.LogoPair{pair("/etc/passwd", 1)}, domain.CodeInvalidInput},
		{"a broken file", plan, []domain.LogoPair{pair("broken.png", 1)}, domain.CodeInvalidInput},
		{"a file twice", plan, []domain.LogoPair{pair("org-1.png", 1), pair("org-1.png", 2)}, domain.CodeInvalidInput},
		{"an organization twice", plan, []domain.LogoPair{pair("org-1.png", 1), pair("org-2.png", 1)}, domain.CodeInvalidInput},
		{"an unknown organization", plan, []domain.LogoPair{pair("org-1.png", 9)}, domain.CodeNotFound},
	} {
		if err := r.begin(c.plan, c.pairs); domain.CodeOf(err) != c.code {
			t.Errorf("%s came to %v", c.name, err)
		}
	}
	if err := r.Start(t.Context(), "us:nobody", plan.ID, pairs(plan), nil); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a foreign account came to %v", err)
	}
	if batch, err := r.Batch(account); err != nil || batch.State != domain.LogoBatchNever || r.logos.sent() != 0 {
		t.Errorf("the batch is %+v, %v", batch, err)
	}
	// A file chosen by hand for another organization is what a person wants.
	if err := r.begin(plan, []domain.LogoPair{pair("org-1.png", 2)}); err != nil {
		t.Fatal(err)
	}
	if got := results(r.ended()); got != "ok" || r.logos.served[org(2)] != "new 1" {
		t.Errorf("came to %s, and the organization has %q", got, r.logos.served[org(2)])
	}
}

func TestNothingYet(t *testing.T) {
	r := newRig(t, 1)
	if batch, err := r.Batch(account); err != nil || batch.State != domain.LogoBatchNever || batch.Account != account {
		t.Errorf("the batch is %+v, %v", batch, err)
	}
	if _, err := r.Batch("us:nobody"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("a foreign account came to %v", err)
	}
	if err := r.Cancel(account); err != nil {
		t.Errorf("canceling nothing came to %v", err)
	}
	if err := r.Cancel("us:nobody"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("canceling a foreign account came to %v", err)
	}
}

// TestForget: an account that was signed out of has no plan and no batch left,
// and a running one ends.
func TestForget(t *testing.T) {
	r := newRig(t, 3)
	r.pictures()
	plan := r.plan()
	r.logos.during = func(_ context.Context, call int) {
		if call == 2 {
			r.Forget(account)
		}
	}
	if err := r.begin(plan, pairs(plan)); err != nil {
		t.Fatal(err)
	}
	if batch := r.ended(); results(batch) != "ok ok not_tried" || batch.State != domain.LogoBatchCanceled {
		t.Errorf("came to %+v", batch)
	}
	if err := r.begin(plan, pairs(plan)); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("the forgotten plan came to %v", err)
	}
	r.Forget(account)
	if batch, err := r.Batch(account); err != nil || batch.State != domain.LogoBatchNever {
		t.Errorf("the forgotten batch is %+v, %v", batch, err)
	}
}
