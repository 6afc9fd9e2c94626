// Command logopictures draws the pictures of docs/logos.md: what comes in, and
// what the pipeline makes of it.
//
//	go run ./scripts/logopictures
package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"

	"github.com/disintegration/imaging"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/logo"
)

const out = "docs/pictures/logo-before-after.png"

var (
	teal = color.NRGBA{0x1f, 0x6f, 0x5c, 0xff}
	ink  = color.NRGBA{0x22, 0x2b, 0x33, 0xff}
	blue = color.NRGBA{0x2b, 0x5c, 0xb8, 0xff}
)

// sample is a picture as a customer may send it, and the recipe for it.
type sample struct {
	file   []byte
	recipe domain.LogoRecipe
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "logopictures:", err)
		os.Exit(1)
	}
}

func run() error {
	list, err := samples()
	if err != nil {
		return err
	}
	const row, column, gap = 170, 510, 20
	sheet := image.NewNRGBA(image.Rect(0, 0, 2*column+3*gap, len(list)*(row+gap)+gap))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.NRGBA{0xe9, 0xec, 0xf0, 0xff}), image.Point{}, draw.Src)
	for i, s := range list {
		picture, err := logo.Open(context.Background(), s.file)
		if err != nil {
			return err
		}
		before, err := picture.Preview(column, row)
		if err != nil {
			return err
		}
		ready, err := picture.Prepare(context.Background(), s.recipe)
		if err != nil {
			return err
		}
		for side, data := range [][]byte{before, ready.File.Bytes} {
			box := image.Rect(0, 0, column, row).Add(image.Pt(gap+side*(column+gap), gap+i*(row+gap)))
			if err := show(sheet, box, data); err != nil {
				return err
			}
		}
	}
	var file bytes.Buffer
	if err := png.Encode(&file, sheet); err != nil {
		return err
	}
	return os.WriteFile(out, file.Bytes(), 0o600)
}

// show puts a picture in the middle of a box, on squares where it is transparent.
func show(sheet *image.NRGBA, box image.Rectangle, data []byte) error {
	picture, err := imaging.Decode(bytes.NewReader(data))
	if err != nil {
		return err
	}
	small := imaging.Fit(picture, box.Dx(), box.Dy(), imaging.Lanczos)
	at := box.Min.Add(image.Pt((box.Dx()-small.Rect.Dx())/2, (box.Dy()-small.Rect.Dy())/2))
	place := image.Rectangle{Min: at, Max: at.Add(small.Rect.Size())}
	const square = 10
	for y := place.Min.Y; y < place.Max.Y; y++ {
		for x := place.Min.X; x < place.Max.X; x++ {
			shade := color.NRGBA{0xff, 0xff, 0xff, 0xff}
			if ((x-at.X)/square+(y-at.Y)/square)%2 == 1 {
				shade = color.NRGBA{0xd8, 0xdd, 0xe3, 0xff}
			}
			sheet.SetNRGBA(x, y, shade)
		}
	}
	draw.Draw(sheet, place, small, image.Point{}, draw.Over)
	return nil
}

func samples() ([]sample, error) {
	recipe := func(shape domain.LogoShape, background domain.LogoBackground, padding int) domain.LogoRecipe {
		return domain.LogoRecipe{Shape: shape, Background: background, Crop: true, Tolerance: 12, Padding: padding}
	}
	scan, err := drawn(1600, 1100, color.White, teal, "ACME DENTAL", 280)
	if err != nil {
		return nil, err
	}
	glass, err := drawn(2200, 900, color.Transparent, blue, "Harbor Freight", 420)
	if err != nil {
		return nil, err
	}
	icon, err := drawn(220, 220, color.White, ink, "", 130)
	if err != nil {
		return nil, err
	}
	var asJPEG, asPNG, asGIF bytes.Buffer
	if err := jpeg.Encode(&asJPEG, scan, &jpeg.Options{Quality: 90}); err != nil {
		return nil, err
	}
	if err := png.Encode(&asPNG, glass); err != nil {
		return nil, err
	}
	few := image.NewPaletted(icon.Rect, color.Palette{color.White, ink})
	draw.Draw(few, few.Rect, icon, image.Point{}, draw.Src)
	if err := gif.Encode(&asGIF, few, nil); err != nil {
		return nil, err
	}
	return []sample{
		{asJPEG.Bytes(), recipe(domain.LogoShapeWide, domain.LogoWhite, 4)},
		{asPNG.Bytes(), recipe(domain.LogoShapeWide, domain.LogoTransparent, 8)},
		{asGIF.Bytes(), recipe(domain.LogoShapeMedium, domain.LogoWhite, 10)},
	}, nil
}

// drawn is a mark, a disc with a bar across it, and a name beside it, away from
// the middle as scans are.
func drawn(w, h int, ground color.Color, shade color.NRGBA, name string, size int) (*image.NRGBA, error) {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(m, m.Rect, image.NewUniform(ground), image.Point{}, draw.Src)
	left, top := w/14, (h-size)/3
	for y := range size {
		for x := range size {
			dx, dy := 2*x-size, 2*y-size
			if dx*dx+dy*dy <= size*size && (dy < -size/8 || dy > size/8) {
				m.SetNRGBA(left+x, top+y, shade)
			}
		}
	}
	if name == "" {
		return m, nil
	}
	parsed, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, err
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(size) / 2, DPI: 72})
	if err != nil {
		return nil, err
	}
	writer := font.Drawer{Dst: m, Src: image.NewUniform(ink), Face: face, Dot: fixed.P(left+size+size/5, top+size*2/3)}
	writer.DrawString(name)
	return m, nil
}
