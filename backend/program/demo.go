package program

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// demoSeed makes every demo the same provider, so that its cache stays true.
const demoSeed = 7

// openDemo starts the embedded simulator and the demo's own cache. Its account
// is not shown yet.
func (p *Program) openDemo(ctx context.Context) (*workspace, error) {
	wrap := p.opts.WrapDemo
	if wrap == nil {
		wrap = func(server *simulator.Server) http.Handler { return server }
	}
	running, err := simulator.StartWrapped("127.0.0.1:0", simulator.Options{Orgs: p.opts.DemoOrgs, Seed: demoSeed, Now: p.opts.Now}, wrap)
	if err != nil {
		return nil, fmt.Errorf("start the demo: %w", err)
	}
	opened, err := p.openWorkspace(ctx, workspaceOptions{
		file: filepath.Join(p.opts.DataDir, "demo", "demo.db"), apiURL: running.URL, keys: &heldKeys{keys: map[domain.AccountID]string{}}, demo: true,
	})
	if err != nil {
		return nil, errors.Join(err, running.Close())
	}
	opened.simulator = running
	p.mu.Lock()
	defer p.mu.Unlock()
	p.demo = opened
	return opened, nil
}

// enterDemo signs in to the demo, and drops the caches of demos of other sizes.
func (p *Program) enterDemo(ctx context.Context, demo *workspace) (domain.AccountID, error) {
	id, err := demo.session.SignIn(ctx, string(domain.RegionUS), demo.simulator.APIKey())
	if err != nil {
		return "", fmt.Errorf("enter the demo: %w", err)
	}
	for _, other := range demo.session.State().Accounts {
		if other.Account.ID == id {
			continue
		}
		if err := demo.session.SignOut(ctx, other.Account.ID, true); err != nil {
			return "", fmt.Errorf("drop an older demo: %w", err)
		}
	}
	return id, nil
}

// heldKeys keeps the demo's key, which is no secret, for as long as the program lives.
type heldKeys struct {
	mu   sync.Mutex
	keys map[domain.AccountID]string
}

// Probe finds nothing wrong.
func (h *heldKeys) Probe(context.Context) error { return nil }

// Get gives a key; signed_out where none is held.
func (h *heldKeys) Get(_ context.Context, account domain.AccountID) (string, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	key, ok := h.keys[account]
	if !ok {
		return "", &domain.Error{Code: domain.CodeSignedOut, Message: "No key is held."}
	}
	return key, nil
}

// Set holds a key.
func (h *heldKeys) Set(_ context.Context, account domain.AccountID, key string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.keys[account] = key
	return nil
}

// Delete forgets a key.
func (h *heldKeys) Delete(_ context.Context, account domain.AccountID) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.keys, account)
	return nil
}
