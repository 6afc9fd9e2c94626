package logobatch

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// maxEntries bounds how much of a folder is listed.
	maxEntries = 50_000
	// entriesAtATime is how many entries are listed between two looks at the context.
	entriesAtATime = 512
	// maxFile bounds what is read of a file, in bytes.
	maxFile = 64 << 20
	// headerBytes is what is read of a file at first, for its facts.
	headerBytes = 256 << 10
)

// endings are those of files that people take for pictures; the ones that
// cannot be used are told why. What a file is, its bytes decide.
var endings = map[string]bool{
	".png": true, ".jpg": true, ".jpeg": true, ".jpe": true, ".jfif": true, ".gif": true, ".bmp": true, ".dib": true,
	".tif": true, ".tiff": true, ".webp": true, ".svg": true, ".heic": true, ".heif": true, ".avif": true, ".ico": true,
}

// file is one of a folder, as it was when the folder was listed.
type file struct {
	// shown is its name as text, which no other file of the plan has.
	shown string
	// folder is the path of its folder, and name its name as the disk has it.
	folder, name string
	size         int64
	modified     time.Time
	// problem says why it cannot be used; nil where it can as far as is known.
	problem *domain.Error
}

// listFolder gives the pictures of a folder by their endings, at most
// domain.MaxLogoFiles in the order of their names, and how many files were left
// out. Folders in it and hidden files are passed over. proceed is asked now and
// then whether to go on.
func listFolder(path string, proceed func() error) (files []file, skipped int, err error) {
	root, err := os.OpenRoot(path) // fails for what is no folder
	if err != nil {
		return nil, 0, unreadable(err)
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	dir, err := root.Open(".")
	if err != nil {
		return nil, 0, unreadable(err)
	}
	defer func() { err = errors.Join(err, dir.Close()) }()
	var names []string
	for seen := 0; ; {
		entries, err := dir.ReadDir(entriesAtATime)
		seen += len(entries)
		for _, entry := range entries {
			switch {
			case entry.IsDir() || strings.HasPrefix(entry.Name(), "."):
			case isPicture(entry.Name()):
				names = append(names, entry.Name())
			default:
				skipped++
			}
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, 0, unreadable(err)
		}
		if seen > maxEntries {
			return nil, 0, &domain.Error{
				Code:    domain.CodeInvalidInput,
				Message: fmt.Sprintf("The folder has more than %d files. Nothing was read or changed.", maxEntries),
				Hint:    "Put the logos in a folder of their own.",
			}
		}
		if err := proceed(); err != nil {
			return nil, 0, err
		}
	}
	files = make([]file, len(names))
	for i, name := range names {
		files[i] = file{folder: path, name: name}
	}
	files, beyond := inOrder(files)
	for i := range files {
		files[i].note(root)
	}
	return files, skipped + beyond, nil
}

// listPaths gives the pictures among files given by their paths, as listFolder
// does those of a folder; folders count as left out.
func listPaths(paths []string, proceed func() error) (files []file, skipped int, err error) {
	for _, path := range paths {
		if !filepath.IsAbs(path) || !isPicture(path) {
			skipped++
			continue
		}
		files = append(files, file{folder: filepath.Dir(path), name: filepath.Base(path)})
	}
	files, beyond := inOrder(files)
	skipped += beyond
	kept := files[:0]
	for _, f := range files {
		if err := proceed(); err != nil {
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

// isPicture reports whether a name's ending is that of a picture.
func isPicture(name string) bool { return endings[strings.ToLower(filepath.Ext(name))] }

// inOrder sorts files by their names, names them as they are shown, and cuts
// off those beyond domain.MaxLogoFiles.
func inOrder(files []file) (kept []file, beyond int) {
	slices.SortFunc(files, func(a, b file) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)),
			strings.Compare(a.name, b.name), strings.Compare(a.folder, b.folder))
	})
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

// note keeps how a file is now, so that a change is seen later.
func (f *file) note(root *os.Root) {
	info, err := root.Lstat(f.name)
	switch {
	case err != nil:
		f.problem = unreadableFile(err)
	case !info.Mode().IsRegular():
		f.problem = &domain.Error{
			Code: domain.CodeFile, Message: "This is a link or a device and not a file. It was not followed.",
			Hint: "Use the picture itself.",
		}
	case info.Size() > maxFile:
		f.problem = tooLarge()
	default:
		f.size, f.modified = info.Size(), info.ModTime()
	}
}

// within opens a file's folder, out of which nothing in it can lead.
func (f *file) within(act func(root *os.Root) error) (err error) {
	root, err := os.OpenRoot(f.folder)
	if err != nil {
		return unreadableFile(err)
	}
	defer func() {
		if closing := root.Close(); closing != nil && err == nil {
			err = unreadableFile(closing)
		}
	}()
	return act(root)
}

// shownName is a name as text: bytes that are none are shown as digits.
func shownName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var text strings.Builder
	for len(name) > 0 {
		c, size := utf8.DecodeRuneInString(name)
		if c == utf8.RuneError && size == 1 {
			fmt.Fprintf(&text, `\x%02x`, name[0])
		} else {
			text.WriteRune(c)
		}
		name = name[size:]
	}
	return text.String()
}

