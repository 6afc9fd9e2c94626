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
	for range 300 {
		var choosing sync.WaitGroup
		for _, id := range ids {
			choosing.Go(func() {
				if err := p.session.SelectAccount(id); err != nil {
					t.Error(err)
				}
			})
		}
		choosing.Wait()
		state, err := p.session.State()
		if err != nil {
			t.Fatal(err)
		}
		if told := p.lastTold(); told != state.CurrentAccountID {
			t.Fatalf("the page was told of %s last, shown is %s", told, state.CurrentAccountID)
		}
	}
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
