package logo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// maxPixels bounds a served logo: JumpCloud asks for 1200 by 400.
	maxPixels = 25_000_000
	// maxMemory bounds what decoding may take, in bytes: a small file can claim
	// many bytes a pixel.
	maxMemory = 128 << 20
)

// What makes a picture unusable.
var (
	errKind     = errors.New("neither PNG nor JPEG nor GIF")
	errTooLarge = errors.New("too many pixels")
	errEmpty    = errors.New("no pixels")
	errPalette  = errors.New("a colour outside the palette")
	errPanic    = errors.New("the decoder panicked")
)

// codec reads one kind of picture.
type codec struct {
	magic  string
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
}

// codecs are the kinds that are read. A GIF gives its first frame.
func codecs() []codec {
	return []codec{
		{"\x89PNG\r\n\x1a\n", png.DecodeConfig, png.Decode},
		{"\xff\xd8\xff", jpeg.DecodeConfig, jpeg.Decode},
		{"GIF87a", gif.DecodeConfig, gif.Decode},
		{"GIF89a", gif.DecodeConfig, gif.Decode},
	}
}

// decode reads a picture, after its header has shown that it is worth it. A
// panic of a decoder is an error like any other.
func decode(data []byte) (picture image.Image, err error) {
	defer func() {
		if p := recover(); p != nil {
			picture, err = nil, fmt.Errorf("%w: %v", errPanic, p)
		}
	}()
	for _, c := range codecs() {
		if !bytes.HasPrefix(data, []byte(c.magic)) {
			continue
		}
		config, err := c.config(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("read the header: %w", err)
		}
		if err := checkSize(config, data); err != nil {
			return nil, err
		}
		picture, err := c.decode(bytes.NewReader(data))
		if err != nil {
			return nil, fmt.Errorf("decode: %w", err)
		}
		return picture, checkPicture(picture)
	}
	return nil, errKind
}

// checkSize refuses what would take too much to decode.
func checkSize(config image.Config, data []byte) error {
	w, h := int64(config.Width), int64(config.Height)
	if w < 1 || h < 1 {
		return fmt.Errorf("%d by %d: %w", w, h, errEmpty)
	}
	// Both are below 2^32, so the product fits.
	if w*h > maxPixels || w*h*memoryPerPixel(config.ColorModel, data) > maxMemory {
		return fmt.Errorf("%d by %d: %w", w, h, errTooLarge)
	}
	return nil
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
