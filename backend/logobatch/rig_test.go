package logobatch_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/logobatch"
)

const account = domain.AccountID("us:provider")

// logos is JumpCloud's side of many organizations, with a memory: what is set
// stays set, and somebody else's change is a conflict.
type logos struct {
	mu     sync.Mutex
	served map[domain.OrgID]string // the hash of what each organization has
	calls  int
	// failing is what the calls from the given number on come to.
	failing map[int]error
	states  map[int]domain.EditState
	// during, where it is set, is called in the middle of a call.
	during func(ctx context.Context, call int)
}

func (l *logos) SetLogo(ctx context.Context, id domain.AccountID, change domain.LogoChange) (domain.EditOutcome, error) {
	l.mu.Lock()
	l.calls++
	call := l.calls
	during := l.during
	l.mu.Unlock()
	if id != account {
		return domain.EditOutcome{}, fmt.Errorf("a foreign account: %s", id)
	}
	if during != nil {
		during(ctx, call)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	outcome := domain.EditOutcome{Org: change.Org, Field: domain.FieldLogo, Message: "It is set."}
	wanted := string(change.File.Bytes)
	switch {
	case l.failing[call] != nil:
		return domain.EditOutcome{}, l.failing[call]
	case l.states[call] != "":
		outcome.State, outcome.Message, outcome.Hint = l.states[call], "It is not set.", "Look."
	case l.served[change.Org] == wanted:
		outcome.State = domain.EditUnchanged
	case l.served[change.Org] != change.Expected:
		outcome.State, outcome.Message, outcome.Hint = domain.EditConflict, "Someone else set another.", "Look."
	default:
		l.served[change.Org] = wanted
		outcome.State = domain.EditApplied
	}
	return outcome, nil
}

func (l *logos) sent() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.calls
}

// rig is batches on a folder of the disk and a fake of everything else.
type rig struct {
	*logobatch.Batches
	t      *testing.T
	folder string
	logos  *logos

	mu            sync.Mutex
	organizations []domain.Organization
	forgotten     bool
	// each starts without a recipe, so that each file has its own.
	each    bool
	told    []domain.LogoBatch
	changed chan struct{}
	ids     int
	// facts and prepared are the bytes that were asked about, by their length.
	facts    []int
	prepared []string
	prepare  func(ctx context.Context, data []byte) error
	onChange func(domain.LogoBatch)
	// lookedAt is how far the looking at files was told to be; onLook is called with each.
	lookedAt []domain.LogoPlanProgress
	onLook   func(domain.LogoPlanProgress)
	// onFacts, where it is set, is called when the facts of a file are asked for.
	onFacts func()
}

func org(n int) domain.OrgID { return domain.OrgID(fmt.Sprintf("624d9eae6849cf3b3f93%04x", n)) }

// newRig has organizations "Org 1" to "Org n", whose logos are "old 1" to "old n".
func newRig(t *testing.T, n int) *rig {
	t.Helper()
	r := &rig{
		t: t, folder: t.TempDir(), changed: make(chan struct{}, 1),
		logos: &logos{served: map[domain.OrgID]string{}, failing: map[int]error{}, states: map[int]domain.EditState{}},
	}
	for i := 1; i <= n; i++ {
		hash := fmt.Sprintf("old %d", i)
		r.organizations = append(r.organizations, domain.Organization{ID: org(i), Name: fmt.Sprintf("Org %d", i), LogoHash: hash})
		r.logos.served[org(i)] = hash
	}
	r.Batches = logobatch.New(logobatch.Options{
		Accounts: r, Cache: r, Setter: r.logos, Watcher: r, Facts: r.look, Prepare: r.make,
		NewID: func() string { r.ids++; return fmt.Sprintf("plan-%d", r.ids) }, Log: slog.New(slog.DiscardHandler),
	})
	t.Cleanup(r.Close)
	return r
}

func (r *rig) Account(id domain.AccountID) (domain.Account, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if id != account || r.forgotten {
		return domain.Account{}, &domain.Error{Code: domain.CodeNotFound, Message: "no such account"}
	}
	return domain.Account{ID: id}, nil
}

func (r *rig) Organizations(context.Context, domain.AccountID) ([]domain.Organization, error) {
	return r.organizations, nil
}

