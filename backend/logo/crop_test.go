package logo

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"
)

// contentByLooking is content without any shortcut: every pixel is looked at.
func contentByLooking(m image.Image, g ground, tolerance uint8) image.Rectangle {
	b := m.Bounds()
	found := image.Rectangle{Min: image.Pt(b.Dx(), b.Dy())}
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(line, line.Rect, m, b.Min, draw.Src)
	for y := range b.Dy() {
		for x := range b.Dx() {
			at := line.PixOffset(x, y)
			if !g.empty(line.Pix[at:at+4], tolerance) {
				found.Min.X, found.Min.Y = min(found.Min.X, x), min(found.Min.Y, y)
				found.Max.X, found.Max.Y = max(found.Max.X, x+1), max(found.Max.Y, y+1)
			}
		}
	}
	if found.Empty() {
		return image.Rectangle{Max: b.Size()}
	}
	return found
}

// TestContent holds the way from the edges inwards against looking at every
// pixel, for every kind of picture that a decoder gives.
func TestContent(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	whole := image.Rect(5, -3, 5+301, -3+67)
	for range 12 {
		spots := make([]image.Rectangle, random.IntN(4))
		for i := range spots {
			at := image.Pt(whole.Min.X+random.IntN(whole.Dx()), whole.Min.Y+random.IntN(whole.Dy()))
			spots[i] = image.Rectangle{Min: at, Max: at.Add(image.Pt(1+random.IntN(40), 1+random.IntN(20)))}.Intersect(whole)
		}
		paint := func(m draw.Image, under, ink color.Color) image.Image {
			draw.Draw(m, whole, image.NewUniform(under), image.Point{}, draw.Src)
			for _, spot := range spots {
				draw.Draw(m, spot, image.NewUniform(ink), image.Point{}, draw.Src)
			}
			return m
		}
		nearlyWhite, faint := color.NRGBA{249, 251, 250, 255}, color.NRGBA{200, 0, 0, 6}
		palette := color.Palette{color.White, color.Black}
		pictures := map[string]struct {
			m image.Image
			g ground
		}{
			"white":              {paint(image.NewNRGBA(whole), nearlyWhite, color.Black), groundWhite},
			"white, 16 bit":      {paint(image.NewRGBA64(whole), nearlyWhite, color.Black), groundWhite},
			"grey":               {paint(image.NewGray(whole), nearlyWhite, color.Black), groundWhite},
			"palette":            {paint(image.NewPaletted(whole, palette), color.White, color.Black), groundWhite},
			"transparent":        {paint(image.NewNRGBA(whole), faint, color.White), groundTransparent},
			"transparent, other": {paint(image.NewRGBA(whole), faint, color.White), groundTransparent},
		}
		for ratio := image.YCbCrSubsampleRatio444; ratio <= image.YCbCrSubsampleRatio410; ratio++ {
			m := image.NewYCbCr(whole, ratio)
			for y := whole.Min.Y; y < whole.Max.Y; y++ {
				for x := whole.Min.X; x < whole.Max.X; x++ {
					m.Y[m.YOffset(x, y)], m.Cb[m.COffset(x, y)], m.Cr[m.COffset(x, y)] = 252, 128, 128
				}
			}
			for i, spot := range spots {
				for y := spot.Min.Y; y < spot.Max.Y; y++ {
					for x := spot.Min.X; x < spot.Max.X; x++ {
						m.Cb[m.COffset(x, y)] = 90
						if i%2 == 0 {
							m.Y[m.YOffset(x, y)] = 30
						}
					}
				}
			}
			pictures["JPEG, "+ratio.String()] = struct {
				m image.Image
				g ground
			}{m, groundWhite}
		}
		for name, picture := range pictures {
			for _, tolerance := range []uint8{0, 4, 8, 64} {
				got, want := content(rowsOf(picture.m), picture.g, tolerance), contentByLooking(picture.m, picture.g, tolerance)
				if got != want {
					t.Fatalf("%s, %d, spots %v: %v, want %v", name, tolerance, spots, got, want)
				}
			}
		}
	}
}
