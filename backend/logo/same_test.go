package logo

import (
	"context"
	"image"
	"image/color"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestSame(t *testing.T) {
	logo := onGround(flattened(drawn(1000, 300)), 50, color.White)
	clear := drawn(1200, 400)
	sent, sentClear := encoded(t, "png", logo), encoded(t, "png", clear)
	recoloured := imaging.AdjustFunc(logo, func(c color.NRGBA) color.NRGBA { return color.NRGBA{R: c.B, G: c.R, B: c.G, A: c.A} })
	tests := []struct {
		name         string
		sent, served []byte
		want         bool
	}{
		{"itself", sent, sent, true},
		{"as JPEG", sent, saved(t, "jpeg95", logo), true},
		{"as a worse JPEG", sent, saved(t, "jpeg70", logo), true},
		{"half as large", sent, encoded(t, "png", imaging.Resize(logo, 550, 200, imaging.Lanczos)), true},
		{"with a palette", sent, encoded(t, "png", quantised(logo)), true},
		{"transparent", sentClear, encoded(t, "png", imaging.Resize(clear, 600, 200, imaging.Box)), true},
		{"transparent, now white", sentClear, encoded(t, "png", flattened(clear)), false},
		{"mirrored", sent, encoded(t, "png", imaging.FlipH(logo)), false},
		{"other colours", sent, encoded(t, "png", recoloured), false},
		{"another shape", sent, encoded(t, "png", imaging.Resize(logo, 400, 400, imaging.Box)), false},
		{"empty", sent, encoded(t, "png", filled(image.NewNRGBA(logo.Rect), color.White)), false},
		{"another one", sent, encoded(t, "png", noisy(1100, 400)), false},
		{"a tall one", encoded(t, "png", drawn(1, 900)), encoded(t, "png", drawn(1, 900)), true},
	}
	for _, test := range tests {
		if got, err := Same(t.Context(), test.sent, test.served); err != nil || got != test.want {
			t.Errorf("%s: %v, %v", test.name, got, err)
		}
	}
	if _, err := Same(t.Context(), sent, []byte("<html>")); err == nil {
		t.Error("no picture, and no error")
	}
}

// TestSameWaitsForNoPicture shows that logos are compared while a large picture
// is being decoded, and that comparing ends with its context.
func TestSameWaitsForNoPicture(t *testing.T) {
	data := encoded(t, "png", drawn(40, 20))
	decoding <- struct{}{} // a picture is being decoded
	same, err := Same(t.Context(), data, data)
	<-decoding
	if err != nil || !same {
		t.Errorf("beside a picture: %v, %v", same, err)
	}
	comparing <- struct{}{} // others are being compared
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := Same(ctx, data, data)
		done <- err
	}()
	cancel()
	err = <-done
	<-comparing
	if domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("ended: %v", err)
	}
}
