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
	found := image.Rectangle{Min: image.Pt(w, h)}
	for y := range h {
		line := r.row(y, 0, w)
		left := 0
		for left < w && g.empty(line[4*left:4*left+4], tolerance) {
			left++
		}
		if left == w {
			continue
		}
		right := w
		for right > found.Max.X && g.empty(line[4*right-4:4*right], tolerance) {
			right--
		}
		found.Min.X, found.Max.X = min(found.Min.X, left), max(found.Max.X, right)
		found.Min.Y, found.Max.Y = min(found.Min.Y, y), y+1
	}
	if found.Empty() {
		return whole
	}
	return found
}
