package logo

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/bmp"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// format is a kind of file that can be made into a logo.
type format struct {
	name string
	// served says that JumpCloud may serve a logo of this kind.
	served  bool
	matches func(data []byte) bool
	config  func(data []byte) (image.Config, error)
	// memory is about how many bytes decoding takes.
	memory func(config image.Config, data []byte) int64
	// decode ends with an error soon after ctx ended.
	decode func(ctx context.Context, data []byte) (image.Image, error)
}

// formats are the kinds that are taken. Of animated ones the first picture is read.
func formats() []format {
	return []format{
		{"PNG", true, begins("\x89PNG\r\n\x1a\n"), headBy(png.DecodeConfig), pngMemory, readBy(png.Decode)},
		{"JPEG", true, begins("\xff\xd8\xff"), headBy(jpeg.DecodeConfig), jpegMemory, readBy(jpeg.Decode)},
		{"GIF", true, begins("GIF87a", "GIF89a"), headBy(gif.DecodeConfig), gifMemory, decodeGIF},
		{"BMP", false, begins("BM"), headBy(bmp.DecodeConfig), plainMemory, readBy(bmp.Decode)},
		{"TIFF", false, begins("II*\x00", "MM\x00*"), tiffConfig, tiffMemory, decodeTIFF},
		{"WebP", false, isWebP, webpConfig, webpMemory, decodeWebP},
	}
}

// headBy makes a library's reader of headers one of bytes.
func headBy(read func(io.Reader) (image.Config, error)) func([]byte) (image.Config, error) {
	return func(data []byte) (image.Config, error) { return read(bytes.NewReader(data)) }
}

// readBy makes a library's decoder one of bytes that can be ended.
func readBy(read func(io.Reader) (image.Image, error)) func(context.Context, []byte) (image.Image, error) {
	return func(ctx context.Context, data []byte) (image.Image, error) {
		return read(&endingReader{ctx: ctx, next: bytes.NewReader(data)})
	}
}

// decodeGIF reads the first picture of a GIF, which may be smaller than what
// the file shows it on.
func decodeGIF(ctx context.Context, data []byte) (image.Image, error) {
	config, err := gif.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read the header: %w", err)
	}
	picture, err := readBy(gif.Decode)(ctx, data)
	if err != nil {
		return nil, err
	}
	if err := checkPicture(picture); err != nil { // before anything is drawn with its palette
		return nil, err
	}
	return onCanvas(picture, picture.Bounds().Min, image.Rect(0, 0, config.Width, config.Height)), nil
}

// onCanvas puts the first picture of an animation where it is shown.
func onCanvas(picture image.Image, at image.Point, whole image.Rectangle) image.Image {
	place := image.Rectangle{Min: at, Max: at.Add(picture.Bounds().Size())}
	if place == whole {
		return picture
	}
	canvas := image.NewNRGBA(whole)
	draw.Draw(canvas, place, picture, picture.Bounds().Min, draw.Src)
	return canvas
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
