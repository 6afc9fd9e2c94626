package logo

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"io"
	"math"
	"strings"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// bounds are what decoding a picture may take.
type bounds struct {
	pixels int64 // read from the header, before anything is decoded
	memory int64 // bytes: a small file can claim many bytes a pixel
}

// maxSide is how many pixels a side has at most: every step takes some memory
// for each column of a picture, however low that is. It is what a JPEG can have.
const maxSide = 65_535

var (
	// servedBounds are a served logo's: JumpCloud asks for 1200 by 400.
	servedBounds = bounds{pixels: 25_000_000, memory: 128 << 20}
	// sourceBounds are those of a picture that comes in.
	sourceBounds = bounds{pixels: 100_000_000, memory: 512 << 20}
)

// What makes a picture unusable.
var (
	errKind     = errors.New("no kind of picture that is read here")
	errTooLarge = errors.New("too many pixels")
	errTooLong  = errors.New("a side is too long")
	errMemory   = errors.New("too much memory to decode")
	errEmpty    = errors.New("no pixels")
	errPalette  = errors.New("a colour outside the palette")
	errPanic    = errors.New("the decoder panicked")
)

// decodeServed reads a logo as it is served, after its header has shown that it
// is worth it.
func decodeServed(data []byte) (image.Image, error) {
	kind, ok := formatOf(data)
	if !ok || !kind.served {
		return nil, errKind
	}
	if _, err := header(kind, data, servedBounds); err != nil {
		return nil, err
	}
	return decode(context.Background(), kind, data)
}

// header reads what a file claims to be, and refuses what would take too much
// to decode.
func header(kind format, data []byte, most bounds) (config image.Config, err error) {
	defer recovered(&err)
	config, err = kind.config(data)
	if err != nil {
		if failure, ok := errors.AsType[png.UnsupportedError](err); ok && failure == "dimension overflow" {
			err = errTooLarge
		}
		return config, fmt.Errorf("read the header: %w", err)
	}
	w, h := int64(config.Width), int64(config.Height)
	switch {
	case w < 1 || h < 1:
		err = errEmpty
	case w > math.MaxInt32 || h > math.MaxInt32, w*h > most.pixels:
		err = errTooLarge
	case w > maxSide || h > maxSide:
		err = errTooLong
	case kind.memory(config, data) > most.memory:
		err = errMemory
	}
	if err != nil {
		return config, fmt.Errorf("%d by %d: %w", w, h, err)
	}
	return config, nil
}

// decode reads a picture until ctx ends.
func decode(ctx context.Context, kind format, data []byte) (picture image.Image, err error) {
	defer recovered(&err)
	picture, err = kind.decode(ctx, data)
	if err != nil {
		return nil, fmt.Errorf("decode: %w", err)
	}
	return picture, checkPicture(picture)
}

// recovered makes a decoder's panic an error like any other.
func recovered(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("%w: %v", errPanic, p)
	}
}

// endingReader fails once its context has ended, which ends the decoder.
type endingReader struct {
	ctx  context.Context //nolint:containedctx // a decoder takes a reader and no context
	next io.Reader
}

func (r *endingReader) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err //nolint:wrapcheck // it is looked for as it is
	}
	return r.next.Read(p) //nolint:wrapcheck // io.EOF must stay what it is
}

// checkPicture makes sure that later steps, which run in goroutines of a
// library, find nothing to panic at.
func checkPicture(picture image.Image) error {
	if picture.Bounds().Empty() {
		return errEmpty
	}
	paletted, ok := picture.(*image.Paletted)
	if !ok {
		return nil
	}
	for _, index := range paletted.Pix {
		if int(index) >= len(paletted.Palette) {
			return errPalette
		}
	}
	return nil
}

// unreadError names what is not read of an otherwise good file, where a library
// would take it for something else.
type unreadError string

func (e unreadError) Error() string { return "not read: " + string(e) }

// unread names what a decoder does not know of an otherwise good file; it is
// empty where the file is damaged.
func unread(cause error) string {
	if failure, ok := errors.AsType[unreadError](cause); ok {
		return string(failure)
	}
	if failure, ok := errors.AsType[tiff.UnsupportedError](cause); ok {
		return "TIFF, " + string(failure)
	}
	// The library says this of pictures with more channels than it knows, too.
	if failure, ok := errors.AsType[tiff.FormatError](cause); ok && strings.HasPrefix(string(failure), "wrong number of samples") {
		return "TIFF, " + string(failure)
	}
	if failure, ok := errors.AsType[jpeg.UnsupportedError](cause); ok {
		return "JPEG, " + string(failure)
	}
	if failure, ok := errors.AsType[png.UnsupportedError](cause); ok {
		return "PNG, " + string(failure)
	}
	if errors.Is(cause, bmp.ErrUnsupported) {
		return "BMP, packed or with other colours than usual"
	}
	return ""
}

// refuse turns a failure into words.
func refuse(cause error) error {
	message := "The picture is damaged and cannot be shown."
	switch {
	case errors.Is(cause, errKind):
		message = "This is not a picture that can be shown: only PNG, JPEG and GIF are."
	case errors.Is(cause, errTooLarge):
		message = "The picture has too many pixels to be shown."
	case errors.Is(cause, errTooLong):
		message = "The picture is too long on one side to be shown."
	case errors.Is(cause, errMemory):
		message = "The picture would take too much memory to be shown."
	case errors.Is(cause, errEmpty):
		message = "The picture is empty."
	case unread(cause) != "":
		message = "The picture is of a kind that cannot be shown: " + unread(cause) + "."
	}
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message, Hint: "Set another logo.", Cause: cause}
}
