package settings

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// chosen are preferences with every field set.
func chosen() Settings {
	return Settings{
		Window:              Window{Width: 1280, Height: 800, Maximised: true, Place: &Place{X: -1200, Y: 40}},
		Sort:                Sort{Column: "users", Descending: true},
		Columns:             []Column{{ID: "name", Visible: true, Width: 300}, {ID: "users"}},
		LaunchTemplates:     map[domain.Region]string{domain.RegionEU: "https://{consoleHost}/#/{orgId}"},
		LaunchHintDismissed: true,
		SingleKeysOff:       true,
		LastAccount:         "us:acme",
		PanelWidth:          420,
	}
}

// open opens preferences that must be in order.
func open(t *testing.T, path string) *File {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return f
}

func TestKeptAndReadAgain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "settings.json")
	f := open(t, path)
	if got := f.Get(); !got.equal(Settings{}.normalize()) {
		t.Errorf("without a file: %+v", got)
	}
	if _, err := os.Stat(filepath.Dir(path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("opening made something: %v", err)
	}
	saved, err := f.Update(func(s *Settings) { *s = chosen() })
	if err != nil || !saved.equal(chosen()) {
		t.Errorf("saved %+v, %v", saved, err)
	}
	if got := open(t, path).Get(); !got.equal(chosen()) {
		t.Errorf("read again %+v, want %+v", got, chosen())
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("rights are %v, %v", info.Mode(), err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("beside the file: %v, %v", entries, err)
	}
}

func TestNothingNewIsNotWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if _, err := open(t, path).Update(func(*Settings) {}); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file was written for nothing: %v", err)
	}
}

func TestCopiesAreTheCallersOwn(t *testing.T) {
	f := open(t, filepath.Join(t.TempDir(), "settings.json"))
	mine := chosen()
	if _, err := f.Update(func(s *Settings) { *s = mine }); err != nil {
		t.Fatal(err)
	}
	for _, s := range []Settings{mine, f.Get()} {
		s.Columns[0].ID, s.Window.Place.X = "changed", 7
		s.LaunchTemplates[domain.RegionEU] = "changed"
	}
	if got := f.Get(); !got.equal(chosen()) {
		t.Errorf("changed from outside: %+v", got)
	}
}

func TestUnusableValuesAreDropped(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Settings)
		want   func(*Settings)
	}{
		{"tiny window", func(s *Settings) { s.Window.Width = 3 }, func(s *Settings) { s.Window.Width, s.Window.Height = 0, 0 }},
		{"huge window", func(s *Settings) { s.Window.Height = 1 << 30 }, func(s *Settings) { s.Window.Width, s.Window.Height = 0, 0 }},
		{"negative window", func(s *Settings) { s.Window.Width = -1280 }, func(s *Settings) { s.Window.Width, s.Window.Height = 0, 0 }},
		{"far away", func(s *Settings) { s.Window.Place.X = 1 << 20 }, func(s *Settings) { s.Window.Place = nil }},
		{"sort by markup", func(s *Settings) { s.Sort.Column = "<b>" }, func(s *Settings) { s.Sort = Sort{} }},
		{"column twice", func(s *Settings) { s.Columns = append(s.Columns, Column{ID: "name"}) }, func(*Settings) {}},
		{"column without an id", func(s *Settings) { s.Columns = append(s.Columns, Column{}) }, func(*Settings) {}},
		{"column too wide", func(s *Settings) { s.Columns[0].Width = 99_999 }, func(s *Settings) { s.Columns[0].Width = 0 }},
		{"too many columns", func(s *Settings) {
			for i := range 100 {
				s.Columns = append(s.Columns, Column{ID: "c" + strconv.Itoa(i)})
			}
		}, func(s *Settings) {
			for i := range maxColumns - 2 {
				s.Columns = append(s.Columns, Column{ID: "c" + strconv.Itoa(i)})
			}
		}},
		{"a region that does not exist", func(s *Settings) { s.LaunchTemplates["mars"] = "https://x" }, func(*Settings) {}},
		{"a template without end", func(s *Settings) { s.LaunchTemplates[domain.RegionUS] = strings.Repeat("x", 3000) }, func(*Settings) {}},
		{"a panel over everything", func(s *Settings) { s.PanelWidth = 5000 }, func(s *Settings) { s.PanelWidth = 0 }},
		{"an account without end", func(s *Settings) { s.LastAccount = domain.AccountID(strings.Repeat("x", 300)) }, func(s *Settings) { s.LastAccount = "" }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.json")
			bad, want := chosen(), chosen()
			test.change(&bad)
			test.want(&want)
			// As a file that someone edited, and as a change.
			if err := writeFile(path, document{Version: version, Settings: bad}); err != nil {
				t.Fatal(err)
			}
			f := open(t, path)
			if got := f.Get(); !got.equal(want) {
				t.Errorf("read %+v, want %+v", got, want)
			}
			if got, err := f.Update(func(s *Settings) { *s = bad }); err != nil || !got.equal(want) {
				t.Errorf("changed to %+v, %v; want %+v", got, err, want)
			}
		})
	}
}

