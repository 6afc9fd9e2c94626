package logo

import (
	"image"
	"image/color"
)

// Keys of colours have 5 bits a channel; for each the nearest colour of the
// palette is looked for once. The standard library looks for every pixel's,
// which takes seconds where this takes a tenth of one.
const (
	keyBits = 5
	keyDrop = 8 - keyBits
)

// nearest finds colours in a palette.
type nearest struct {
	palette []color.NRGBA
	// known has the place in the palette plus one; 0 where it was not looked for.
	known []uint16
}

func (n *nearest) place(c [4]int32) int {
	key := c[0]>>keyDrop<<(3*keyBits) | c[1]>>keyDrop<<(2*keyBits) | c[2]>>keyDrop<<keyBits | c[3]>>keyDrop
	if place := n.known[key]; place != 0 {
		return int(place) - 1
	}
	best, least := 0, int64(-1)
	for i, p := range n.palette {
		d := [4]int64{int64(c[0]) - int64(p.R), int64(c[1]) - int64(p.G), int64(c[2]) - int64(p.B), int64(c[3]) - int64(p.A)}
		// Alpha weighs most: a ground that is not quite transparent shows.
		if sum := d[0]*d[0] + d[1]*d[1] + d[2]*d[2] + 3*d[3]*d[3]; least < 0 || sum < least {
			best, least = i, sum
		}
	}
	n.known[key] = uint16(best + 1) //nolint:gosec // a palette has at most 256 colours
	return best
}

// dither draws a picture with the colours of a palette, and hands what each
// pixel lacks on to its neighbours (Floyd and Steinberg). What is transparent
// hands nothing on, so that the ground of a logo stays clean.
func dither(out *image.Paletted, picture *image.NRGBA, palette []color.NRGBA) {
	n := &nearest{palette: palette, known: make([]uint16, 1<<(4*keyBits))}
	w, h := picture.Rect.Dx(), picture.Rect.Dy()
	now, next := make([][4]int32, w+2), make([][4]int32, w+2)
	for y := range h {
		clear(next)
		line := picture.Pix[y*picture.Stride:]
		for x := range w {
			pixel := line[4*x : 4*x+4]
			if pixel[3] == 0 {
				out.Pix[y*out.Stride+x] = uint8(n.place([4]int32{})) //nolint:gosec // below 256
				continue
			}
			var wanted [4]int32
			for i, value := range pixel {
				wanted[i] = max(0, min(255, int32(value)+now[x+1][i]/16))
			}
			place := n.place(wanted)
			out.Pix[y*out.Stride+x] = uint8(place) //nolint:gosec // below 256
			got := palette[place]
			for i, value := range [4]uint8{got.R, got.G, got.B, got.A} {
				lack := wanted[i] - int32(value)
				now[x+2][i] += 7 * lack
				next[x][i] += 3 * lack
				next[x+1][i] += 5 * lack
				next[x+2][i] += lack
			}
		}
		now, next = next, now
	}
}
