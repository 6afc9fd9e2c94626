package program_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/sqlite"
	"github.com/orgdeck/orgdeck/backend/testkit"
)

func TestDemoShowsOrganizationsWithLogos(t *testing.T) {
	p := start(t, func(o *program.Options) { o.Demo = true })
	id := p.synced(t)
	state, err := p.session.State()
	if err != nil || !state.Accounts[0].Demo || !state.Simulated {
		t.Fatalf("the demo is not told as one: %+v, %v", state, err)
	}
	list, err := p.organizations.List(id)
	if err != nil || len(list.Rows) != 8 || list.AccountID != id {
		t.Fatalf("%d rows, %v", len(list.Rows), err)
	}
	logos := 0
	for _, row := range list.Rows {
		if row.Logo == "" {
			continue
		}
		logos++
		answer, body := p.get(t, row.Logo)
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "image/png" || !bytes.HasPrefix(body, []byte("\x89PNG")) {
			t.Errorf("%s was answered with %s, %d bytes", row.Logo, answer.Status, len(body))
		}
	}
	if logos == 0 {
		t.Error("no organization has a logo")
	}
}

func TestDemoLivesApartFromRealData(t *testing.T) {
	dir := t.TempDir()
	p := start(t, func(o *program.Options) { o.DataDir = dir })
	id, err := p.session.ExploreDemo()
	if err != nil {
		t.Fatal(err)
	}
	p.synced(t)
	state, err := p.session.State()
	if err != nil || state.CurrentAccountID != id || !strings.HasPrefix(id, "demo:") {
		t.Fatalf("the state is %+v, %v", state, err)
	}
	if err := p.session.SignOut(id, false); err != nil {
		t.Fatal(err)
	}
	if state, err = p.session.State(); err != nil || len(state.Accounts) != 0 || state.CurrentAccountID != "" {
		t.Fatalf("after the demo the state is %+v, %v", state, err)
	}
	if found := filesWith(t, filepath.Join(dir, "orgdeck.db"), "northwind"); len(found) > 0 {
		t.Errorf("demo data is in %v", found)
	}
}

func TestLaunch(t *testing.T) {
	dir := t.TempDir()
	p := start(t, func(o *program.Options) { o.Demo, o.DataDir = true, dir })
	id := p.synced(t)
	list, err := p.organizations.List(id)
	if err != nil {
		t.Fatal(err)
	}
	row := list.Rows[3]
	launch, err := p.organizations.Launch(id, row.ID)
	if err != nil {
		t.Fatal(err)
	}
	want := "https://console.jumpcloud.com/?orgId=" + row.ID
	if len(p.desktop.opened) != 1 || p.desktop.opened[0] != want || launch.URL != want {
		t.Errorf("opened %v, told %+v", p.desktop.opened, launch)
	}
	if p.desktop.clipboard != row.Name || !launch.NameCopied {
		t.Errorf("the clipboard holds %q", p.desktop.clipboard)
	}
	p.desktop.broken = errors.New("no browser")
	if _, err := p.organizations.Launch(id, row.ID); domain.CodeOf(err) != domain.CodeLaunchFailed {
		t.Errorf("a browser that cannot be opened: %v", err)
	}
	if _, err := p.organizations.Launch("us:other", row.ID); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("an account that is not here: %v", err)
	}
	db, err := sqlite.Open(t.Context(), filepath.Join(dir, "demo", "demo.db"), sqlite.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	lines, err := db.Activities(t.Context(), domain.AccountID(id), domain.ActivityFilter{Org: domain.OrgID(row.ID)})
	if err != nil || len(lines) != 2 || lines[0].Result != string(domain.CodeLaunchFailed) || lines[1].After != want || lines[1].Kind != domain.ActivityLaunch {
		t.Errorf("the history tells %+v, %v", lines, err)
	}
}