func TestDamagedFileIsSetAside(t *testing.T) {
	tests := map[string]string{
		"empty": "", "cut": `{"version":1,"window":{`, "noise": "\x00\x01\x02", "a list": "[]", "null": "null",
		"no version": "{}", "version zero": `{"version":0}`, "version as text": `{"version":"1"}`,
		"wrong type": `{"version":1,"panelWidth":"wide"}`, "two documents": `{"version":1}{"version":1}`,
		"huge": `{"version":1,"lastAccount":"` + strings.Repeat("x", maxSize) + `"}`,
	}
	for name, content := range tests {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "settings.json")
			if err := errors.Join(os.WriteFile(path, []byte(content), 0o600), os.WriteFile(path+".damaged-1", []byte("older"), 0o600)); err != nil {
				t.Fatal(err)
			}
			f, err := Open(path)
			failure, ok := errors.AsType[*domain.Error](err)
			if !ok || failure.Code != domain.CodeSettings || !strings.Contains(failure.Message, path+".damaged-2") || f.SetAside() != path+".damaged-2" {
				t.Fatalf("%v, set aside %q", err, f.SetAside())
			}
			if _, err := f.Update(func(s *Settings) { *s = chosen() }); err != nil {
				t.Errorf("Update afterwards: %v", err)
			}
			for path, want := range map[string]string{f.SetAside(): content, path + ".damaged-1": "older"} {
				if kept, err := os.ReadFile(path); err != nil || string(kept) != want {
					t.Errorf("%s was not kept as it was: %v", path, err)
				}
			}
			if got := open(t, path).Get(); !got.equal(chosen()) {
				t.Errorf("read again %+v", got)
			}
		})
	}
}

func TestFolderInItsPlace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.MkdirAll(filepath.Join(path, "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if domain.CodeOf(err) != domain.CodeSettings || f.SetAside() == "" {
		t.Errorf("%v, set aside %q", err, f.SetAside())
	}
	if _, err := f.Update(func(s *Settings) { *s = chosen() }); err != nil {
		t.Error(err)
	}
}

func TestNewerFileIsLeftAlone(t *testing.T) {
	const newer = `{"version":2,"window":"somewhere else entirely"}`
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(newer), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path)
	if domain.CodeOf(err) != domain.CodeSettings || !errors.Is(err, errNewer) {
		t.Errorf("Open: %v", err)
	}
	got, err := f.Update(func(s *Settings) { *s = chosen() })
	if domain.CodeOf(err) != domain.CodeSettings || !got.equal(chosen()) || !f.Get().equal(chosen()) {
		t.Errorf("Update: %+v, %v; want the choice for this session and a refusal to save", got, err)
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != newer {
		t.Errorf("the file is %q, %v", kept, err)
	}
}

// TestFailedSaveKeepsTheFile puts something in the way of the temporary file.
func TestFailedSaveKeepsTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	f := open(t, path)
	if _, err := f.Update(func(s *Settings) { *s = chosen() }); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(path+".tmp", "x"), 0o700); err != nil {
		t.Fatal(err)
	}
	_, err := f.Update(func(s *Settings) { s.PanelWidth = 500 })
	if domain.CodeOf(err) != domain.CodeSettings {
		t.Errorf("Update: %v", err)
	}
	if f.Get().PanelWidth != 500 || !open(t, path).Get().equal(chosen()) {
		t.Errorf("for this session %d; kept %+v", f.Get().PanelWidth, open(t, path).Get())
	}
	if err := os.RemoveAll(path + ".tmp"); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Update(func(*Settings) {}); err != nil || open(t, path).Get().PanelWidth != 500 {
		t.Errorf("what was not saved is not saved later: %v", err)
	}
}

func TestManyAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	f := open(t, path)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			_, err := f.Update(func(s *Settings) {
				s.Columns = append(s.Columns, Column{ID: "c" + strconv.Itoa(i), Visible: true})
			})
			if err != nil {
				t.Error(err)
			}
			f.Get()
		})
	}
	all.Wait()
	got := open(t, path).Get()
	if len(got.Columns) != 20 || !reflect.DeepEqual(got, f.Get()) {
		t.Errorf("%d columns are kept, want 20", len(got.Columns))
	}
}

func TestPeekTouchesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "settings.json")
	if got := Peek(path); !got.equal(Settings{}.normalize()) {
		t.Errorf("without a file: %+v", got)
	}
	if _, err := open(t, path).Update(func(s *Settings) { *s = chosen() }); err != nil {
		t.Fatal(err)
	}
	if got := Peek(path); !got.equal(chosen()) {
		t.Errorf("peeked %+v, want %+v", got, chosen())
	}
	if err := os.WriteFile(path, []byte("damaged"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := Peek(path); !got.equal(Settings{}.normalize()) {
		t.Errorf("of a damaged file: %+v", got)
	}
	if _, err := Open(path); domain.CodeOf(err) != domain.CodeSettings {
		t.Errorf("Open afterwards does not tell: %v", err)
	}
}