func (r *rig) LogosChanged(id domain.AccountID, batch domain.LogoBatch) {
	if id != account || batch.Account != account {
		r.t.Errorf("told of the account %s with a batch of %s", id, batch.Account)
	}
	r.mu.Lock()
	r.told = append(r.told, batch)
	r.mu.Unlock()
	if r.onChange != nil {
		r.onChange(batch)
	}
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

func (r *rig) LogosLookedAt(id domain.AccountID, progress domain.LogoPlanProgress) {
	if id != account {
		r.t.Errorf("told of the account %s", id)
	}
	r.lookedAt = append(r.lookedAt, progress)
	if r.onLook != nil {
		r.onLook(progress)
	}
}

// look takes for a picture what begins with "pic"; one that begins with "late"
// tells only at its end, with "late" again.
func (r *rig) look(data []byte) (domain.LogoSource, error) {
	r.mu.Lock()
	r.facts = append(r.facts, len(data))
	r.mu.Unlock()
	if r.onFacts != nil {
		r.onFacts()
	}
	if bytes.HasPrefix(data, []byte("pic")) || len(data) > 4 && bytes.HasPrefix(data, []byte("late")) && bytes.HasSuffix(data, []byte("late")) {
		return domain.LogoSource{Kind: "PNG", Bytes: len(data), Width: 1200, Height: 400}, nil
	}
	refused := &domain.Error{Code: domain.CodeInvalidInput, Message: "This is not a picture."}
	if bytes.HasPrefix(data, []byte("late")) {
		refused.Cause = io.ErrUnexpectedEOF
	}
	return domain.LogoSource{}, refused
}

// make makes "new" and the rest of "pic"; of what has "tiny" in it with a warning.
func (r *rig) make(ctx context.Context, data []byte, recipe *domain.LogoRecipe) (domain.PreparedLogo, error) {
	if (recipe == nil) != r.each || !r.each && *recipe != (domain.LogoRecipe{Shape: domain.LogoShapeWide}) {
		r.t.Errorf("the recipe is %+v", recipe)
	}
	r.mu.Lock()
	r.prepared = append(r.prepared, string(data))
	r.mu.Unlock()
	if r.prepare != nil {
		if err := r.prepare(ctx, data); err != nil {
			return domain.PreparedLogo{}, err
		}
	}
	made := "new" + strings.TrimPrefix(string(data), "pic")
	prepared := domain.PreparedLogo{
		File: domain.LogoFile{MediaType: "image/png", Bytes: []byte(made)}, Steps: []domain.LogoStep{{Code: "pad", Text: "It was padded."}},
	}
	if strings.Contains(made, "tiny") {
		prepared.Enlarged, prepared.Warnings = 4, []string{"It was made 4.0 times larger."}
	}
	return prepared, nil
}

// write puts a file into the folder, older than now.
func (r *rig) write(name, content string) {
	r.t.Helper()
	path := filepath.Join(r.folder, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		r.t.Fatal(err)
	}
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	if err := os.Chtimes(path, at, at); err != nil {
		r.t.Fatal(err)
	}
}

// grow makes a file of the folder as large as size, with an end; what is
// between takes no room on the disk.
func (r *rig) grow(name string, size int64, end string) {
	r.t.Helper()
	file, err := os.OpenFile(filepath.Join(r.folder, name), os.O_WRONLY, 0)
	if err != nil {
		r.t.Fatal(err)
	}
	if _, err = file.WriteAt([]byte(end), size-int64(len(end))); err == nil {
		err = file.Close()
	}
	if err != nil {
		r.t.Fatal(err)
	}
}

// pictures puts a file for each organization into the folder.
func (r *rig) pictures() {
	for i := range r.organizations {
		r.write(fmt.Sprintf("org-%d.png", i+1), fmt.Sprintf("pic %d", i+1))
	}
}

func (r *rig) plan() domain.LogoPlan {
	r.t.Helper()
	plan, err := r.Plan(r.t.Context(), account, r.folder)
	if err != nil {
		r.t.Fatal(err)
	}
	return plan
}

// pairs takes every row of a plan that can be used as it is.
func pairs(plan domain.LogoPlan) []domain.LogoPair {
	var found []domain.LogoPair
	for _, row := range plan.Rows {
		if row.Org != "" && row.Problem == nil {
			found = append(found, domain.LogoPair{FileName: row.FileName, Org: row.Org})
		}
	}
	return found
}

func (r *rig) begin(plan domain.LogoPlan, chosen []domain.LogoPair) error {
	recipe := &domain.LogoRecipe{Shape: domain.LogoShapeWide}
	if r.each {
		recipe = nil
	}
	return r.Start(context.WithoutCancel(r.t.Context()), account, plan.ID, chosen, recipe)
}

// run plans, starts and waits for the end.
func (r *rig) run() domain.LogoBatch {
	r.t.Helper()
	plan := r.plan()
	if err := r.begin(plan, pairs(plan)); err != nil {
		r.t.Fatal(err)
	}
	return r.ended()
}

func (r *rig) ended() domain.LogoBatch {
	r.t.Helper()
	deadline := time.After(60 * time.Second)
	for {
		batch, err := r.Batch(account)
		if err != nil {
			r.t.Fatal(err)
		}
		if batch.State != domain.LogoBatchRunning {
			return batch
		}
		select {
		case <-r.changed:
		case <-deadline:
			r.t.Fatalf("the batch did not end: %+v", batch)
		}
	}
}

func results(batch domain.LogoBatch) string {
	words := make([]string, len(batch.Rows))
	for i, row := range batch.Rows {
		words[i] = row.Result
	}
	return strings.Join(words, " ")
}
