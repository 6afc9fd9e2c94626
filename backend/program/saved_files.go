package program

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// savedFiles are the files saved since the start: no others are ever opened.
type savedFiles struct {
	mu    sync.Mutex
	paths map[string]bool
}

func (s *savedFiles) add(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.paths == nil {
		s.paths = map[string]bool{}
	}
	s.paths[path] = true
}

func (s *savedFiles) has(path string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.paths[path]
}

// save asks where a file goes and writes it there, for its owner alone. The
// path of the answer is empty where the person chose no place.
func (p *Program) save(suggested string, data []byte, rows int) (domain.SavedFile, error) {
	chosen, err := p.opts.Desktop.SaveFile(suggested)
	if err != nil {
		return domain.SavedFile{}, unsaved("The place to save to could not be asked for.", err)
	}
	if chosen == "" {
		return domain.SavedFile{}, nil
	}
	if !filepath.IsAbs(chosen) {
		return domain.SavedFile{}, unsaved("The place chosen is no whole path.", nil)
	}
	path := filepath.Clean(chosen)
	extension := filepath.Ext(suggested)
	if !strings.EqualFold(filepath.Ext(path), extension) {
		// The dialog asked about replacing another name than this one.
		path += extension
		if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
			return domain.SavedFile{}, unsaved("There is a file "+path+" already.", err)
		}
	}
	if err := writeWhole(path, data); err != nil {
		return domain.SavedFile{}, unsaved("The file "+path+" could not be written.", err)
	}
	p.saved.add(path)
	return domain.SavedFile{Path: path, Rows: rows}, nil
}

func unsaved(what string, cause error) error {
	return &domain.Error{
		Code: domain.CodeFile, Message: what + " Nothing was saved.", Hint: "Choose another name or folder.", Cause: cause,
	}
}

// writeWhole writes a file beside its place and puts it there when it is whole,
// so that a full disk leaves what was there before.
func writeWhole(path string, data []byte) (err error) {
	file, err := os.CreateTemp(filepath.Dir(path), ".orgdeck-*") // readable by its owner alone
	if err != nil {
		return err //nolint:wrapcheck // it names the file and what was done
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(file.Name()))
		}
	}()
	_, err = file.Write(data)
	if err == nil {
		err = file.Sync()
	}
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	return os.Rename(file.Name(), path) //nolint:wrapcheck // it names the file and what was done
}

// openSaved opens a file that was saved since the start, if it is still there
// as a plain file.
func (p *Program) openSaved(path string) error {
	if !p.saved.has(path) {
		return &domain.Error{
			Code: domain.CodeLinkRefused, Message: "Orgdeck opens only files that it saved since its start. Nothing was opened.",
			Hint: "Open the file from its folder.",
		}
	}
	info, err := os.Lstat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = fs.ErrInvalid
	}
	if err == nil {
		err = p.opts.Desktop.OpenFile(path)
	}
	if err != nil {
		return &domain.Error{
			Code: domain.CodeFile, Message: "The file " + path + " could not be opened. It is unchanged.",
			Hint: "Open it from its folder.", Cause: err,
		}
	}
	return nil
}
