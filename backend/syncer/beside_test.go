package syncer_test

import (
	"context"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestWhatIsReadBeside is read once a run, and fails none of them.
func TestWhatIsReadBeside(t *testing.T) {
	b := newBench(t, 3)
	calls := 0
	for _, c := range []struct {
		name   string
		beside func(context.Context) error
		code   domain.Code
	}{
		{"read", func(context.Context) error { return nil }, ""},
		{"a failing server", func(context.Context) error { return &domain.Error{Code: domain.CodeServer, Message: "500"} }, domain.CodeServer},
		{"a defect", func(context.Context) error { panic("a defect") }, domain.CodeInternal},
		{"read again", func(context.Context) error { return nil }, ""},
	} {
		calls = 0
		b.beside = func(ctx context.Context) error {
			calls++
			return c.beside(ctx)
		}
		status := b.sync(t)
		if status.Run.State != domain.SyncDone || status.Run.Problem != nil || status.Run.Done != 3 || calls != 1 {
			t.Errorf("%s: after %d calls the run is %+v", c.name, calls, status.Run)
		}
		if told := status.Beside; (told == nil) != (c.code == "") || told != nil && told.Code != c.code {
			t.Errorf("%s: told is %v", c.name, told)
		}
	}
}

// TestARefusedKeyEndsWhatIsReadBeside: the run does not wait for it.
func TestARefusedKeyEndsWhatIsReadBeside(t *testing.T) {
	b := newBench(t, 3)
	b.beside = func(ctx context.Context) error {
		<-ctx.Done()
		return ctx.Err()
	}
	b.remote.set(failOrg(orgID(0), &domain.Error{Code: domain.CodeUnauthorized, Message: "401"}))
	if status := b.sync(t); status.Run.Problem == nil || status.Run.Problem.Code != domain.CodeUnauthorized || status.Beside != nil {
		t.Errorf("the status is %+v", status)
	}
}
