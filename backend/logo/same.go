package logo

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/disintegration/imaging"
)

// How alike two pictures have to be, of 255 a channel, at sameSide pixels: a
// server may encode a logo anew and scale it, and nothing else.
const (
	sameSide  = 48
	sameMean  = 3.0
	sameMost  = 40
	sameShape = 0.02 // by which the ratios of width to height may differ
)

// Same reports whether the picture that a server serves is the one that was
// sent, even if the server encoded it anew or made it smaller in proportion.
// They are compared on white and on black, so that transparency counts. The
// error says that one of them is no logo that can be read, or that ctx ended first.
func Same(ctx context.Context, sent, served []byte) (bool, error) {
	a, err := open(ctx, sent, servedBounds, comparing)
	if err != nil {
		return false, err
	}
	b, err := open(ctx, served, servedBounds, comparing)
	if err != nil {
		return false, err
	}
	aw, ah := a.size()
	bw, bh := b.size()
	ratio := float64(aw) * float64(bh) / (float64(ah) * float64(bw))
	if math.Abs(ratio-1) > sameShape {
		return false, nil
	}
	w, h := sameSide, atLeastOne(sameSide*float64(ah)/float64(aw))
	if ah > aw {
		w, h = atLeastOne(sameSide*float64(aw)/float64(ah)), sameSide
	}
	smallA, smallB := a.small(w, h), b.small(w, h)
	if ctx.Err() != nil {
		return false, tooLong(ctx)
	}
	return alike(smallA, smallB, color.White) && alike(smallA, smallB, color.Black), nil
}

// small gives the whole picture in a size.
func (p *Picture) small(w, h int) *image.NRGBA {
	picture := p.resized(image.Rectangle{Max: p.pixels.Bounds().Size()}, plan{w: 4 * w, h: 4 * h})
	return imaging.Resize(picture, w, h, imaging.Box)
}

// alike compares two pictures of one size on a colour.
func alike(a, b *image.NRGBA, on color.Color) bool {
	onA, onB := image.NewRGBA(a.Rect), image.NewRGBA(b.Rect)
	for _, pair := range []struct {
		to   *image.RGBA
		from *image.NRGBA
	}{{onA, a}, {onB, b}} {
		draw.Draw(pair.to, pair.to.Rect, image.NewUniform(on), image.Point{}, draw.Src)
		draw.Draw(pair.to, pair.to.Rect, pair.from, image.Point{}, draw.Over)
	}
	sum, most := 0, 0
	for i := range onA.Pix {
		d := int(onA.Pix[i]) - int(onB.Pix[i])
		d = max(d, -d)
		sum += d
		most = max(most, d)
	}
	return float64(sum)/float64(len(onA.Pix)) <= sameMean && most <= sameMost
}
