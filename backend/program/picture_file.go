package program

import (
	"errors"
	"io"
	"io/fs"
	"os"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/logo"
)

// readPicture reads a file that a person gave, if it is a plain file that may
// hold a picture by its size. What it holds is not looked at.
func readPicture(path string) (data []byte, err error) {
	// Looked at before it is opened: opening a pipe would wait for its writer.
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(err)
	}
	if err := pictureSize(info); err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	data, err = io.ReadAll(io.LimitReader(file, logo.MaxFile+1)) // it may have grown
	if err != nil {
		return nil, unreadable(err)
	}
	if len(data) > logo.MaxFile {
		return nil, tooLarge()
	}
	return data, nil
}

func pictureSize(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return &domain.Error{
			Code: domain.CodeInvalidInput, Message: "This is a folder and not a picture. Nothing was changed.",
			Hint: "Choose one file; or set logos of many organizations from the folder.",
		}
	case !info.Mode().IsRegular():
		return &domain.Error{Code: domain.CodeInvalidInput, Message: "This is no plain file. Nothing was changed.", Hint: "Choose a picture."}
	case info.Size() > logo.MaxFile:
		return tooLarge()
	}
	return nil
}

func tooLarge() error {
	return &domain.Error{
		Code: domain.CodeInvalidInput, Message: "The file is larger than 64 MiB. Nothing was changed.",
		Hint: "Make the picture smaller; a logo needs 1200 by 400 pixels.",
	}
}

func unreadable(cause error) error {
	return &domain.Error{
		Code: domain.CodeFile, Message: "The file could not be read. Nothing was changed.",
		Hint: "Check that it is still there and that you may read it, and choose it again.", Cause: cause,
	}
}
