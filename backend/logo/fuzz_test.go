package logo

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// FuzzPicture puts any bytes through everything: they are refused with words or
// become a logo that keeps to the rules, and never a panic.
func FuzzPicture(f *testing.F) {
	files := corpus(f)
	for i, name := range slices.Sorted(maps.Keys(files)) {
		shape := byte(i % 3)
		f.Add(files[name], shape, shape*20, shape*10, shape != 1, shape == 0)
	}
	shapes := [...]domain.LogoShape{domain.LogoShapeWide, domain.LogoShapeMedium, domain.LogoShapeKeep}
	f.Fuzz(func(t *testing.T, data []byte, shape, tolerance, padding byte, crop, white bool) {
		if facts, err := Facts(data); err == nil && int64(facts.Width)*int64(facts.Height) > 100_000 {
			return // a large picture takes the time of a thousand small ones
		}
		picture, err := Open(t.Context(), data)
		if err != nil {
			if domain.CodeOf(err) != domain.CodeInvalidInput {
				t.Fatalf("refused without words: %v", err)
			}
			return
		}
		recipe := domain.LogoRecipe{
			Shape: shapes[int(shape)%len(shapes)], Background: domain.LogoTransparent, Crop: crop,
			Tolerance: int(tolerance) % (domain.MaxLogoTolerance + 1), Padding: int(padding) % (domain.MaxLogoPadding + 1),
		}
		if white {
			recipe.Background = domain.LogoWhite
		}
		got, err := picture.Prepare(t.Context(), recipe)
		if err != nil {
			t.Fatalf("opened, and not prepared: %v", err)
		}
		if len(got.File.Bytes) > MaxLogo || got.Width < leastSide || got.Height < leastSide || got.Width > largestSide || got.Height > largestSide {
			t.Fatalf("%d by %d, %d bytes", got.Width, got.Height, len(got.File.Bytes))
		}
		facts, err := Facts(got.File.Bytes)
		if err != nil || facts.Width != got.Width || facts.Height != got.Height || "image/"+strings.ToLower(facts.Kind) != got.File.MediaType {
			t.Fatalf("what came out: %+v, %v", facts, err)
		}
		if _, err := picture.Preview(300, 100); err != nil {
			t.Fatalf("preview: %v", err)
		}
	})
}
