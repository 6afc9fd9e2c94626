package program_test

import (
	"sync"
	"testing"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/program"
)

// TestTheDemoIsNeverShownBeforeItsAccount: what is told of the accounts while
// the demo is opened, or ended, must not say that none is shown. The page would
// show its sign-in, and close what is open.
func TestTheDemoIsNeverShownBeforeItsAccount(t *testing.T) {
	servers := startProviders(t, 3)
	p := start(t, func(o *program.Options) { o.APIURL = servers.url })
	own := p.signedIn(t, servers.first.APIKey())
	before := len(told[bind.SessionState](p))
	for range 3 {
		p.telling(t, own, func() {
			demo, err := p.session.ExploreDemo()
			if err != nil {
				t.Error(err)
				return
			}
			if state, err := p.session.State(); err != nil || state.CurrentAccountID != demo {
				t.Errorf("the demo is %s, shown is %s, %v", demo, state.CurrentAccountID, err)
			}
			if err := p.session.SignOut(demo, false); err != nil {
				t.Error(err)
			}
		})
	}
	states := told[bind.SessionState](p)[before:]
	if len(states) < 10 {
		t.Errorf("the page was told of the accounts %d times", len(states))
	}
	for _, state := range states {
		if state.CurrentAccountID == "" {
			t.Fatalf("revision %d says that no account is shown, of %d", state.Revision, len(state.Accounts))
		}
	}
}

// telling tells the page of the accounts again and again while something is done.
func (p *page) telling(t *testing.T, account string, act func()) {
	t.Helper()
	done := make(chan struct{})
	var told sync.WaitGroup
	told.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
				if err := p.session.RenameAccount(account, "Told again"); err != nil {
					t.Error(err)
					return
				}
			}
		}
	})
	act()
	close(done)
	told.Wait()
}

// TestWhoAsksTwiceGetsOneDemo as a double click does.
func TestWhoAsksTwiceGetsOneDemo(t *testing.T) {
	p := start(t, nil)
	var asking sync.WaitGroup
	ids := make([]string, 4)
	for i := range ids {
		asking.Go(func() {
			id, err := p.session.ExploreDemo()
			if err != nil {
				t.Error(err)
			}
			ids[i] = id
		})
	}
	asking.Wait()
	state, err := p.session.State()
	if err != nil || len(state.Accounts) != 1 || state.CurrentAccountID != ids[0] {
		t.Errorf("the accounts are %+v, %v", state.Accounts, err)
	}
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("the demos are %v", ids)
		}
	}
}
