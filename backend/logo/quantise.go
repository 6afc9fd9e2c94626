package logo

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// maxColours is how many colours a palette has.
const maxColours = 256

// swatch is a group of like colours and how many pixels have them.
type swatch struct {
	channels [4]uint8
	pixels   int
}

// quantised gives the picture with a palette of its own: the colours are halved
// again and again, the widest group first (median cut), and what is lost is
// spread over the neighbours.
func quantised(picture *image.NRGBA) *image.Paletted {
	palette := paletteOf(picture)
	out := image.NewPaletted(picture.Rect, make(color.Palette, len(palette)))
	for i, c := range palette {
		out.Palette[i] = c
	}
	dither(out, picture, palette)
	return out
}

// group is a part of the colours that becomes one, and how far it reaches in
// its widest channel.
type group struct {
	swatches       []swatch
	channel, width int
}

func newGroup(swatches []swatch) group {
	channel, width := spread(swatches)
	return group{swatches, channel, width}
}

func paletteOf(picture *image.NRGBA) []color.NRGBA {
	groups := []group{newGroup(swatches(picture))}
	for len(groups) < maxColours {
		widest := 0
		for i, g := range groups {
			if g.width > groups[widest].width {
				widest = i
			}
		}
		if groups[widest].width == 0 {
			break
		}
		left, right := halved(groups[widest].swatches, groups[widest].channel)
		groups[widest] = newGroup(left)
		groups = append(groups, newGroup(right))
	}
	palette := make([]color.NRGBA, len(groups))
	for i, g := range groups {
		palette[i] = meanOf(g.swatches)
	}
	return palette
}

// swatches counts the colours of a picture, to 5 bits a channel, in an order
// that does not depend on chance.
func swatches(picture *image.NRGBA) []swatch {
	const kept = 0xF8
	counts := map[[4]uint8]int{}
	for at := 0; at+4 <= len(picture.Pix); at += 4 {
		p := picture.Pix[at : at+4]
		key := [4]uint8{p[0] & kept, p[1] & kept, p[2] & kept, p[3] & kept}
		if p[3] == 0 {
			key = [4]uint8{}
		}
		counts[key]++
	}
	list := make([]swatch, 0, len(counts))
	for channels, pixels := range counts {
		for i, value := range channels {
			channels[i] = value | value>>5 // so that white stays white
		}
		list = append(list, swatch{channels, pixels})
	}
	slices.SortFunc(list, func(a, b swatch) int { return slices.Compare(a.channels[:], b.channels[:]) })
	return list
}

// spread gives the channel in which a group is widest, and how wide.
func spread(swatches []swatch) (channel, width int) {
	for c := range 4 {
		low, high := 255, 0
		for _, s := range swatches {
			low, high = min(low, int(s.channels[c])), max(high, int(s.channels[c]))
		}
		if high-low > width {
			channel, width = c, high-low
		}
	}
	return channel, width
}

// halved parts a group in a channel so that both halves have about as many
// pixels; neither is empty.
func halved(group []swatch, channel int) (left, right []swatch) {
	slices.SortStableFunc(group, func(a, b swatch) int { return cmp.Compare(a.channels[channel], b.channels[channel]) })
	total := 0
	for _, s := range group {
		total += s.pixels
	}
	cut, sum := 1, group[0].pixels
	for cut < len(group)-1 && 2*sum < total {
		sum += group[cut].pixels
		cut++
	}
	return group[:cut:cut], group[cut:]
}

func meanOf(group []swatch) color.NRGBA {
	var sums [4]int
	total := 0
	for _, s := range group {
		for c, value := range s.channels {
			sums[c] += int(value) * s.pixels
		}
		total += s.pixels
	}
	if total == 0 {
		return color.NRGBA{}
	}
	mean := func(c int) uint8 { return uint8((sums[c] + total/2) / total) } //nolint:gosec // a mean of bytes is a byte
	return color.NRGBA{R: mean(0), G: mean(1), B: mean(2), A: mean(3)}
}
