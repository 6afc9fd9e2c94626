package logobatch

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// maxOthers bounds how many files are opened whose names' endings are those
	// of no picture.
	maxOthers = domain.MaxLogoFiles
	// firstBytes is what is read of these.
	firstBytes = 512
)

// endings are those of files that people take for pictures; the ones that
// cannot be used are told why. What a file is, its bytes decide: one of any
// other name is a picture if it begins like one.
var endings = map[string]bool{
	".png": true, ".jpg": true, ".jpeg": true, ".jpe": true, ".jfif": true, ".gif": true, ".bmp": true, ".dib": true,
	".tif": true, ".tiff": true, ".webp": true, ".svg": true, ".heic": true, ".heif": true, ".avif": true, ".ico": true,
}

// namedPicture reports whether a name's ending is that of a picture.
func namedPicture(name string) bool { return endings[strings.ToLower(filepath.Ext(name))] }

// lister finds the pictures among files.
type lister struct {
	// proceed is asked now and then whether to go on.
	proceed func() error
	// mayBePicture tells by the first bytes of a file of a size.
	mayBePicture func(head []byte, size int64) bool
	tell         func(looked, total int)
	// looked is how many files were opened.
	looked int
}

// folder gives the pictures of a folder, at most domain.MaxLogoFiles in the
// order of their names, and how many files were left out. Folders in it and
// hidden files are passed over.
func (l *lister) folder(path string) (files []file, skipped int, err error) {
	root, err := os.OpenRoot(path) // fails for what is no folder
	if err != nil {
		return nil, 0, unreadable(err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	var others []file
	if err := l.entries(root, func(name string) {
		if namedPicture(name) {
			files = append(files, file{folder: path, name: name})
		} else {
			others = append(others, file{folder: path, name: name})
		}
	}); err != nil {
		return nil, 0, err
	}
	found, skipped, err := l.among(others)
	if err != nil {
		return nil, 0, err
	}
	files, beyond := inOrder(append(files, found...))
	for i := range files {
		files[i].note(root)
	}
	return files, skipped + beyond, nil
}

// entries calls each with the names of a folder's files.
func (l *lister) entries(root *os.Root, each func(name string)) (err error) {
	dir, err := root.Open(".")
	if err != nil {
		return unreadable(err)
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	for seen := 0; ; {
		entries, err := dir.ReadDir(entriesAtATime)
		seen += len(entries)
		for _, entry := range entries {
			if !entry.IsDir() && !strings.HasPrefix(entry.Name(), ".") {
				each(entry.Name())
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unreadable(err)
		}
		if seen > maxEntries {
			return &domain.Error{
				Code:    domain.CodeInvalidInput,
				Message: fmt.Sprintf("The folder has more than %d files. Nothing was read or changed.", maxEntries),
				Hint:    "Put the logos in a folder of their own.",
			}
		}
		if err := l.proceed(); err != nil {
			return err
		}
	}
}

// among gives the files that begin like pictures, of those whose names do not
// say so, and how many are none; those beyond maxOthers are not opened.
func (l *lister) among(others []file) (found []file, skipped int, err error) {
	sorted(others)
	opened := others[:min(len(others), maxOthers)]
	for i := range opened {
		l.tell(i, len(opened))
		if err := l.proceed(); err != nil {
			return nil, 0, err
		}
		if l.begins(&opened[i]) {
			found = append(found, opened[i])
		}
	}
	l.looked += len(opened)
	return found, len(others) - len(found), nil
}

// begins reports whether a file begins like a picture. One that cannot be read
// does not: nobody called it a picture.
func (l *lister) begins(f *file) bool {
	var head []byte
	err := f.within(func(root *os.Root) (err error) {
		if f.note(root); f.problem != nil {
			return f.problem
		}
		head, err = f.readIn(root, firstBytes)
		return err
	})
	return err == nil && l.mayBePicture(head, f.size)
}

// paths gives the pictures among files given by their paths, as folder does
// those of a folder; folders count as left out.
func (l *lister) paths(paths []string) (files []file, skipped int, err error) {
	var others []file
	for _, path := range paths {
		f := file{folder: filepath.Dir(path), name: filepath.Base(path)}
		switch {
		case !filepath.IsAbs(path):
			skipped++
		case namedPicture(path):
			files = append(files, f)
		default:
			others = append(others, f)
		}
	}
	found, none, err := l.among(others)
	if err != nil {
		return nil, 0, err
	}
	files, beyond := inOrder(append(files, found...))
	skipped += none + beyond
	kept := files[:0]
	for _, f := range files {
		if err := l.proceed(); err != nil {
			return nil, 0, err
		}
		if info, err := os.Lstat(filepath.Join(f.folder, f.name)); err == nil && info.IsDir() {
			skipped++
			continue
		}
		if err := f.within(func(root *os.Root) error { f.note(root); return nil }); err != nil {
			f.problem = unreadableFile(err)
		}
		kept = append(kept, f)
	}
	return kept, skipped, nil
}

// sorted puts files into the order of their names.
func sorted(files []file) {
	slices.SortFunc(files, func(a, b file) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)),
			strings.Compare(a.name, b.name), strings.Compare(a.folder, b.folder))
	})
}

// inOrder sorts files by their names, names them as they are shown, and cuts
// off those beyond domain.MaxLogoFiles.
func inOrder(files []file) (kept []file, beyond int) {
	sorted(files)
	if beyond = len(files) - domain.MaxLogoFiles; beyond > 0 {
		files = files[:domain.MaxLogoFiles]
	}
	taken := make(map[string]bool, len(files))
	for i := range files {
		shown := shownName(files[i].name)
		for n := 2; taken[shown]; n++ {
			shown = fmt.Sprintf("%s (%d)", shownName(files[i].name), n)
		}
		files[i].shown, taken[shown] = shown, true
	}
	return files, max(beyond, 0)
}
