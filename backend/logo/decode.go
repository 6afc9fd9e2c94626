package logo

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"io"
	"math"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// bounds are what decoding a picture may take.
type bounds struct {
	pixels int64 // read from the header, before anything is decoded
	memory int64 // bytes: a small file can claim many bytes a pixel
}

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
	config, err = kind.config(bytes.NewReader(data))
	if err != nil {
		return config, fmt.Errorf("read the header: %w", err)
	}
	w, h := int64(config.Width), int64(config.Height)
	switch {
	case w < 1 || h < 1:
		return config, fmt.Errorf("%d by %d: %w", w, h, errEmpty)
	case w > math.MaxInt32 || h > math.MaxInt32, w*h > most.pixels, w*h*memoryPerPixel(config.ColorModel, data) > most.memory:
		return config, fmt.Errorf("%d by %d: %w", w, h, errTooLarge)
	}
	return config, nil
}

// decode reads a picture until ctx ends.
func decode(ctx context.Context, kind format, data []byte) (picture image.Image, err error) {
	defer recovered(&err)
	picture, err = kind.decode(&endingReader{ctx: ctx, next: bytes.NewReader(data)})
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

// memoryPerPixel is about how many bytes a pixel takes while it is decoded.
func memoryPerPixel(model color.Model, data []byte) int64 {
	switch model {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.YCbCrModel, color.CMYKModel:
		if isProgressive(data) {
			return 16 // four-byte coefficients of every channel are kept to the end
		}
		return 4
	}
	return 4
}

// isProgressive reports whether a JPEG is progressive (its frame header is
// SOF2). It walks the segments before the frame header, each with its length.
func isProgressive(data []byte) bool {
	const firstSegment, sof0, sof2, sof15 = 2, 0xC0, 0xC2, 0xCF
	for at := firstSegment; at+4 <= len(data) && data[at] == 0xFF; {
		marker := data[at+1]
		switch marker {
		case 0xFF: // a fill byte
			at++
			continue
		case 0xC4, 0xC8, 0xCC: // tables, not frames
		default:
			if marker >= sof0 && marker <= sof15 {
				return marker == sof2
			}
		}
		at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
	}
	return true // odd enough to expect the worst
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

// refuse turns a failure into words.
func refuse(cause error) error {
	message := "The picture is damaged and cannot be shown."
	switch {
	case errors.Is(cause, errKind):
		message = "This is not a picture that can be shown: only PNG, JPEG and GIF are."
	case errors.Is(cause, errTooLarge):
		message = "The picture has too many pixels to be shown."
	case errors.Is(cause, errEmpty):
		message = "The picture is empty."
	}
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message, Hint: "Set another logo.", Cause: cause}
}
