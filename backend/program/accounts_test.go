package program_test

import (
	"bytes"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/testkit"
)

// providers are two providers behind one address: the key says whose a call is.
type providers struct {
	first, second *simulator.Server
	// checked are the two behind a check of every exchange.
	checked map[*simulator.Server]http.Handler
	url     string

	mu sync.Mutex
	// asked is every call with a key, by method and path.
	asked []string
}

func startProviders(t *testing.T, organizations int) *providers {
	t.Helper()
	p := &providers{
		first:  simulator.New(simulator.Options{Orgs: organizations, Seed: 7, Now: time.Now}),
		second: simulator.New(simulator.Options{Orgs: organizations + 3, Seed: 8, Company: "Borealis Managed IT", Now: time.Now}),
	}
	p.checked = map[*simulator.Server]http.Handler{p.first: testkit.Checked(t, p.first), p.second: testkit.Checked(t, p.second)}
	server := httptest.NewServer(p)
	t.Cleanup(server.Close)
	p.url = server.URL
	return p
}

func (p *providers) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("X-Api-Key")
	if key != "" {
		p.mu.Lock()
		p.asked = append(p.asked, r.Method+" "+r.URL.Path+" "+r.Header.Get("X-Org-Id"))
		p.mu.Unlock()
	}
	if key == p.second.APIKey() {
		p.checked[p.second].ServeHTTP(w, r)
		return
	}
	p.checked[p.first].ServeHTTP(w, r)
}

// naming gives the calls so far that name something.
func (p *providers) naming(what string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var found []string
	for _, call := range p.asked {
		if strings.Contains(call, what) {
			found = append(found, call)
		}
	}
	return found
}

// signedIn signs in with a key and waits until the account is synchronised.
func (p *page) signedIn(t *testing.T, key string) string {
	t.Helper()
	id, err := p.session.SignIn("us", key)
	if err != nil {
		t.Fatal(err)
	}
	p.ended(t, id)
	return id
}

// ended waits until an account is synchronised, shown or not.
func (p *page) ended(t *testing.T, id string) {
	t.Helper()
	p.until(t, "a synchronization of "+id, func() bool {
		status, err := p.sync.Status(id)
		return err == nil && (status.State == "done" || status.State == "partial")
	})
}

// twoAccounts starts a program that is signed in to two providers; the second is shown.
func twoAccounts(t *testing.T, organizations int, dir string) (p *page, servers *providers, first, second string) {
	t.Helper()
	servers = startProviders(t, organizations)
	p = start(t, func(o *program.Options) { o.DataDir, o.APIURL = dir, servers.url })
	first = p.signedIn(t, servers.first.APIKey())
	second = p.signedIn(t, servers.second.APIKey())
	return p, servers, first, second
}

// holding gives the files under a folder that hold one of some texts, with the text.
func holding(t *testing.T, dir string, texts ...string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, text := range texts {
			if text != "" && (bytes.Contains(content, []byte(text)) || strings.Contains(path, text)) {
				found[path] = text
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// tracesOf gives what would betray an account in a file.
func (p *page) tracesOf(t *testing.T, servers *providers, id string) []string {
	t.Helper()
	list, err := p.organizations.List(id)
	if err != nil || len(list.Rows) == 0 {
		t.Fatalf("%d organizations, %v", len(list.Rows), err)
	}
	server := servers.first
	if strings.HasSuffix(id, servers.second.ProviderID()) {
		server = servers.second
	}
	traces := []string{server.APIKey(), server.ProviderID(), p.account(t, id).Email}
	for _, row := range list.Rows {
		traces = append(traces, row.ID)
		// Shorter names may be part of anything.
		if len(row.Name) >= 6 {
			traces = append(traces, row.Name)
		}
	}
	return traces
}

func (p *page) account(t *testing.T, id string) bind.Account {
	t.Helper()
	state, err := p.session.State()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(state.Accounts, func(a bind.Account) bool { return a.ID == id })
	if i < 0 {
		t.Fatalf("%s is not known", id)
	}
	return state.Accounts[i]
}

func TestErasedAccountIsInNoFile(t *testing.T) {
	dir := t.TempDir()
	p, servers, first, second := twoAccounts(t, 30, dir)
	if err := p.session.SelectAccount(first); err != nil {
		t.Fatal(err)
	}
	if err := p.session.RenameAccount(first, "Label To Be Erased"); err != nil {
		t.Fatal(err)
	}
	list, err := p.organizations.List(first)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.edits(t).EditOrganization(first, list.Rows[0].ID, "name", list.Rows[0].Name, "Renamed Before Erasing", false); err != nil {
		t.Fatal(err)
	}
	if _, err := p.people.RefreshAdministratorsPage(first); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "settings.json.damaged-1"), []byte(`{"lastAccount": "`+first), 0o600); err != nil {
		t.Fatal(err)
	}
	traces := append(p.tracesOf(t, servers, first), "Label To Be Erased", "Renamed Before Erasing", list.Rows[0].Name)
	if len(holding(t, dir, traces...)) == 0 {
		t.Fatal("nothing is found even before: the search finds nothing")
	}
	if found := holding(t, dir, servers.first.APIKey(), servers.second.APIKey()); len(found) != 0 {
		t.Errorf("a key is in %v", found)
	}
	left := p.tracesOf(t, servers, second)
	if err := p.session.SignOut(first, true); err != nil {
		t.Fatal(err)
	}
	traces = slices.DeleteFunc(traces, func(text string) bool { return slices.Contains(left, text) })
	if found := holding(t, dir, traces...); len(found) != 0 {
		t.Errorf("after erasing, %v", found)
	}
	state, err := p.session.State()
	if err != nil || state.CurrentAccountID != second || len(state.Accounts) != 1 {
		t.Errorf("the state is %+v, %v", state, err)
	}
	if rows, err := p.organizations.List(second); err != nil || len(rows.Rows) != 33 {
		t.Errorf("the other account has %d organizations, %v", len(rows.Rows), err)
	}
	if _, err := p.organizations.List(first); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("the erased account gives %v", err)
	}
}

