// Command icon draws the program's icon, at every size its packages want:
//
//	go run ./scripts/icon
package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"

	"golang.org/x/image/vector"
)

// The colours of the window's own accent, from dark to white.
var (
	ground = color.RGBA{0x1f, 0x6f, 0x5c, 0xff}
	behind = color.RGBA{0x6d, 0xb5, 0xa2, 0xff}
	middle = color.RGBA{0xb4, 0xdc, 0xd0, 0xff}
	front  = color.RGBA{0xff, 0xff, 0xff, 0xff}
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "icon:", err)
		os.Exit(1)
	}
}

func run() error {
	picture, err := encode(1024)
	if err != nil {
		return err
	}
	if err = os.WriteFile("build/appicon.png", picture, 0o644); err != nil {
		return err
	}
	icon, err := ico(256, 128, 64, 48, 32, 16)
	if err != nil {
		return err
	}
	return os.WriteFile("build/windows/icon.ico", icon, 0o644)
}

// paint draws the icon on a canvas of the given size: a deck of three cards
// whose front one has the window's two panes.
func paint(size int) image.Image {
	canvas := image.NewRGBA(image.Rect(0, 0, size, size))
	unit := float32(size) / 1024
	card := func(x, y, w, h, r float32, c color.Color) {
		fill(canvas, x*unit, y*unit, w*unit, h*unit, r*unit, c)
	}
	card(48, 48, 928, 928, 208, ground)
	if size >= 32 {
		card(328, 212, 496, 400, 56, behind)
		card(264, 284, 528, 432, 60, middle)
	}
	card(200, 360, 560, 456, 64, front)
	// The pane at the left is cut out; its inner corners stay square.
	card(256, 416, 168, 344, 28, ground)
	if size >= 48 {
		for i := range 3 {
			card(480, 436+float32(i)*116, 224, 72, 24, middle)
		}
	}
	return canvas
}

// fill draws a rectangle with round corners.
func fill(canvas draw.Image, x, y, w, h, r float32, c color.Color) {
	// The control points of a quarter circle lie this far from its corner.
	const bend = 0.4477
	k := r * bend
	bounds := canvas.Bounds()
	z := vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	z.MoveTo(x+r, y)
	z.LineTo(x+w-r, y)
	z.CubeTo(x+w-k, y, x+w, y+k, x+w, y+r)
	z.LineTo(x+w, y+h-r)
	z.CubeTo(x+w, y+h-k, x+w-k, y+h, x+w-r, y+h)
	z.LineTo(x+r, y+h)
	z.CubeTo(x+k, y+h, x, y+h-k, x, y+h-r)
	z.LineTo(x, y+r)
	z.CubeTo(x, y+k, x+k, y, x+r, y)
	z.ClosePath()
	z.Draw(canvas, bounds, image.NewUniform(c), image.Point{})
}

func encode(size int) ([]byte, error) {
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, paint(size)); err != nil {
		return nil, fmt.Errorf("encode %d pixels: %w", size, err)
	}
	return out.Bytes(), nil
}

// ico packs PNGs of these sizes into Windows' icon format: a header of 6 bytes,
// an entry of 16 bytes each, then the pictures.
func ico(sizes ...int) ([]byte, error) {
	var entries, pictures bytes.Buffer
	offset := 6 + 16*len(sizes)
	for _, size := range sizes {
		picture, err := encode(size)
		if err != nil {
			return nil, err
		}
		side := byte(size % 256) // 0 stands for 256
		entries.Write([]byte{side, side, 0, 0, 1, 0, 32, 0})
		entries.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(picture))))
		entries.Write(binary.LittleEndian.AppendUint32(nil, uint32(offset+pictures.Len())))
		pictures.Write(picture)
	}
	header := []byte{0, 0, 1, 0, byte(len(sizes)), 0}
	return append(append(header, entries.Bytes()...), pictures.Bytes()...), nil
}
