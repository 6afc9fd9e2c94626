package program

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/orgdeck/orgdeck/backend/billing"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/keychain"
	"github.com/orgdeck/orgdeck/backend/logo"
	"github.com/orgdeck/orgdeck/backend/logobatch"
	"github.com/orgdeck/orgdeck/backend/roster"
	"github.com/orgdeck/orgdeck/backend/session"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/sqlite"
)

// workspace is one cache with its accounts. The demo has one of its own, so
// that its data never meets real data.
type workspace struct {
	db        *sqlite.DB
	session   *session.Session
	editor    *editor.Editor
	roster    *roster.Roster
	billing   *billing.Billing
	logos     *logobatch.Batches
	simulator *simulator.Running
}

type workspaceOptions struct {
	file   string
	apiURL string
	keys   session.Keys
	demo   bool
}

// The pixels of a cached thumbnail: enough for the panel's banner on a dense
// screen, and a whole fraction of the sizes that JumpCloud recommends for
// logos, which makes them small at a fraction of the cost.
const (
	thumbnailWidth  = 300
	thumbnailHeight = 100
)

// thumbnail makes a logo small for the cache.
func thumbnail(data []byte) (domain.Thumbnail, error) {
	return logo.Thumbnail(data, thumbnailWidth, thumbnailHeight)
}

func (p *Program) realOptions() workspaceOptions {
	if p.opts.APIURL != "" {
		return workspaceOptions{
			file: filepath.Join(p.opts.DataDir, "simulated.db"), apiURL: p.opts.APIURL, keys: p.keys("Orgdeck (simulator)"),
		}
	}
	return workspaceOptions{file: filepath.Join(p.opts.DataDir, "orgdeck.db"), keys: p.keys("")}
}

// keys gives what keeps API keys, under a service's name in the system's
// keychain; empty for the usual one.
func (p *Program) keys(service string) session.Keys {
	if p.opts.Keys != nil {
		return p.opts.Keys
	}
	return keychain.New(keychain.Options{Service: service})
}

func (p *Program) openWorkspace(ctx context.Context, o workspaceOptions) (*workspace, error) {
	db, err := sqlite.Open(ctx, o.file, sqlite.Options{Now: p.opts.Now, Logger: p.opts.Log})
	if err != nil {
		return nil, fmt.Errorf("open the cache: %w", err)
	}
	if path := db.SetAside(); path != "" {
		p.note(&domain.Error{
			Code:    domain.CodeCacheDamaged,
			Message: "The cache could not be read. The damaged file was kept as " + path + ", and a new cache is being filled from JumpCloud.",
		})
	}
	w := &workspace{db: db}
	opened, err := session.Open(ctx, session.Options{
		Store: db, Keys: o.keys, Dial: p.dial(o.apiURL), Watcher: watcher{p}, Now: p.opts.Now, Log: p.opts.Log,
		Demo: o.demo, Preferred: p.preferred(),
		Thumbnail: thumbnail,
		Beside:    func(ctx context.Context, id domain.AccountID) error { return w.roster.RefreshAdministrators(ctx, id) },
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the accounts: %w", err), db.Close())
	}
	// Nothing is synchronised before this is returned.
	w.session, w.editor, w.roster, w.billing = opened, p.newEditor(db, opened), p.newRoster(db, opened), p.newBilling(db, opened)
	w.logos = p.newLogoBatches(db, opened, w.editor)
	return w, nil
}

// callsPerSecond is the most that an account's client asks of JumpCloud. It is
// just more than the 24 calls in flight come to at 50 ms each: where answers take
// longer they are the bound, and where they take less this is.
const callsPerSecond = 500

func (p *Program) dial(apiURL string) session.Dial {
	return func(region domain.Region, apiKey string) (session.Remote, error) {
		client, err := jumpcloud.New(jumpcloud.Options{
			Region: region, APIURL: apiURL, APIKey: apiKey, Version: p.opts.Version,
			Logger: p.opts.Log, Clock: jumpcloud.NewClock(p.opts.Now),
			Limits: jumpcloud.Limits{PerSecond: callsPerSecond},
		})
		if err != nil {
			return nil, fmt.Errorf("make a client: %w", err)
		}
		return client, nil
	}
}

func (w *workspace) close() error {
	if w == nil {
		return nil
	}
	w.logos.Close()
	w.editor.Close()
	w.session.Close()
	err := w.db.Close()
	if w.simulator != nil {
		err = errors.Join(err, w.simulator.Close())
	}
	return err
}

// pruneLogos takes out of the cache the logos that nothing shows any more. What
// is left over takes room alone, so that a failure is for the log.
func (p *Program) pruneLogos(w *workspace) {
	if w == nil {
		return
	}
	for _, held := range w.session.State().Accounts {
		if err := w.db.PruneLogos(p.lifetime, held.Account.ID); err != nil && p.lifetime.Err() == nil {
			p.opts.Log.Warn("unused logos stay in the cache", "account", held.Account.ID, "error", err)
		}
	}
}

// workspaceOf gives the workspace that has an account.
func (p *Program) workspaceOf(account domain.AccountID) (*workspace, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, w := range []*workspace{p.real, p.demo} {
		if w != nil && w.session.Has(account) {
			return w, nil
		}
	}
	return nil, &domain.Error{Code: domain.CodeNotFound, Message: "This account is not known here any more. Nothing was changed."}
}