func TestLinksAndTemplates(t *testing.T) {
	p := start(t, func(o *program.Options) { o.Demo = true })
	id := p.synced(t)
	for _, url := range []string{"https://evil.example/", "file:///etc/passwd", "javascript:alert(1)", "https://jumpcloud.com.evil.example/"} {
		if err := p.shell.OpenLink(url); domain.CodeOf(err) != domain.CodeLinkRefused {
			t.Errorf("%s: %v", url, err)
		}
	}
	if len(p.desktop.opened) != 0 {
		t.Fatalf("opened %v", p.desktop.opened)
	}
	if _, err := p.shell.PreviewLaunch(id, "https://evil.example/{orgId}"); err == nil {
		t.Error("a template that leads elsewhere was previewed")
	}
	chosen, err := p.shell.Settings()
	if err != nil {
		t.Fatal(err)
	}
	chosen.LaunchTemplate = "https://evil.example/{orgId}"
	if _, err := p.shell.SaveSettings(chosen); err == nil {
		t.Error("a template that leads elsewhere was kept")
	}
	chosen.LaunchTemplate, chosen.SortColumn, chosen.LaunchHintDismissed = "https://{consoleHost}/#/org/{orgId}", "devices", true
	if kept, err := p.shell.SaveSettings(chosen); err != nil || kept.LaunchTemplate != chosen.LaunchTemplate || kept.SortColumn != "devices" {
		t.Errorf("kept %+v, %v", kept, err)
	}
}

// TestSettingsOfAnotherRegion: what was chosen beside one account is not kept
// for the region of the account that is shown by then.
func TestSettingsOfAnotherRegion(t *testing.T) {
	p := start(t, func(o *program.Options) { o.Demo = true })
	p.synced(t)
	before, err := p.shell.Settings()
	if err != nil || before.Region != "us" || !before.SingleKeyShortcuts {
		t.Fatalf("the settings are %+v, %v", before, err)
	}
	chosen := before
	chosen.Region, chosen.LaunchTemplate, chosen.SingleKeyShortcuts = "eu", "https://{consoleHost}/#/eu/{orgId}", false
	kept, err := p.shell.SaveSettings(chosen)
	if err != nil || kept.Region != "us" || kept.LaunchTemplate != before.LaunchTemplate || kept.SingleKeyShortcuts {
		t.Errorf("kept %+v, %v", kept, err)
	}
	own := kept
	own.LaunchTemplate = "https://{consoleHost}/#/us/{orgId}"
	if _, err := p.shell.SaveSettings(own); err != nil {
		t.Fatal(err)
	}
	// A page that does not know the settings yet leaves the template as it is.
	if kept, err = p.shell.SaveSettings(bind.Settings{SortColumn: "users"}); err != nil || kept.LaunchTemplate != own.LaunchTemplate {
		t.Errorf("kept %+v, %v", kept, err)
	}
	chosen.Region = "mars"
	if _, err := p.shell.SaveSettings(chosen); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("an unknown region came to %v", err)
	}
}

func TestOneProgramADataFolder(t *testing.T) {
	dir := t.TempDir()
	first := start(t, func(o *program.Options) { o.DataDir = dir; o.Demo = true })
	first.synced(t)
	second := start(t, func(o *program.Options) { o.DataDir = dir })
	if _, err := second.session.State(); domain.CodeOf(err) != domain.CodeAlreadyRunning {
		t.Errorf("a second program was answered with %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "orgdeck.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the second program opened a cache: %v", err)
	}
}

func TestDamagedCacheIsTold(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "orgdeck.db"), bytes.Repeat([]byte("not a cache "), 500), 0o600); err != nil {
		t.Fatal(err)
	}
	p := start(t, func(o *program.Options) { o.DataDir = dir })
	state, err := p.session.State()
	if err != nil || len(state.Notices) != 1 || state.Notices[0].Code != string(domain.CodeCacheDamaged) {
		t.Fatalf("the notices are %+v, %v", state.Notices, err)
	}
	kept, err := filepath.Glob(filepath.Join(dir, "orgdeck.db.damaged-*"))
	if err != nil || len(kept) == 0 || !strings.Contains(state.Notices[0].Message, kept[0]) {
		t.Errorf("kept %v, told %q", kept, state.Notices[0].Message)
	}
}

