package logo

import (
	"image"
	"image/color"
	"image/draw"
)

// rows reads a picture line by line as bytes weighted by alpha, four a pixel, so
// that a large one is never held a second time in another form.
type rows struct {
	picture image.Image
	bounds  image.Rectangle
	line    *image.RGBA
	table   *[256]color.RGBA
}

func rowsOf(picture image.Image) *rows {
	r := &rows{picture: picture, bounds: picture.Bounds()}
	r.line = image.NewRGBA(image.Rect(0, 0, r.bounds.Dx(), 1))
	if paletted, ok := picture.(*image.Paletted); ok {
		r.table = new([256]color.RGBA)
		for i, c := range paletted.Palette {
			r.table[i&0xFF] = color.RGBAModel.Convert(c).(color.RGBA) //nolint:forcetypeassert // what the model gives
		}
	}
	return r
}

// row gives the pixels of line y, counted from 0, from column left up to, not
// including, right. They are good until the next call.
func (r *rows) row(y, left, right int) []uint8 {
	w := right - left
	switch src := r.picture.(type) {
	case *image.RGBA:
		at := src.PixOffset(r.bounds.Min.X+left, r.bounds.Min.Y+y)
		return src.Pix[at : at+4*w]
	case *image.Paletted:
		at := src.PixOffset(r.bounds.Min.X+left, r.bounds.Min.Y+y)
		to := r.line.Pix[:4*w]
		for x, index := range src.Pix[at : at+w] {
			c := r.table[index]
			to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = c.R, c.G, c.B, c.A
		}
		return to
	}
	at := image.Pt(r.bounds.Min.X+left, r.bounds.Min.Y+y)
	draw.Draw(r.line, image.Rect(0, 0, w, 1), r.picture, at, draw.Src)
	return r.line.Pix[:4*w]
}
