package settings

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// version is that of the file's layout.
	version = 1
	// maxSize bounds the file: real ones have a few hundred bytes.
	maxSize = 1 << 20
)

// document is the file.
type document struct {
	Version int `json:"version"`
	Settings
}

// File is the preferences with the file they are kept in. Its methods may be
// called from any goroutine.
type File struct {
	path string

	mu       sync.Mutex
	settings Settings
	setAside string
	// frozen says why the file must not be written; nil where it may.
	frozen error
	// unsaved says that the last attempt to save failed.
	unsaved bool
}

// What makes a file unusable.
var (
	errDamaged = errors.New("not a file of preferences")
	errNewer   = errors.New("written by a newer program")
)

// Open reads the preferences at path; where there is no file there are none
// yet, and none is made. The File can always be used. An error (settings_failed)
// says what a person should know: that a damaged file was set aside, or that
// the file cannot be read or is of a newer Orgdeck. In these last cases it is
// left as it is, and what is chosen lasts for this session.
func Open(path string) (*File, error) {
	f := &File{path: path, settings: Settings{}.normalize()}
	read, err := readFile(path)
	switch {
	case err == nil:
		f.settings = read.normalize()
		return f, nil
	case errors.Is(err, fs.ErrNotExist):
		return f, nil
	case errors.Is(err, errDamaged):
		return f, f.replaceDamaged(err)
	case errors.Is(err, errNewer):
		f.frozen = &domain.Error{
			Code: domain.CodeSettings, Message: "A newer version of Orgdeck has saved the preferences. They were left as they are.",
			Hint: "Start the newer version, or use another data folder. What you choose here lasts for this session.", Cause: err,
		}
	default:
		f.frozen = &domain.Error{
			Code: domain.CodeSettings, Message: "The preferences could not be read. They were left as they are.",
			Hint: "Check that " + path + " belongs to you. What you choose here lasts for this session.", Cause: err,
		}
	}
	return f, f.frozen
}

// Peek reads the preferences at path and touches nothing: for the window's
// size, before it is known that no other program uses the folder. What cannot
// be read is as if it were not there; Open says so later.
func Peek(path string) Settings {
	read, err := readFile(path)
	if err != nil {
		return Settings{}.normalize()
	}
	return read.normalize()
}

// Get gives the preferences; the copy is the caller's own.
func (f *File) Get() Settings {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.settings.clone()
}

// SetAside tells the path at which a damaged file was kept; empty where none was.
func (f *File) SetAside() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.setAside
}

// Update changes the preferences and saves them, unless they are kept so already. It
// gives them as they are kept: values that cannot be used are dropped. Where
// saving fails (settings_failed) they still hold for this session, and the file
// is as it was.
func (f *File) Update(change func(*Settings)) (Settings, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	wanted := f.settings.clone()
	change(&wanted)
	wanted = wanted.clone().normalize() // the caller may hold on to what it put in
	if wanted.equal(f.settings) && !f.unsaved {
		return wanted.clone(), nil
	}
	f.settings = wanted
	if f.frozen != nil {
		return wanted.clone(), f.frozen
	}
	err := writeFile(f.path, document{Version: version, Settings: wanted})
	f.unsaved = err != nil
	if err != nil {
		return wanted.clone(), &domain.Error{
			Code: domain.CodeSettings, Message: "The preferences could not be saved. They hold for this session.",
			Hint: "Check that there is room on the disk and that " + filepath.Dir(f.path) + " belongs to you.", Retryable: true, Cause: err,
		}
	}
	return wanted.clone(), nil
}

// readFile reads and judges the file.
func readFile(path string) (Settings, error) {
	info, err := os.Stat(path)
	if err != nil {
		return Settings{}, fmt.Errorf("look at the preferences: %w", err)
	}
	if !info.Mode().IsRegular() {
		return Settings{}, fmt.Errorf("%s: %w", info.Mode().Type(), errDamaged)
	}
	file, err := os.Open(path) //nolint:gosec // the path is the program's own
	if err != nil {
		return Settings{}, fmt.Errorf("open the preferences: %w", err)
	}
	content, err := io.ReadAll(io.LimitReader(file, maxSize+1))
	if err = errors.Join(err, file.Close()); err != nil {
		return Settings{}, fmt.Errorf("read the preferences: %w", err)
	}
	if len(content) > maxSize {
		return Settings{}, fmt.Errorf("more than %d bytes: %w", maxSize, errDamaged)
	}
	return parse(content)
}

// parse looks at the version first: a newer layout may have other types.
func parse(content []byte) (Settings, error) {
	var head struct {
		Version int `json:"version"`
	}
	if err := json.Unmarshal(content, &head); err != nil {
		return Settings{}, errors.Join(errDamaged, err)
	}
	if head.Version > version {
		return Settings{}, fmt.Errorf("version %d: %w", head.Version, errNewer)
	}
	if head.Version < 1 {
		return Settings{}, fmt.Errorf("version %d: %w", head.Version, errDamaged)
	}
	var d document
	if err := json.Unmarshal(content, &d); err != nil {
		return Settings{}, errors.Join(errDamaged, err)
	}
	return d.Settings, nil
}

// replaceDamaged keeps the damaged file under another name, and says so.
func (f *File) replaceDamaged(damage error) error {
	aside := ""
	for n := 1; aside == ""; n++ {
		name := f.path + ".damaged-" + strconv.Itoa(n)
		if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			aside = name
		} else if err != nil {
			damage = errors.Join(damage, err)
			break
		}
	}
	if aside != "" {
		err := os.Rename(f.path, aside)
		if err == nil {
			f.setAside = aside
			return &domain.Error{
				Code: domain.CodeSettings, Message: "The preferences could not be read. The file was kept as " + aside + ", and Orgdeck started with none.",
				Hint: "Choose them again. The file can be deleted.", Cause: damage,
			}
		}
		damage = errors.Join(damage, err)
	}
	f.frozen = &domain.Error{
		Code: domain.CodeSettings, Message: "The preferences are damaged and could not be set aside. They were left as they are.",
		Hint: "Move " + f.path + " away and restart Orgdeck. What you choose here lasts for this session.", Cause: damage,
	}
	return f.frozen
}

// writeFile replaces the file in one step: after a crash there is the old one
// or the new one. Only one program writes to the folder, so the temporary name
// can be fixed, and what a crash left of it is written over.
func writeFile(path string, d document) error {
	content, err := json.MarshalIndent(d, "", "  ")
	if err != nil {
		return fmt.Errorf("write the preferences: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make the folder: %w", err)
	}
	temporary := path + ".tmp"
	if err := writeSynced(temporary, append(content, '\n')); err != nil {
		return errors.Join(err, removed(temporary))
	}
	if err := os.Rename(temporary, path); err != nil {
		return errors.Join(fmt.Errorf("replace the preferences: %w", err), removed(temporary))
	}
	return nil
}

// writeSynced writes a file for this person alone and waits until it is on the disk.
func writeSynced(path string, content []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) //nolint:gosec // the path is the program's own
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// removed removes what a failed attempt left; that there is nothing is fine.
func removed(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("clean up: %w", err)
	}
	return nil
}
