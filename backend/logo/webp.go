package logo

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"math"

	"golang.org/x/image/webp"
)

// errFrame is a picture of an animation that says something else than its parts.
var errFrame = errors.New("a picture of an animation with parts that do not belong together")

// webpFrame is the first picture of an animated WebP, which the library does
// not read, as a file of its own, with the place where it is shown.
type webpFrame struct {
	file   []byte
	place  image.Rectangle
	canvas image.Rectangle
}

// firstFrame cuts the first picture out of an animated WebP; nil says that the
// file is not animated.
func firstFrame(data []byte) (*webpFrame, error) {
	var canvas image.Rectangle
	for b := range webpBlocks(data) {
		switch b.name {
		case "VP8X":
			if len(b.data) < extendedSize {
				return nil, fmt.Errorf("%d bytes of a header: %w", len(b.data), errFrame)
			}
			canvas = image.Rect(0, 0, uint24(b.data[4:])+1, uint24(b.data[7:])+1)
		case lossyPixels, losslessPixels:
			return nil, nil
		case "ANMF":
			return newFrame(b.data, canvas)
		}
	}
	return nil, nil
}

const (
	extendedSize   = 10 // bytes of a VP8X chunk
	alphaFlag      = 1 << 4
	frameHead      = 16 // bytes of an ANMF chunk before its own chunks
	riffHead       = 12 // bytes of a file before its chunks
	lossyAlpha     = "ALPH"
	lossyPixels    = "VP8 "
	losslessPixels = "VP8L"
)

// newFrame makes a file of what an animation keeps of one picture.
func newFrame(data []byte, canvas image.Rectangle) (*webpFrame, error) {
	if len(data) < frameHead {
		return nil, fmt.Errorf("%d bytes of a picture: %w", len(data), errFrame)
	}
	w, h := uint24(data[6:])+1, uint24(data[9:])+1
	at := image.Pt(2*uint24(data), 2*uint24(data[3:]))
	f := &webpFrame{place: image.Rectangle{Min: at, Max: at.Add(image.Pt(w, h))}, canvas: canvas}
	if !f.place.In(canvas) {
		return nil, fmt.Errorf("%v on %v: %w", f.place, canvas, errFrame)
	}
	extended := make([]byte, extendedSize)
	putUint24(extended[4:], w-1)
	putUint24(extended[7:], h-1)
	var parts []part
	for b := range riffBlocks(data[frameHead:]) {
		switch b.name {
		case lossyAlpha:
			extended[0] |= alphaFlag
			parts = []part{b}
		case lossyPixels, losslessPixels:
			if b.name == losslessPixels { // it has its own transparency
				parts, extended[0] = nil, 0
			}
			f.file = webpOf(append([]part{{"VP8X", extended}}, append(parts, b)...))
			return f, nil
		}
	}
	return nil, fmt.Errorf("no pixels: %w", errFrame)
}

// webpOf puts chunks together to a file.
func webpOf(parts []part) []byte {
	out := []byte("RIFF\x00\x00\x00\x00WEBP")
	for _, p := range parts {
		out = append(out, p.name...)
		out = binary.LittleEndian.AppendUint32(out, uint32(len(p.data))) //nolint:gosec // a part of a file of at most 64 MiB
		out = append(out, p.data...)
		if len(p.data)%2 == 1 {
			out = append(out, 0)
		}
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8)) //nolint:gosec // as above
	return out
}

func uint24(data []byte) int { return int(data[0]) | int(data[1])<<8 | int(data[2])<<16 }

func putUint24(to []byte, n int) {
	to[0], to[1], to[2] = byte(n), byte(n>>8), byte(n>>16) //nolint:gosec // its three bytes
}

func webpConfig(data []byte) (image.Config, error) {
	frame, err := firstFrame(data)
	if err != nil {
		return image.Config{}, err
	}
	if frame == nil {
		return headBy(webp.DecodeConfig)(data)
	}
	config, err := headBy(webp.DecodeConfig)(frame.file)
	if err != nil {
		return config, err
	}
	return image.Config{ColorModel: config.ColorModel, Width: frame.canvas.Dx(), Height: frame.canvas.Dy()}, nil
}

// webpMemory counts what a picture takes, and what it is shown on where it does
// not fill that.
func webpMemory(config image.Config, data []byte) int64 {
	pixels := int64(config.Width) * int64(config.Height)
	frame, err := firstFrame(data)
	switch {
	case err != nil || frame == nil:
		return webpPixel(data) * pixels
	case frame.place == frame.canvas:
		return webpPixel(frame.file) * pixels
	}
	const canvas = 4
	return webpPixel(frame.file)*int64(frame.place.Dx())*int64(frame.place.Dy()) + canvas*pixels
}

// webpPixel is how many bytes a pixel takes: two of light and colours with few
// samples; more with transparency, which is decoded like a picture of its own;
// and four channels, twice where they come from a palette.
func webpPixel(file []byte) int64 {
	const lossy, lossyWithAlpha, lossless = 2, 7, 8
	each := int64(lossy)
	for b := range webpBlocks(file) {
		switch b.name {
		case lossyAlpha:
			each = lossyWithAlpha
		case lossyPixels:
			return each
		case losslessPixels:
			return lossless
		}
	}
	return lossless
}

func decodeWebP(ctx context.Context, data []byte) (image.Image, error) {
	frame, err := firstFrame(data)
	if err != nil {
		return nil, err
	}
	if frame == nil {
		picture, err := readBy(webp.Decode)(ctx, data)
		return fullRange(picture), err
	}
	picture, err := readBy(webp.Decode)(ctx, frame.file)
	if err != nil {
		return nil, err
	}
	picture = fullRange(picture)
	if picture.Bounds().Size() != frame.place.Size() {
		return nil, fmt.Errorf("%v in %v: %w", picture.Bounds(), frame.place, errFrame)
	}
	return onCanvas(picture, frame.place.Min, frame.canvas), nil
}

// fullRange gives a lossy picture the range of values that a JPEG has. WebP
// stores light as 16 to 235 and colours as 16 to 240, like video; the library
// hands them out as if they were a JPEG's, and white would be grey.
func fullRange(picture image.Image) image.Image {
	var planes *image.YCbCr
	switch m := picture.(type) {
	case *image.YCbCr:
		planes = m
	case *image.NYCbCrA:
		planes = &m.YCbCr
	default:
		return picture
	}
	var light, colour [256]uint8
	for value := range 256 {
		light[value] = stretched(value-16, 219, 0)
		colour[value] = stretched(value-128, 224, 128)
	}
	for i, value := range planes.Y {
		planes.Y[i] = light[value]
	}
	for i := range planes.Cb {
		planes.Cb[i], planes.Cr[i] = colour[planes.Cb[i]], colour[planes.Cr[i]]
	}
	return picture
}

// stretched makes a value that has a range its share of 255, from a middle.
func stretched(value, reach, middle int) uint8 {
	return uint8(max(0, min(255, int(math.Round(float64(255*value)/float64(reach)))+middle))) //nolint:gosec // bounded just here
}
