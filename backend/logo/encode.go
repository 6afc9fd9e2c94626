package logo

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// MaxLogo is how many bytes a prepared logo has at most. Of the two limits that
// JumpCloud names, 788 and 780 KB, it is the smaller one.
const MaxLogo = 780_000

const (
	pngType  = "image/png"
	jpegType = "image/jpeg"
)

// The qualities that are tried for a JPEG, best first.
var jpegQualities = [...]int{92, 85, 78, 70, 60, 50, 40, 30}

// encodeLogo encodes a logo in at most so many bytes: as PNG, packed quickly and
// then well; with a palette; or as JPEG on white. What was given up for that is
// in the report.
func encodeLogo(picture *image.NRGBA, most int, r *report) (domain.LogoFile, error) {
	var full []byte
	for _, level := range []png.CompressionLevel{png.BestSpeed, png.BestCompression} {
		var err error
		if full, err = encodePNG(picture, level); err != nil {
			return domain.LogoFile{}, err
		}
		if len(full) <= most {
			return domain.LogoFile{MediaType: pngType, Bytes: full}, nil
		}
	}
	few, err := encodePNG(quantised(picture), png.DefaultCompression)
	if err != nil {
		return domain.LogoFile{}, err
	}
	if len(few) <= most {
		r.step("palette", "Its colours were reduced to %d, because %s as they were are more than %s.", maxColours, bytesText(len(full)), bytesText(most))
		return domain.LogoFile{MediaType: pngType, Bytes: few}, nil
	}
	flat := flattened(picture)
	for _, quality := range jpegQualities {
		var out bytes.Buffer
		if err := jpeg.Encode(&out, flat, &jpeg.Options{Quality: quality}); err != nil {
			return domain.LogoFile{}, unencodable(err)
		}
		if out.Len() <= most {
			r.step("jpeg", "It was made a JPEG of quality %d on white, because a PNG of it has %s.", quality, bytesText(len(few)))
			return domain.LogoFile{MediaType: jpegType, Bytes: out.Bytes()}, nil
		}
	}
	return domain.LogoFile{}, &domain.Error{
		Code: domain.CodeInvalidInput, Message: "The picture cannot be made smaller than " + bytesText(most) + ". Nothing was changed.",
		Hint: "Choose 1200 × 400 or 800 × 400.",
	}
}

func encodePNG(picture image.Image, level png.CompressionLevel) ([]byte, error) {
	var out bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: level}).Encode(&out, picture); err != nil {
		return nil, unencodable(err)
	}
	return out.Bytes(), nil
}

func unencodable(cause error) error {
	return &domain.Error{
		Code: domain.CodeInternal, Message: "The logo could not be encoded. Nothing was changed.", Cause: fmt.Errorf("encode: %w", cause),
	}
}
