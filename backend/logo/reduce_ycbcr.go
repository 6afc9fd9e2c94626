package logo

import (
	"image"
	"image/color"
)

// reduceYCbCr is reduce for what JPEGs are made of: each of the three channels
// is averaged as it is stored, and only the few pixels that are left change
// their form. For a camera's picture that is a third of the work.
func reduceYCbCr(picture *image.YCbCr, area image.Rectangle, factor image.Point) *image.RGBA {
	w, h := area.Dx(), area.Dy()
	out := image.NewRGBA(image.Rect(0, 0, max(1, w/factor.X), max(1, h/factor.Y)))
	origin := picture.Rect.Min
	across, down := subsampling(picture.SubsampleRatio)
	luma := plane{picture.Y, picture.YStride}
	blue, red := plane{picture.Cb, picture.CStride}, plane{picture.Cr, picture.CStride}
	for y := range out.Rect.Dy() {
		top, bottom := block(y, factor.Y, out.Rect.Dy(), h)
		top, bottom = top+area.Min.Y, bottom+area.Min.Y
		for x := range out.Rect.Dx() {
			left, right := block(x, factor.X, out.Rect.Dx(), w)
			left, right = left+area.Min.X, right+area.Min.X
			// Colours have fewer samples than light. Their blocks begin with the sample that the first pixel shows.
			colours := image.Rect(
				(origin.X+left)/across-origin.X/across, (origin.Y+top)/down-origin.Y/down,
				(origin.X+right-1)/across-origin.X/across+1, (origin.Y+bottom-1)/down-origin.Y/down+1,
			)
			r, g, b := color.YCbCrToRGB(luma.mean(image.Rect(left, top, right, bottom)), blue.mean(colours), red.mean(colours))
			out.SetRGBA(x, y, color.RGBA{R: r, G: g, B: b, A: 255})
		}
	}
	return out
}

// plane is one channel of a picture.
type plane struct {
	pix    []uint8
	stride int
}

// mean gives the mean of a block, which has at most 4 * maxFactor^2 samples.
func (p plane) mean(area image.Rectangle) uint8 {
	var sum uint32
	for y := area.Min.Y; y < area.Max.Y; y++ {
		for _, value := range p.pix[y*p.stride+area.Min.X : y*p.stride+area.Max.X] {
			sum += uint32(value)
		}
	}
	n := uint32(area.Dx() * area.Dy())    //nolint:gosec // at most 4 * maxFactor^2
	return uint8((sum + n/2) / max(1, n)) //nolint:gosec // a mean of bytes is a byte
}

// subsampling gives how many pixels share a sample of colour.
func subsampling(ratio image.YCbCrSubsampleRatio) (across, down int) {
	switch ratio {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	case image.YCbCrSubsampleRatio444:
	}
	return 1, 1
}