func TestSignedOutAccountCanBeRead(t *testing.T) {
	dir := t.TempDir()
	p, servers, first, second := twoAccounts(t, 5, dir)
	if err := p.session.SelectAccount(first); err != nil {
		t.Fatal(err)
	}
	if err := p.session.SignOut(first, false); err != nil {
		t.Fatal(err)
	}
	if state, err := p.session.State(); err != nil || state.CurrentAccountID != second || len(state.Accounts) != 2 {
		t.Fatalf("the state is %+v, %v", state, err)
	}
	if err := p.session.SignOut(second, false); err != nil {
		t.Fatal(err)
	}
	// Nobody is signed in: the sign-in page offers both.
	if state, err := p.session.State(); err != nil || state.CurrentAccountID != "" || len(state.Accounts) != 2 {
		t.Fatalf("the state is %+v, %v", state, err)
	}
	asked := len(servers.naming(""))
	for id, want := range map[string]int{first: 5, second: 8} {
		if err := p.session.SelectAccount(id); err != nil {
			t.Fatal(err)
		}
		list, err := p.organizations.List(id)
		if err != nil || len(list.Rows) != want || p.account(t, id).KeyState != "missing" {
			t.Errorf("%s can show %d organizations, %v", id, len(list.Rows), err)
		}
	}
	if now := len(servers.naming("")); now != asked {
		t.Errorf("%d calls were made without a key", now-asked)
	}
	// Having looked at them is no sign-in: the next start asks for a key again.
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	again := start(t, func(o *program.Options) { o.DataDir, o.APIURL = dir, servers.url })
	again.until(t, "the keychain's answer", func() bool {
		return again.account(t, first).KeyState == "missing" && again.account(t, second).KeyState == "missing"
	})
	if state, err := again.session.State(); err != nil || state.CurrentAccountID != "" || len(state.Accounts) != 2 {
		t.Errorf("after a restart the state is %+v, %v", state, err)
	}
}

// TestNothingActsOnAnotherAccount calls everything that takes an organization
// with an account and an organization of the other.
func TestNothingActsOnAnotherAccount(t *testing.T) {
	p, servers, first, second := twoAccounts(t, 4, t.TempDir())
	p.desktop.folder = t.TempDir()
	theirs, err := p.organizations.List(second)
	if err != nil {
		t.Fatal(err)
	}
	org := theirs.Rows[0].ID
	people, err := p.people.RefreshAdministratorsPage(first)
	if err != nil || len(people.Administrators) == 0 {
		t.Fatal(err)
	}
	who := people.Administrators[len(people.Administrators)-1].Administrator.ID
	edits := p.edits(t)
	undoable, err := edits.EditOrganization(second, org, "name", theirs.Rows[0].Name, "Renamed once", false)
	if err != nil || !undoable.CanUndo {
		t.Fatalf("an edit to undo came to %+v, %v", undoable, err)
	}
	written, asked := len(servers.first.History())+len(servers.second.History()), len(servers.naming(org))
	calls := map[string]func() error{
		"Details":  func() error { _, err := p.organizations.Details(first, org); return err },
		"Launch":   func() error { _, err := p.organizations.Launch(first, org); return err },
		"CopyID":   func() error { return p.organizations.CopyID(first, org) },
		"UndoEdit": func() error { _, err := edits.UndoEdit(first, undoable.ActivityID); return err },
		"ReadAdministrators": func() error {
			_, err := p.people.ReadAdministrators(first, org)
			return err
		},
		"RefreshAdministrators": func() error {
			_, err := p.people.RefreshAdministrators(first, org)
			return err
		},
		"TakeAccess":        func() error { _, err := p.people.TakeAccess(first, org, who); return err },
		"GiveAccess":        func() error { _, err := p.people.GiveAccess(first, org, who); return err },
		"OrganizationUsage": func() error { _, err := p.billing.OrganizationUsage(first, org); return err },
	}
	for _, field := range []string{"name", "remoteAssist", "userCap", "contactName", "contactEmail"} {
		calls["EditOrganization "+field] = func() error {
			_, err := edits.EditOrganization(first, org, field, "", map[string]string{
				"name": "Taken over", "remoteAssist": "on", "userCap": "3", "contactName": "Kim", "contactEmail": "kim@example.com",
			}[field], true)
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(calls)) {
		if err := calls[name](); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("%s came to %v", name, err)
		}
	}
	if now := len(servers.first.History()) + len(servers.second.History()); now != written {
		t.Errorf("%d things were written", now-written)
	}
	if now := servers.naming(org); len(now) != asked {
		t.Errorf("the other account's organization was asked for: %v", now[asked:])
	}
	if len(p.desktop.opened) != 0 || p.desktop.clipboard != "" {
		t.Errorf("opened %v, copied %q", p.desktop.opened, p.desktop.clipboard)
	}
}
