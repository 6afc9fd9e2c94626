package logobatch

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
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
	// maxWhole bounds what is read, for their facts alone, of all the files of a
	// plan whose beginnings do not tell them, in bytes.
	maxWhole = 256 << 20
)

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
	// Made as large as it will be: growing would take twice the memory.
	content := bytes.NewBuffer(make([]byte, 0, min(f.size, limit+1)+bytes.MinRead))
	if _, err = content.ReadFrom(io.LimitReader(opened, limit+1)); err != nil {
		return nil, unreadableFile(err)
	}
	data = content.Bytes()
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