func TestSecurityHeaders(t *testing.T) {
	p := start(t, nil)
	answer, body := p.get(t, "/")
	policy := answer.Header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'self'", "script-src 'self';", "frame-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, part) {
			t.Errorf("the policy lacks %s: %s", part, policy)
		}
	}
	if string(body) != "page" {
		t.Errorf("the page is %q", body)
	}
	for _, path := range []string{"/logo/", "/logo/us:x/abc.png", "/logo/us:x/" + strings.Repeat("a", 64) + ".png", "/logo/../../etc/passwd"} {
		if answer, _ := p.get(t, path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("%s was answered with %s", path, answer.Status)
		}
	}
}

// TestCacheIsPaintedBeforeTheNetwork: a start with something cached reads
// nothing from the server until the page has shown it.
func TestCacheIsPaintedBeforeTheNetwork(t *testing.T) {
	dir := t.TempDir()
	first := start(t, func(o *program.Options) { o.Demo, o.DataDir = true, dir })
	id := first.synced(t)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	trace := &buffer{}
	second := start(t, func(o *program.Options) {
		o.Demo, o.DataDir, o.Trace = true, dir, program.NewTrace(trace, time.Now, time.Now())
	})
	// Shown at once, or there would be nothing that the network has to wait for.
	if state, err := second.session.State(); err != nil || state.CurrentAccountID != id {
		t.Fatalf("shown is %q, %v", state.CurrentAccountID, err)
	}
	list, err := second.organizations.List(id)
	if err != nil || len(list.Rows) != 8 || strings.Contains(trace.String(), "sync-start") {
		t.Fatalf("%d rows, %v, trace %s", len(list.Rows), err, trace.String())
	}
	if err := second.shell.FirstRows(len(list.Rows)); err != nil {
		t.Fatal(err)
	}
	second.until(t, "a synchronization after the first paint", func() bool { return strings.Contains(trace.String(), "sync-done") })
	if painted, synced := strings.Index(trace.String(), "first-rows"), strings.Index(trace.String(), "sync-start"); painted > synced {
		t.Errorf("the trace is %s", trace.String())
	}
}

// TestKeyIsNowhere runs with a key that can be recognised, through success and
// refusal, and searches everything that leaves the program's memory for it.
func TestKeyIsNowhere(t *testing.T) {
	running := testkit.CheckedSimulator(t, simulator.Options{Orgs: 12, Seed: 3, Now: time.Now})
	dir, log, trace := t.TempDir(), &buffer{}, &buffer{}
	p := start(t, func(o *program.Options) {
		o.DataDir, o.APIURL = dir, running.URL
		o.Log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		o.Trace = program.NewTrace(trace, time.Now, time.Now())
	})
	var secrets []string
	refused := "jca_CANARY_refused"
	_, signInErr := p.session.SignIn("us", refused)
	secrets = append(secrets, refused, running.APIKey())
	id, err := p.session.SignIn("us", running.APIKey())
	if err != nil {
		t.Fatal(err)
	}
	p.synced(t)
	secrets = append(secrets, running.NewKey())
	if err := p.sync.Start(id); err != nil {
		t.Fatal(err)
	}
	p.until(t, "the refusal", func() bool {
		state, err := p.session.State()
		return err == nil && state.Accounts[0].KeyState == "refused"
	})
	p.desktop.mu.Lock()
	events, err := json.Marshal(p.desktop.events)
	p.desktop.mu.Unlock()
	if err != nil {
		t.Fatal(err)
	}
	told := log.String() + trace.String() + string(events) + fmt.Sprint(bind.FormatError(signInErr)) + fmt.Sprint(signInErr)
	for _, secret := range secrets {
		if strings.Contains(told, secret) {
			t.Errorf("%s… was told", secret[:8])
		}
		if found := filesWith(t, dir, secret); len(found) > 0 {
			t.Errorf("%s… is in %v", secret[:8], found)
		}
	}
	if !strings.Contains(log.String(), "/api/") || !strings.Contains(trace.String(), "sync-names") {
		t.Error("nothing was logged: the search proves nothing")
	}
}

// buffer is a log that several goroutines write.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// filesWith gives the files under a path that hold a text.
func filesWith(t *testing.T, root, text string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(content, []byte(text)) {
			found = append(found, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
