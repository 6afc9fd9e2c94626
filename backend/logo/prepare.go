package logo

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"math"

	"github.com/disintegration/imaging"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// leastSide is what JumpCloud's help page asks of a logo, in pixels.
	leastSide = 400
	// largestSide bounds a logo that keeps its shape: the page recommends no
	// larger one.
	largestSide = 1200
	// leastFilled is how much of its width or of its height, in percent, a picture
	// has to fill for the empty space around it to be left there.
	leastFilled = 75
)

// Suggested gives the recipe to begin with: nothing at all for a picture that
// meets every rule, else the size that JumpCloud recommends, cropped. JumpCloud
// also recommends that empty space is cropped: a picture that is mostly empty is,
// unless it has the very size that it recommends.
func (p *Picture) Suggested() domain.LogoRecipe {
	source := rowsOf(p.pixels)
	under := groundOf(source)
	if p.fits(domain.LogoShapeKeep) && p.stands(under, domain.LogoTransparent) {
		shape := domain.LogoShapeKeep
		switch w, h := p.size(); {
		case w == 1200 && h == 400:
			shape = domain.LogoShapeWide
		case w == 800 && h == 400:
			shape = domain.LogoShapeMedium
		}
		if shape != domain.LogoShapeKeep || filledWell(source, under) {
			return domain.LogoRecipe{Shape: shape, Background: domain.LogoTransparent, Tolerance: groundTolerance}
		}
	}
	recipe := domain.LogoRecipe{
		Shape: domain.LogoShapeWide, Background: domain.LogoTransparent, Crop: true, Tolerance: groundTolerance, Padding: 4,
	}
	if under == groundWhite {
		recipe.Background = domain.LogoWhite
	}
	return recipe
}

// filledWell reports whether what is not empty reaches far enough in a picture.
func filledWell(source *rows, under ground) bool {
	part := content(source, under, groundTolerance)
	return 100*part.Dx() >= leastFilled*source.bounds.Dx() || 100*part.Dy() >= leastFilled*source.bounds.Dy()
}

// Prepare makes the picture into a logo as the recipe says: cropped, turned,
// made to size, put on its background, and encoded in at most MaxLogo bytes as
// PNG, as PNG with a palette, or as JPEG. A picture that meets every rule, and
// that the recipe would not change, is given back byte for byte. The same
// recipe always gives the same bytes. A recipe out of its bounds is refused as
// invalid_input; where ctx ends first the error is canceled.
func (p *Picture) Prepare(ctx context.Context, recipe domain.LogoRecipe) (domain.PreparedLogo, error) {
	if err := check(recipe); err != nil {
		return domain.PreparedLogo{}, err
	}
	source := rowsOf(p.pixels)
	under := groundOf(source)
	part := image.Rect(0, 0, source.bounds.Dx(), source.bounds.Dy())
	whole := part
	if recipe.Crop {
		part = content(source, under, uint8(recipe.Tolerance)) //nolint:gosec // checked: at most 64
	}
	if part == whole && recipe.Padding == 0 && p.fits(recipe.Shape) && p.stands(under, recipe.Background) {
		return p.untouched(under), nil
	}
	size := p.upright(part.Size())
	to := planned(size.X, size.Y, recipe)
	r := &report{}
	p.explainSource(r)
	r.explainSize(size, p.upright(whole.Size()), to)
	if ctx.Err() != nil {
		return domain.PreparedLogo{}, tooLong(ctx)
	}
	picture := p.resized(part, to)
	canvas := placed(picture, to, recipe.Background, r)
	if ctx.Err() != nil {
		return domain.PreparedLogo{}, tooLong(ctx)
	}
	file, err := encodeLogo(canvas, MaxLogo, r)
	if err != nil {
		return domain.PreparedLogo{}, err
	}
	result := groundOf(rowsOf(canvas))
	if file.MediaType == jpegType {
		result = groundOf(rowsOf(flattened(canvas)))
	}
	r.explainGround(result)
	return domain.PreparedLogo{
		File: file, Width: to.width, Height: to.height, Enlarged: max(1, to.scale),
		Steps: r.steps, Warnings: r.warnings, Rules: rulesOf(file, to.width, to.height, result),
	}, nil
}

func check(recipe domain.LogoRecipe) error {
	switch recipe.Shape {
	case domain.LogoShapeWide, domain.LogoShapeMedium, domain.LogoShapeKeep:
	default:
		return badRecipe("A logo is made 1200 × 400, 800 × 400, or keeps its shape.")
	}
	switch {
	case recipe.Background != domain.LogoTransparent && recipe.Background != domain.LogoWhite:
		return badRecipe("A logo's background is transparent or white.")
	case recipe.Tolerance < 0 || recipe.Tolerance > domain.MaxLogoTolerance:
		return badRecipe("The tolerance of the crop is 0 to 64.")
	case recipe.Padding < 0 || recipe.Padding > domain.MaxLogoPadding:
		return badRecipe("The padding is 0 to 25 percent of the height.")
	}
	return nil
}

