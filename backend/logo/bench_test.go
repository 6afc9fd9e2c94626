package logo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"math"
	"testing"
)

// drawn is a picture like a logo: flat colours, a soft edge, a transparent ground.
func drawn(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			d := math.Hypot(float64(x)-float64(w)/4, float64(y)-float64(h)/2) / (float64(h) / 3)
			alpha := uint8(255 * max(0, min(1, (1.1-d)*10)))
			m.SetNRGBA(x, y, color.NRGBA{20, 110, 200, alpha})
			if x > w/2 && (x/max(1, w/40))%2 == 0 && y > h/3 && y < 2*h/3 {
				m.SetNRGBA(x, y, color.NRGBA{40, 40, 40, 255})
			}
		}
	}
	return m
}

// encoded are the bytes of a picture.
func encoded(tb testing.TB, kind string, m image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&out, m)
	case "jpeg":
		err = jpeg.Encode(&out, m, nil)
	case "gif":
		err = gif.Encode(&out, m, nil)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

func BenchmarkThumbnail(b *testing.B) {
	for _, size := range []image.Point{{400, 400}, {1200, 400}, {3000, 1000}} {
		for _, kind := range []string{"png", "jpeg"} {
			data := encoded(b, kind, drawn(size.X, size.Y))
			b.Run(fmt.Sprintf("%s/%dx%d", kind, size.X, size.Y), func(b *testing.B) {
				b.ReportAllocs()
				bytes := 0
				for b.Loop() {
					t, err := Thumbnail(data, 300, 100)
					if err != nil {
						b.Fatal(err)
					}
					bytes = len(t.PNG)
				}
				b.ReportMetric(float64(bytes), "png-bytes")
			})
		}
	}
}
