package logo

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
	"golang.org/x/image/webp"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// format is a kind of file that can be made into a logo.
type format struct {
	name string
	// served says that JumpCloud may serve a logo of this kind.
	served  bool
	matches func(data []byte) bool
	config  func(io.Reader) (image.Config, error)
	decode  func(io.Reader) (image.Image, error)
}

// formats are the kinds that are taken. Of animated ones the first picture is read.
func formats() []format {
	return []format{
		{"PNG", true, begins("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode},
		{"JPEG", true, begins("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode},
		{"GIF", true, begins("GIF87a", "GIF89a"), gif.DecodeConfig, gif.Decode},
		{"BMP", false, begins("BM"), bmp.DecodeConfig, bmp.Decode},
		{"TIFF", false, begins("II*\x00", "MM\x00*"), tiff.DecodeConfig, tiff.Decode},
		{"WebP", false, isWebP, webp.DecodeConfig, webp.Decode},
	}
}

func begins(magics ...string) func([]byte) bool {
	return func(data []byte) bool {
		for _, magic := range magics {
			if bytes.HasPrefix(data, []byte(magic)) {
				return true
			}
		}
		return false
	}
}

func isWebP(data []byte) bool {
	return len(data) >= 12 && bytes.HasPrefix(data, []byte("RIFF")) && string(data[8:12]) == "WEBP"
}

// formatOf tells the kind of a file from its first bytes; its name is never asked.
func formatOf(data []byte) (format, bool) {
	for _, f := range formats() {
		if f.matches(data) {
			return f, true
		}
	}
	return format{}, false
}

// unknownKind refuses what is no picture that can be used, by its name where
// people know one.
func unknownKind(data []byte) error {
	head := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(data[:min(len(data), 1024)], []byte("\xef\xbb\xbf")), " \t\r\n"))
	what := "This is not a picture that can be used."
	switch {
	case len(data) == 0:
		what = "The file is empty."
	case bytes.Contains(head, []byte("<svg")):
		what = "This is an SVG drawing, which JumpCloud does not take and Orgdeck does not draw."
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		what = "This is a HEIC, AVIF or video file, which cannot be used."
	case bytes.HasPrefix(data, []byte("%PDF")):
		what = "This is a PDF, which cannot be used."
	case bytes.HasPrefix(data, []byte("8BPS")):
		what = "This is a Photoshop file, which cannot be used."
	case bytes.HasPrefix(data, []byte("\x00\x00\x01\x00")):
		what = "This is an icon file, which cannot be used."
	}
	return &domain.Error{
		Code: domain.CodeInvalidInput, Message: what + " Nothing was changed.",
		Hint: "Save it as PNG or JPEG; GIF, BMP, TIFF and WebP are converted.", Cause: fmt.Errorf("%w: % x", errKind, data[:min(len(data), 12)]),
	}
}
