package logo

import "image"

// ground is what the empty space around a picture is made of.
type ground int

const (
	groundOther ground = iota // a colour, or several
	groundTransparent
	groundWhite
)

// groundTolerance is how far the corners may be from white or transparent and
// still count as that: a JPEG's white is rarely whiter.
const groundTolerance = 8

// empty reports whether a pixel, weighted by alpha, is part of a ground.
func (g ground) empty(pixel []uint8, tolerance uint8) bool {
	switch g {
	case groundTransparent:
		return pixel[3] <= tolerance
	case groundWhite:
		least := 255 - tolerance
		return pixel[0] >= least && pixel[1] >= least && pixel[2] >= least
	case groundOther:
	}
	return false
}

// groundOf looks at the four edges: a logo's empty space touches them. Edges of
// both kinds count as transparent, because what is white there may be the logo.
func groundOf(r *rows) ground {
	w, h := r.bounds.Dx(), r.bounds.Dy()
	var pixels, transparent, white int
	look := func(pixel []uint8) {
		pixels++
		switch {
		case groundTransparent.empty(pixel, groundTolerance):
			transparent++
		case groundWhite.empty(pixel, groundTolerance):
			white++
		}
	}
	for _, y := range []int{0, h - 1} {
		line := r.row(y, 0, w)
		for x := 0; x < len(line); x += 4 {
			look(line[x : x+4])
		}
	}
	for y := range h {
		line := r.row(y, 0, 1)
		look(line)
		line = r.row(y, w-1, w)
		look(line)
	}
	// A logo may touch an edge here and there; its ground is what most edges show.
	switch most := pixels * 3 / 4; {
	case transparent >= most || transparent > 0 && transparent+white >= most:
		return groundTransparent
	case white >= most:
		return groundWhite
	}
	return groundOther
}

// content gives the smallest part of a picture outside of which everything is
// empty, in pixels from its upper left corner. It is the whole picture where
// that is not surrounded by white or transparent space, and where it is empty
// altogether.
func content(r *rows, g ground, tolerance uint8) image.Rectangle {
	w, h := r.bounds.Dx(), r.bounds.Dy()
	whole := image.Rect(0, 0, w, h)
	if g == groundOther {
		return whole
	}
	// From the edges inwards, and no further than to what is not empty: most of a
	// camera's picture is never looked at.
	top, bottom := 0, h
	for top < h && firstInk(r, g, tolerance, top, 0, w) == w {
		top++
	}
	if top == h {
		return whole
	}
	for lastInk(r, g, tolerance, bottom-1, 0, w) == 0 {
		bottom--
	}
	left, right := w, 0
	for y := top; y < bottom; y++ {
		left = firstInk(r, g, tolerance, y, 0, left)
		right = lastInk(r, g, tolerance, y, right, w)
	}
	return image.Rect(left, top, right, bottom)
}

// stretch is how many pixels of a line are looked at at once.
const stretch = 128

// firstInk gives the first column of a part of a line that is not empty; to
// where all are.
func firstInk(r *rows, g ground, tolerance uint8, y, from, to int) int {
	for ; from < to; from += stretch {
		end := min(to, from+stretch)
		if r.blank(g, tolerance, y, from, end) {
			continue
		}
		line := r.row(y, from, end)
		for x := 0; x < len(line); x += 4 {
			if !g.empty(line[x:x+4], tolerance) {
				return from + x/4
			}
		}
	}
	return to
}

// lastInk gives the column behind the last one of a part of a line that is not
// empty; from where all are.
func lastInk(r *rows, g ground, tolerance uint8, y, from, to int) int {
	for ; from < to; to -= stretch {
		start := max(from, to-stretch)
		if r.blank(g, tolerance, y, start, to) {
			continue
		}
		line := r.row(y, start, to)
		for x := len(line); x > 0; x -= 4 {
			if !g.empty(line[x-4:x], tolerance) {
				return start + x/4
			}
		}
	}
	return from
}

// blank reports whether a part of a line is empty without changing the form of
// its pixels. Where that cannot be told it is false.
func (r *rows) blank(g ground, tolerance uint8, y, from, to int) bool {
	least := 255 - tolerance
	x, y := r.bounds.Min.X+from, r.bounds.Min.Y+y
	last := r.bounds.Min.X + to - 1
	switch m := r.picture.(type) {
	case *image.YCbCr:
		const noColour = 128
		start, end := m.COffset(x, y), m.COffset(last, y)+1
		return g == groundWhite && least <= lowest(m.Y[m.YOffset(x, y):m.YOffset(last, y)+1]) &&
			all(m.Cb[start:end], noColour) && all(m.Cr[start:end], noColour)
	case *image.Gray:
		return g == groundWhite && least <= lowest(m.Pix[m.PixOffset(x, y):m.PixOffset(last, y)+1])
	case *image.NRGBA:
		if g != groundTransparent {
			return false
		}
		for pix := m.Pix[m.PixOffset(x, y) : m.PixOffset(last, y)+4]; len(pix) >= 4; pix = pix[4:] {
			if pix[3] > tolerance {
				return false
			}
		}
		return true
	}
	return false
}

func lowest(values []uint8) uint8 {
	low := uint8(255)
	for _, value := range values {
		low = min(low, value)
	}
	return low
}

func all(values []uint8, one uint8) bool {
	for _, value := range values {
		if value != one {
			return false
		}
	}
	return true
}
