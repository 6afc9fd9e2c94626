package logo

import (
	"image"

	"github.com/disintegration/imaging"
)

// firstSideways is the first orientation of EXIF whose pictures lie on a side.
const firstSideways = 5

// turn makes a picture upright that has an orientation of EXIF, 1 to 8.
func turn(picture *image.NRGBA, orientation int) *image.NRGBA {
	switch orientation {
	case 2:
		return imaging.FlipH(picture)
	case 3:
		return imaging.Rotate180(picture)
	case 4:
		return imaging.FlipV(picture)
	case 5:
		return imaging.Transpose(picture)
	case 6:
		return imaging.Rotate270(picture)
	case 7:
		return imaging.Transverse(picture)
	case 8:
		return imaging.Rotate90(picture)
	}
	return picture
}
