package logo

import (
	"bytes"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// FuzzOpen opens any bytes, thousands a second: they are refused with words or
// are the picture that their header told of, and never a panic.
func FuzzOpen(f *testing.F) {
	for _, data := range corpus(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) { openAny(t, data) })
}

// openAny opens any bytes; nil where they are no picture, or one that takes the
// time of a thousand small ones.
func openAny(t *testing.T, data []byte) *Picture {
	t.Helper()
	// What is refused by its header goes on, however large: it has to be refused again.
	const most = 4_000_000 // pixels
	facts, factsErr := Facts(data)
	if facts.Width*facts.Height > most {
		return nil
	}
	picture, err := Open(t.Context(), data)
	if err != nil {
		if domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Fatalf("refused without words: %v", err)
		}
		return nil
	}
	source := picture.Source()
	if factsErr != nil || source.Kind != facts.Kind || source.Width != facts.Width || source.Height != facts.Height {
		t.Fatalf("the header told of %+v, %v; it is %+v", facts, factsErr, source)
	}
	return picture
}

// FuzzPicture puts any bytes through everything: they are refused with words or
// become a logo that keeps to the rules, the same each time, and never a panic.
func FuzzPicture(f *testing.F) {
	files := corpus(f)
	// Those that differ as pictures: how files differ is for FuzzOpen, and each
	// logo takes a moment.
	for i, name := range []string{
		"png", "jpeg", "palette", "16 bit", "grey", "one pixel", "cmyk photo", "turned 6", "turned webp", "alpha bmp", "small first picture", "thin",
	} {
		shape := byte(i % 3)
		f.Add(files[name], shape, shape*20, shape*10, shape != 1, shape == 0)
	}
	shapes := [...]domain.LogoShape{domain.LogoShapeWide, domain.LogoShapeMedium, domain.LogoShapeKeep}
	f.Fuzz(func(t *testing.T, data []byte, shape, tolerance, padding byte, crop, white bool) {
		const most = 100_000 // pixels
		picture := openAny(t, data)
		if picture == nil || picture.Source().Width*picture.Source().Height > most {
			return
		}
		recipe := domain.LogoRecipe{
			Shape: shapes[int(shape)%len(shapes)], Background: domain.LogoTransparent, Crop: crop,
			Tolerance: int(tolerance) % (domain.MaxLogoTolerance + 1), Padding: int(padding) % (domain.MaxLogoPadding + 1),
		}
		if white {
			recipe.Background = domain.LogoWhite
		}
		checkMade(t, picture, picture.Suggested())
		once, again := checkMade(t, picture, recipe), checkMade(t, picture, recipe)
		if !bytes.Equal(once, again) {
			t.Fatal("another logo the second time")
		}
		if _, err := picture.Preview(300, 100); err != nil {
			t.Fatalf("preview: %v", err)
		}
		if same, err := Same(t.Context(), data, data); err != nil || !same {
			t.Fatalf("it is not like itself: %v, %v", same, err)
		}
	})
}

// checkMade makes a logo and holds it against what is promised of every one.
func checkMade(t *testing.T, picture *Picture, recipe domain.LogoRecipe) []byte {
	t.Helper()
	got, err := picture.Prepare(t.Context(), recipe)
	if err != nil {
		t.Fatalf("opened, and not prepared: %v", err)
	}
	w, h := got.Width, got.Height
	if len(got.File.Bytes) > MaxLogo || w < leastSide || h < leastSide || !got.Untouched && max(w, h) > largestSide {
		t.Fatalf("%d by %d, %d bytes", w, h, len(got.File.Bytes))
	}
	facts, err := Facts(got.File.Bytes)
	if err != nil || facts.Width != w || facts.Height != h || "image/"+strings.ToLower(facts.Kind) != got.File.MediaType {
		t.Fatalf("what came out: %+v, %v", facts, err)
	}
	if _, err := Thumbnail(got.File.Bytes, 300, 100); err != nil {
		t.Fatalf("what came out cannot be shown: %v", err)
	}
	return got.File.Bytes
}
