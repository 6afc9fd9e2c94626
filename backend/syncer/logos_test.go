package syncer_test

import (
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// withLogos gives every organization a logo at an address of its own, and reads
// them once.
func withLogos(t *testing.T, count int) *bench {
	t.Helper()
	b := newBench(t, count)
	b.remote.logo = []byte("picture")
	b.remote.serveLogos("1")
	b.sync(t)
	return b
}

// serveLogos moves all logos to addresses of an edition.
func (r *remote) serveLogos(edition string) {
	r.set(func(r *remote) {
		for i := range r.orgs {
			url := "https://cdn.example/" + string(r.orgs[i].ID) + "/" + edition + ".png"
			r.orgs[i].LogoURL = &url
		}
	})
}

// TestLogosSayNothingOfTheAccount: however a logo fails, the run goes on, the
// key is good, the window is online, and the logo known before stays.
func TestLogosSayNothingOfTheAccount(t *testing.T) {
	for _, code := range []domain.Code{
		domain.CodeUnauthorized, domain.CodeForbidden, domain.CodeNotFound, domain.CodeRejected, domain.CodeRateLimited,
		domain.CodeOffline, domain.CodeServer, domain.CodeProtocol, domain.CodeLogo,
	} {
		t.Run(string(code), func(t *testing.T) {
			const count = 60
			b := withLogos(t, count)
			b.remote.serveLogos("2")
			failCall("logo", &domain.Error{Code: code, Message: "test " + string(code)})(b.remote)
			b.remote.set(func(r *remote) { r.counts[domain.FigureUsers] = 99 })
			asked := b.remote.calls["logo"]
			status := b.sync(t)
			if status.Run.State != domain.SyncPartial || status.Run.Failed != count || domain.CodeOf(problem(status)) != code {
				t.Errorf("ended as %+v with %v", status.Run, status.Run.Problem)
			}
			if !status.Online || b.watcher.refused != 0 {
				t.Errorf("online %v, refused %d", status.Online, b.watcher.refused)
			}
			if !status.LastCompleteAt.Equal(status.Run.FinishedAt) {
				t.Errorf("all figures were read, and the last complete run was at %v", status.LastCompleteAt)
			}
			if asked = b.remote.calls["logo"] - asked; asked == count {
				t.Errorf("%d logos were asked for, although one failed after the other", asked)
			}
			for id, o := range b.cached(t) {
				if o.LogoHash == "" || o.LogoSource == o.LogoURL || o.Users.Value != 99 {
					t.Fatalf("%s is cached as %+v", id, o)
				}
			}
			b.remote.set(func(r *remote) { r.fail, r.logo = func(string, domain.OrgID) error { return nil }, []byte("another") })
			if status := b.sync(t); status.Run.State != domain.SyncDone {
				t.Errorf("after the fault had passed a run ended as %+v", status.Run)
			}
			for id, o := range b.cached(t) {
				if o.LogoHash != tinyLogo([]byte("another")).Hash || o.LogoSource != o.LogoURL {
					t.Fatalf("the logo of %s was not read again: %+v", id, o)
				}
			}
		})
	}
}

// TestOneFailingLogoHoldsBackNoOther: only the failures in a row count.
func TestOneFailingLogoHoldsBackNoOther(t *testing.T) {
	b := withLogos(t, 90)
	b.remote.serveLogos("2")
	turn := 0
	b.remote.set(func(r *remote) {
		r.fail = func(call string, _ domain.OrgID) error {
			if call != "logo" {
				return nil
			}
			if turn++; turn%2 == 0 {
				return &domain.Error{Code: domain.CodeLogo, Message: "no"}
			}
			return nil
		}
	})
	if status := b.sync(t); status.Run.Failed != 45 || status.Run.Done != 45 {
		t.Errorf("ended as %+v", status.Run)
	}
}

// TestUnusableLogosAreAskedForOnce: what can never become a logo costs no
// second call, and shows no older logo in its place.
func TestUnusableLogosAreAskedForOnce(t *testing.T) {
	for name, spoil := range map[string]func(*remote){
		"a refused link": failCall("logo", &domain.Error{Code: domain.CodeLinkRefused, Message: "no"}),
		"no picture":     func(r *remote) { r.logo = nil },
	} {
		b := withLogos(t, 2)
		b.remote.serveLogos("2")
		b.remote.set(spoil)
		asked := b.remote.calls["logo"]
		first, second := b.sync(t), b.sync(t)
		if first.Run.State != domain.SyncDone || second.Run.State != domain.SyncDone || b.remote.calls["logo"]-asked != 2 {
			t.Errorf("%s: %s, %s, asked for %d times", name, first.Run.State, second.Run.State, b.remote.calls["logo"]-asked)
		}
		if o := b.cached(t)[orgID(0)]; o.LogoHash != "" || o.LogoSource != o.LogoURL {
			t.Errorf("%s: cached as %+v", name, o)
		}
	}
}
