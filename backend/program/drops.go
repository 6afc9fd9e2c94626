package program

import (
	"crypto/rand"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/taking"
)

// drops keeps where the files of the newest drop on the window are. The page
// names a drop and never a path, so that it can read no file of its own choice.
type drops struct {
	mu    sync.Mutex
	id    string
	paths []string
}

// keep keeps the paths of a drop instead of those of the one before.
func (d *drops) keep(paths []string) (id string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.id, d.paths = rand.Text(), paths
	return d.id
}

// of gives the paths of a drop; not_found for any but the newest.
func (d *drops) of(id string) ([]string, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.id == "" || d.id != id {
		return nil, &domain.Error{
			Code: domain.CodeNotFound, Message: "What was dropped is not known any more. Nothing was changed.", Hint: "Drop it again.",
		}
	}
	return d.paths, nil
}

// file gives the path of a drop of one file.
func (d *drops) file(id string) (string, error) {
	paths, err := d.of(id)
	if err != nil {
		return "", err
	}
	if len(paths) != 1 {
		return "", &domain.Error{
			Code: domain.CodeInvalidInput, Message: "An organization has one logo, and these are several files. Nothing was changed.",
			Hint: "Drop one file; or set logos of many organizations from a folder.",
		}
	}
	return paths[0], nil
}

// Dropped tells the page that files were dropped on the window: where, in CSS
// pixels, and how they are called. Their paths stay here; those beyond what is
// looked at are left out.
func (p *Program) Dropped(x, y int, paths []string) {
	// Wails gives lines: what is dropped from a browser is an empty one, and a
	// file whose name has two lines is no whole path in the second.
	paths = slices.DeleteFunc(slices.Clone(paths), func(path string) bool { return !filepath.IsAbs(path) })
	if len(paths) == 0 {
		return
	}
	paths = paths[:min(len(paths), domain.MaxLogoFiles)]
	told := bind.DroppedFiles{ID: p.drops.keep(paths), X: x, Y: y, Names: make([]string, len(paths))}
	for i, path := range paths {
		told.Names[i] = taking.ShownName(path)
	}
	if len(paths) == 1 {
		info, err := os.Stat(paths[0])
		told.Folder = err == nil && info.IsDir()
	}
	p.opts.Desktop.Emit(bind.EventDrop, told)
}