// read gives at most limit bytes of a file, if it is still the one that was
// listed.
func (f *file) read(limit int64) (data []byte, err error) {
	err = f.within(func(root *os.Root) error {
		data, err = f.readIn(root, limit)
		return err
	})
	return data, err
}

func (f *file) readIn(root *os.Root, limit int64) (data []byte, err error) {
	before, err := root.Lstat(f.name)
	if err != nil {
		return nil, unreadableFile(err)
	}
	if !before.Mode().IsRegular() || before.Size() != f.size || !before.ModTime().Equal(f.modified) {
		return nil, changedFile()
	}
	opened, err := root.Open(f.name)
	if err != nil {
		return nil, unreadableFile(err)
	}
	defer func() {
		if closing := opened.Close(); closing != nil && err == nil {
			err = unreadableFile(closing)
		}
	}()
	// Opening follows a link that took the file's place since.
	after, err := opened.Stat()
	if err != nil {
		return nil, unreadableFile(err)
	}
	if !os.SameFile(before, after) {
		return nil, changedFile()
	}
	if data, err = io.ReadAll(io.LimitReader(opened, limit+1)); err != nil {
		return nil, unreadableFile(err)
	}
	if int64(len(data)) <= limit {
		return data, nil
	}
	if limit == maxFile {
		return nil, tooLarge()
	}
	return data[:limit], nil
}

func tooLarge() *domain.Error {
	return &domain.Error{
		Code: domain.CodeInvalidInput, Message: "The file is larger than 64 MiB. Nothing was changed.",
		Hint: "Make the picture smaller; a logo needs 1200 by 400 pixels.",
	}
}

func changedFile() *domain.Error {
	return &domain.Error{
		Code: domain.CodeFile, Message: "The file was changed since the folder was read. Nothing was sent.",
		Hint: "Choose the folder again.",
	}
}

func unreadableFile(cause error) *domain.Error {
	message := "The file cannot be read. Nothing was sent."
	if errors.Is(cause, fs.ErrNotExist) {
		message = "The file is not there any more. Nothing was sent."
	}
	return &domain.Error{Code: domain.CodeFile, Message: message, Hint: "Look at the file in its folder.", Cause: cause}
}

func unreadable(cause error) error {
	message := "The folder cannot be read. Nothing was changed."
	if errors.Is(cause, fs.ErrNotExist) {
		message = "The folder is not there any more. Nothing was changed."
	}
	return &domain.Error{Code: domain.CodeFile, Message: message, Hint: "Choose another folder.", Cause: cause}
}
