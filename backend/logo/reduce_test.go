package logo

import (
	"image"
	"testing"

	"github.com/disintegration/imaging"
)

// TestReduceYCbCr holds the short way against the long one, for every way in
// which a JPEG may keep its colours, and for parts that begin anywhere.
func TestReduceYCbCr(t *testing.T) {
	for ratio := image.YCbCrSubsampleRatio444; ratio <= image.YCbCrSubsampleRatio410; ratio++ {
		for _, origin := range []image.Point{{}, {3, 5}} {
			m := image.NewYCbCr(image.Rect(0, 0, 61, 37).Add(origin), ratio)
			for i := range m.Y {
				m.Y[i] = uint8(70 + i*3%110) // far enough from black and white that nothing is cut off
			}
			for i := range m.Cb {
				m.Cb[i], m.Cr[i] = uint8(118+i%20), uint8(137-i%15)
			}
			for _, area := range []image.Rectangle{image.Rect(0, 0, 61, 37), image.Rect(7, 3, 60, 35)} {
				for _, factor := range []image.Point{{2, 2}, {3, 3}, {8, 8}, {1, 5}, {4, 1}} {
					got := reduceYCbCr(m, area, factor)
					want := reduce(imaging.Clone(m), area, factor)
					if got.Rect != want.Rect {
						t.Fatalf("%v %v by %v: %v, want %v", ratio, area, factor, got.Rect, want.Rect)
					}
					for i := range got.Pix {
						// Samples at the edge of a block count for both their blocks.
						if d := int(got.Pix[i]) - int(want.Pix[i]); d > 24 || d < -24 {
							t.Fatalf("%v %v by %v: byte %d is %d, want %d", ratio, area, factor, i, got.Pix[i], want.Pix[i])
						}
					}
				}
			}
		}
	}
}
