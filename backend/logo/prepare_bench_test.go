package logo

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// scene is a picture like a camera's: soft shapes with some grain.
func scene(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	state := uint32(7)
	for y := range h {
		for x := range w {
			state = state*1664525 + 1013904223
			grain := float64(state>>28) - 8
			u, v := float64(x)/float64(w), float64(y)/float64(h)
			tone := func(phase float64) uint8 {
				return uint8(max(0, min(255, 128+90*math.Sin(7*u+phase)*math.Cos(5*v-phase)+grain)))
			}
			m.SetNRGBA(x, y, color.NRGBA{tone(0), tone(1), tone(2), 255})
		}
	}
	return m
}

// BenchmarkPrepare measures the way of a picture from its bytes to a logo, and
// of one that is opened already, as when a slider is moved.
func BenchmarkPrepare(b *testing.B) {
	inputs := map[string][]byte{
		"24 megapixels":  saved(b, "jpeg95", scene(6000, 4000)),
		"photo":          saved(b, "jpeg95", scene(1200, 400)),
		"drawing":        encoded(b, "png", drawn(1500, 700)),
		"meets the rule": encoded(b, "png", onGround(drawn(1000, 200), 100, color.Transparent)),
	}
	for name, data := range inputs {
		suggested := opened(b, data).Suggested()
		b.Run(name+"/whole", func(b *testing.B) {
			for b.Loop() {
				prepared(b, data, suggested)
			}
		})
		p := opened(b, data)
		b.Run(name+"/again", func(b *testing.B) {
			for b.Loop() {
				if _, err := p.Prepare(b.Context(), suggested); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(name+"/padded", func(b *testing.B) {
			recipe := domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoWhite, Padding: 10, Crop: true, Tolerance: 8}
			for b.Loop() {
				if _, err := p.Prepare(b.Context(), recipe); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
