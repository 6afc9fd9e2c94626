package program_test

import (
	"sync"
	"testing"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/program"
)

// TestTheLastAccountChosenIsTheLastTold: an older state told after a newer one
// would leave the page with another account than the program.
func TestTheLastAccountChosenIsTheLastTold(t *testing.T) {
	p, ids := startTwoAccounts(t)
	for range 300 {
		p.chooseAtOnce(t, ids)
		state, err := p.session.State()
		if err != nil {
			t.Fatal(err)
		}
		if told := p.lastTold(); told != state.CurrentAccountID {
			t.Fatalf("the page was told of %s last, shown is %s", told, state.CurrentAccountID)
		}
	}
}

// startTwoAccounts starts a program that is signed in to two providers.
func startTwoAccounts(t *testing.T) (*page, []string) {
	t.Helper()
	both := startProviders(t, 2)
	p := start(t, func(o *program.Options) { o.APIURL = both.url })
	var ids []string
	for _, key := range []string{both.first.APIKey(), both.second.APIKey()} {
		id, err := p.session.SignIn("us", key)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	return p, ids
}

// chooseAtOnce shows accounts, all at the same time.
func (p *page) chooseAtOnce(t *testing.T, ids []string) {
	t.Helper()
	var choosing sync.WaitGroup
	for _, id := range ids {
		choosing.Go(func() {
			if err := p.session.SelectAccount(id); err != nil {
				t.Error(err)
			}
		})
	}
	choosing.Wait()
}

// lastTold gives the account that the page was told of last.
func (p *page) lastTold() string {
	p.desktop.mu.Lock()
	defer p.desktop.mu.Unlock()
	for i := len(p.desktop.events) - 1; i >= 0; i-- {
		if state, ok := p.desktop.events[i].(bind.SessionState); ok {
			return state.CurrentAccountID
		}
	}
	return ""
}

// toldOfASync waits until a synchronisation has ended and the page was told so.
func (p *page) toldOfASync(t *testing.T) string {
	t.Helper()
	account := p.synced(t)
	p.until(t, "the page to be told of it", func() bool {
		statuses := told[bind.SyncStatus](p)
		return len(statuses) > 0 && statuses[len(statuses)-1].State == "done"
	})
	return account
}

// TestEveryEventHasAGreaterRevision: by it the page tells the newer of two
// events, in whatever order they arrive.
func TestEveryEventHasAGreaterRevision(t *testing.T) {
	p := start(t, func(o *program.Options) { o.Demo = true })
	account := p.toldOfASync(t)
	p.desktop.mu.Lock()
	defer p.desktop.mu.Unlock()
	var kinds [3]int
	// The session is told beside the other events, so each kind has its own order.
	var last [3]int64
	for _, event := range p.desktop.events {
		kind, revision := 0, int64(0)
		switch event := event.(type) {
		case bind.SessionState:
			kind, revision = 0, event.Revision
		case bind.SyncStatus:
			kind, revision = 1, event.Revision
		case bind.RowsChanged:
			kind, revision = 2, event.Revision
		default:
			continue
		}
		if revision <= last[kind] {
			t.Errorf("a %T of revision %d was told after one of %d", event, revision, last[kind])
		}
		last[kind] = revision
		kinds[kind]++
	}
	if kinds[0] == 0 || kinds[1] == 0 || kinds[2] == 0 {
		t.Errorf("%s was told of by %v events", account, kinds)
	}
}

// TestAnAnswerIsNotOlderThanTheEventsBeforeIt: the page drops what has a lesser
// revision than what it holds.
func TestAnAnswerIsNotOlderThanTheEventsBeforeIt(t *testing.T) {
	p := start(t, func(o *program.Options) { o.Demo = true })
	account := p.toldOfASync(t)
	statuses, rows := told[bind.SyncStatus](p), told[bind.RowsChanged](p)
	state, err := p.session.State()
	if err != nil {
		t.Fatal(err)
	}
	status, err := p.sync.Status(account)
	if err != nil {
		t.Fatal(err)
	}
	list, err := p.organizations.List(account)
	if err != nil {
		t.Fatal(err)
	}
	for _, revision := range []int64{state.Revision, status.Revision, list.Revision} {
		if revision < statuses[len(statuses)-1].Revision || revision < rows[len(rows)-1].Revision {
			t.Errorf("answers have the revisions %d, %d and %d", state.Revision, status.Revision, list.Revision)
		}
	}
}

// TestTheStateOfTheGreatestRevisionIsTheOneThatHolds, however many choose at once.
func TestTheStateOfTheGreatestRevisionIsTheOneThatHolds(t *testing.T) {
	p, ids := startTwoAccounts(t)
	for range 100 {
		p.chooseAtOnce(t, append(ids, ids...))
	}
	newest, err := p.session.State()
	if err != nil {
		t.Fatal(err)
	}
	shown := newest.CurrentAccountID
	var greatest bind.SessionState
	for _, state := range told[bind.SessionState](p) {
		if state.Revision >= greatest.Revision {
			greatest = state
		}
	}
	if greatest.CurrentAccountID != shown || newest.Revision < greatest.Revision {
		t.Errorf("revision %d says %s, the program shows %s at %d", greatest.Revision, greatest.CurrentAccountID, shown, newest.Revision)
	}
}
