package logo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/png"

	"github.com/disintegration/imaging"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Thumbnail makes a picture (PNG, JPEG, GIF) fit into a box, in pixels, and
// encodes it as PNG. Its shape and its transparency stay; a picture that fits
// already is not enlarged. The same bytes always give the same thumbnail.
// Everything else, damaged, huge or of another kind, is refused as
// invalid_input with words.
func Thumbnail(data []byte, maxWidth, maxHeight int) (domain.Thumbnail, error) {
	if maxWidth < 1 || maxHeight < 1 {
		return domain.Thumbnail{}, &domain.Error{
			Code: domain.CodeInternal, Message: "A thumbnail was asked for without a size.",
			Cause: fmt.Errorf("%d by %d: %w", maxWidth, maxHeight, errBox),
		}
	}
	picture, err := decodeServed(data)
	if err != nil {
		return domain.Thumbnail{}, refuse(err)
	}
	small := shrink(picture, maxWidth, maxHeight)
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.DefaultCompression}).Encode(&out, small); err != nil {
		return domain.Thumbnail{}, refuse(fmt.Errorf("encode: %w", err))
	}
	sum := sha256.Sum256(out.Bytes())
	return domain.Thumbnail{
		Hash: hex.EncodeToString(sum[:]), PNG: out.Bytes(), Width: small.Bounds().Dx(), Height: small.Bounds().Dy(),
	}, nil
}

// errBox is a box without room.
var errBox = errors.New("no room")

// shrink gives the picture, made smaller where it does not fit into the box.
func shrink(picture image.Image, maxWidth, maxHeight int) *image.NRGBA {
	w, h := picture.Bounds().Dx(), picture.Bounds().Dy()
	if w <= maxWidth && h <= maxHeight {
		return imaging.Clone(picture)
	}
	scale := min(float64(maxWidth)/float64(w), float64(maxHeight)/float64(h))
	toW := max(1, min(maxWidth, int(float64(w)*scale+0.5)))
	toH := max(1, min(maxHeight, int(float64(h)*scale+0.5)))
	// Each side by its own factor: a thin picture may be long.
	most := min(maxFactor, int(1/scale))
	if factor := image.Pt(min(most, w/toW), min(most, h/toH)); factor.X >= 2 || factor.Y >= 2 {
		picture = reduce(picture, image.Rect(0, 0, w, h), factor)
	}
	return imaging.Resize(picture, toW, toH, imaging.CatmullRom)
}