func badRecipe(message string) error {
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message + " Nothing was changed."}
}

// plan is how large the logo and the picture on it become, in pixels.
type plan struct {
	width, height int // of the logo
	w, h          int // of the picture on it, upright
	scale         float64
}

// planned fits a picture of w by h pixels into the recipe's shape.
func planned(w, h int, recipe domain.LogoRecipe) plan {
	fit := func(width, height int) plan {
		space := int(math.Round(float64(height*recipe.Padding) / 100))
		scale := min(float64(width-2*space)/float64(w), float64(height-2*space)/float64(h))
		return plan{
			width: width, height: height, scale: scale,
			w: min(width-2*space, atLeastOne(float64(w)*scale)), h: min(height-2*space, atLeastOne(float64(h)*scale)),
		}
	}
	switch recipe.Shape {
	case domain.LogoShapeWide:
		return fit(1200, 400)
	case domain.LogoShapeMedium:
		return fit(800, 400)
	case domain.LogoShapeKeep:
	}
	// Its own shape: never enlarged, only given space, and made smaller where
	// it is larger than any recommended logo.
	space := float64(h*recipe.Padding) / float64(100-2*recipe.Padding)
	scale := min(1, largestSide/max(float64(w)+2*space, float64(h)+2*space))
	to := plan{w: atLeastOne(float64(w) * scale), h: atLeastOne(float64(h) * scale), scale: scale}
	around := int(math.Round(2 * space * scale))
	to.width = min(largestSide, max(leastSide, to.w+around))
	to.height = min(largestSide, max(leastSide, to.h+around))
	return to
}

func atLeastOne(size float64) int { return max(1, int(math.Round(size))) }

// resized gives a part of the picture, upright and in its new size.
func (p *Picture) resized(part image.Rectangle, to plan) *image.NRGBA {
	w, h := to.w, to.h
	if p.meta.orientation >= firstSideways {
		w, h = h, w
	}
	var from image.Image
	// The mean of blocks first, to twice the size: a filter over every pixel of
	// a camera's picture would take seconds, and all of them at once the memory.
	// Each side by its own factor: a thin picture may be long.
	factor := image.Pt(min(maxFactor, part.Dx()/(2*w)), min(maxFactor, part.Dy()/(2*h)))
	if factor.X >= 2 || factor.Y >= 2 {
		from = reduce(p.pixels, part, factor)
	} else {
		from = imaging.Crop(p.pixels, part.Add(p.pixels.Bounds().Min))
	}
	return turn(imaging.Resize(from, w, h, imaging.Lanczos), p.meta.orientation)
}

// placed puts the picture in the middle of a logo's background.
func placed(picture *image.NRGBA, to plan, background domain.LogoBackground, r *report) *image.NRGBA {
	canvas := image.NewNRGBA(image.Rect(0, 0, to.width, to.height))
	at := image.Pt((to.width-to.w)/2, (to.height-to.h)/2)
	place := image.Rectangle{Min: at, Max: at.Add(picture.Rect.Size())}
	if background == domain.LogoTransparent {
		draw.Draw(canvas, place, picture, image.Point{}, draw.Src)
		r.explainSpace(to, "transparent")
		return canvas
	}
	draw.Draw(canvas, canvas.Rect, image.White, image.Point{}, draw.Src)
	draw.Draw(canvas, place, picture, image.Point{}, draw.Over)
	r.explainSpace(to, "white")
	r.explainWhite(picture, canvas)
	return canvas
}

// flattened gives the picture on white.
func flattened(picture *image.NRGBA) *image.NRGBA {
	out := image.NewNRGBA(picture.Rect)
	draw.Draw(out, out.Rect, image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(out, out.Rect, picture, picture.Rect.Min, draw.Over)
	return out
}

// Preview gives the picture as it came in, upright, as a PNG that fits into a
// box, in pixels; it is not enlarged.
func (p *Picture) Preview(maxWidth, maxHeight int) ([]byte, error) {
	w, h := p.size()
	scale := min(1, float64(maxWidth)/float64(w), float64(maxHeight)/float64(h))
	to := plan{w: atLeastOne(float64(w) * scale), h: atLeastOne(float64(h) * scale)}
	picture := p.resized(image.Rectangle{Max: p.pixels.Bounds().Size()}, to)
	return encodePNG(picture, png.BestSpeed)
}
