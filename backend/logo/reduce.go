package logo

import (
	"image"
)

// maxFactor keeps the sum of a block, four times as large at the last corner,
// below 2^32.
const maxFactor = 1024

// reduce gives a part of the picture made smaller by a whole factor for each of
// its sides, each pixel the mean of a block; what is left over at the right and the bottom joins the
// last blocks. A logo of 1200 by 400 takes a good millisecond so, and what is left
// for a real filter is small. Means are of colours weighted by their alpha,
// or the ground of a transparent logo would shine through at its edges.
func reduce(picture image.Image, part image.Rectangle, factor image.Point) *image.RGBA {
	factor = image.Pt(max(1, factor.X), max(1, factor.Y))
	if light, ok := picture.(*image.YCbCr); ok {
		return reduceYCbCr(light, part, factor)
	}
	w, h := part.Dx(), part.Dy()
	out := image.NewRGBA(image.Rect(0, 0, max(1, w/factor.X), max(1, h/factor.Y)))
	columns := out.Rect.Dx()
	source := rowsOf(picture)
	sums := make([]uint32, 4*columns)
	for y := range out.Rect.Dy() {
		clear(sums)
		top, bottom := block(y, factor.Y, out.Rect.Dy(), h)
		for line := top; line < bottom; line++ {
			addLine(sums, source.row(part.Min.Y+line, part.Min.X, part.Max.X), factor.X)
		}
		row := out.Pix[y*out.Stride:]
		for x := range columns {
			left, right := block(x, factor.X, columns, w)
			n := uint32((right - left) * (bottom - top)) //nolint:gosec // a block has at most maxFactor^2 * 4 pixels
			for i := range 4 {
				row[4*x+i] = uint8((sums[4*x+i] + n/2) / n) //nolint:gosec // a mean of bytes is a byte
			}
		}
	}
	return out
}

// addLine adds a line of pixels to the sums of the blocks it runs through.
func addLine(sums []uint32, line []uint8, factor int) {
	for len(sums) >= 4 && len(line) >= 4 {
		width := 4 * factor
		if len(sums) < 8 { // the last block takes what is left
			width = len(line)
		}
		var r, g, b, a uint32
		for pixels := line[:width]; len(pixels) >= 4; pixels = pixels[4:] {
			r += uint32(pixels[0])
			g += uint32(pixels[1])
			b += uint32(pixels[2])
			a += uint32(pixels[3])
		}
		sums[0] += r
		sums[1] += g
		sums[2] += b
		sums[3] += a
		sums, line = sums[4:], line[width:]
	}
}

// block gives where the n-th of count blocks begins and ends.
func block(n, factor, count, size int) (from, to int) {
	if n == count-1 {
		return n * factor, size
	}
	return n * factor, (n + 1) * factor
}
