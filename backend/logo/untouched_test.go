package logo

import (
	"bytes"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// TestUntouched shows that what meets every rule is passed on byte for byte.
func TestUntouched(t *testing.T) {
	good := encoded(t, "png", onGround(drawn(1000, 200), 100, color.Transparent))
	photo := saved(t, "jpeg95", onGround(drawn(600, 200), 100, color.White))
	deep := image.NewNRGBA64(image.Rect(0, 0, 400, 400))
	tests := []struct {
		name  string
		data  []byte
		steps string
		words string // in the last step
	}{
		{"png", good, "untouched", ""},
		{"jpeg", photo, "untouched", ""},
		{"larger than any that is recommended", encoded(t, "png", onGround(drawn(2200, 600), 100, color.Transparent)), "untouched", ""},
		{"16 bit", encoded(t, "png", deep), "untouched", ""},
		{"with a comment", withChunk(good, "tEXt", []byte("Author\x00somebody")), "untouched kept", "What the file says"},
		{"with a profile", withSegment(photo, 0xE2, []byte("ICC_PROFILE\x00\x01\x01Display P3")), "untouched kept", "Its colour profile stays"},
	}
	for _, test := range tests {
		p := opened(t, test.data)
		got, err := p.Prepare(t.Context(), p.Suggested())
		if err != nil || !got.Untouched || !bytes.Equal(got.File.Bytes, test.data) || codes(got) != test.steps || got.Enlarged != 1 {
			t.Errorf("%s: %s, %v", test.name, codes(got), err)
			continue
		}
		if want := "image/" + strings.ToLower(p.Source().Kind); got.File.MediaType != want {
			t.Errorf("%s: %s", test.name, got.File.MediaType)
		}
		if last := got.Steps[len(got.Steps)-1].Text; !strings.Contains(last, test.words) {
			t.Errorf("%s: %q", test.name, last)
		}
		if notes := p.Source().Notes; len(notes) > 0 {
			t.Errorf("%s: nothing becomes of it, and %q is noted", test.name, notes)
		}
		for _, rule := range got.Rules {
			if !rule.Met {
				t.Errorf("%s: %+v", test.name, rule)
			}
		}
	}
}

// TestMostlyEmpty shows that much empty space is suggested to be cropped, though
// no rule is missed, but not where the picture has a size that is recommended.
func TestMostlyEmpty(t *testing.T) {
	tests := []struct {
		name        string
		w, h, space int
		crop        bool
	}{
		{"much around it", 700, 300, 250, true},
		{"little around it", 1900, 500, 60, false},
		{"much around it, of the recommended size", 600, 200, 100, false},
	}
	for _, test := range tests {
		for _, under := range []color.Color{color.Transparent, color.White} {
			p := opened(t, encoded(t, "png", onGround(drawn(test.w, test.h), test.space, under)))
			if got := p.Suggested(); got.Crop != test.crop {
				t.Errorf("%s, on %v: %+v", test.name, under, got)
			}
		}
	}
}

// TestTouched shows that anything that was asked for beyond the rules is done,
// and that what misses a rule is not passed on.
func TestTouched(t *testing.T) {
	good := encoded(t, "png", onGround(drawn(1000, 200), 100, color.Transparent))
	photo := saved(t, "jpeg95", onGround(drawn(600, 200), 100, color.White))
	onWhite := domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoWhite}
	padded := domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoTransparent, Padding: 5}
	large := withChunk(good, "tEXt", append([]byte("Author\x00"), make([]byte, MaxLogo)...))
	holed := filled(image.NewNRGBA(image.Rect(0, 0, 1200, 400)), color.White)
	holed.SetNRGBA(600, 200, color.NRGBA{})
	tests := []struct {
		name   string
		data   []byte
		recipe domain.LogoRecipe
		steps  string
	}{
		{"cropped", good, wide, "crop enlarge pad"},
		{"padded", good, padded, "shrink pad"},
		{"another shape", good, onPage, "crop shrink pad flatten"},
		{"on white", good, onWhite, "flatten"},
		{"white, with a hole, on white", encoded(t, "png", holed), onWhite, "flatten"},
		{"too many bytes", large, asIs, "strip"},
		{"coloured ground", encoded(t, "png", filled(image.NewNRGBA(image.Rect(0, 0, 1200, 400)), color.Black)), asIs, ""},
		{"lying down", withSegment(photo, 0xE1, append([]byte("Exif\x00\x00"), exif(3)...)), asIs, "turn strip"},
		{"moving", withChunk(good, "acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}), asIs, ""},
		{"for print", source(t, "white-cmyk.jpg"), asIs, "cmyk"},
		{"a profile", withChunk(encoded(t, "png", drawn(1500, 700)), "iCCP", []byte("Display P3\x00\x00junk")), padded, "profile shrink pad"},
		{"a TIFF's profile", withTag(saved(t, "tiff", drawn(60, 30)), tagICCProfile, 7, 4, 0), asIs, "convert profile pad"},
		{"16 bit", encoded(t, "png", filled(image.NewNRGBA64(image.Rect(0, 0, 450, 450)), color.Black)), asIs, "depth"},
	}
	for _, test := range tests {
		p := opened(t, test.data)
		got, err := p.Prepare(t.Context(), test.recipe)
		if err != nil || got.Untouched || codes(got) != test.steps || len(got.File.Bytes) > MaxLogo {
			t.Errorf("%s: %q, want %q; %d bytes, %v", test.name, codes(got), test.steps, len(got.File.Bytes), err)
			continue
		}
		if test.recipe.Background == domain.LogoWhite && !decodedPNG(t, got.File.Bytes).Opaque() {
			t.Errorf("%s: something is transparent", test.name)
		}
	}
	// Nor is what could not be looked at again when it is served.
	unserved := opened(t, good)
	unserved.servable = false
	if got, err := unserved.Prepare(t.Context(), unserved.Suggested()); err != nil || got.Untouched {
		t.Errorf("too large to be looked at again: %s, %v", codes(got), err)
	}
	// White was asked for, and white it is.
	if got := prepared(t, photo, domain.LogoRecipe{Shape: domain.LogoShapeMedium, Background: domain.LogoWhite}); !got.Untouched {
		t.Errorf("white on white: %s", codes(got))
	}
}

// TestSaidUpright holds the sizes of the report against each other: those of a
// picture that lies on its side are told as they are seen.
func TestSaidUpright(t *testing.T) {
	ink := filled(image.NewNRGBA(image.Rect(0, 0, 600, 500)), color.Black)
	lying := withSegment(saved(t, "jpeg95", onGround(ink, 100, color.White)), 0xE1, append([]byte("Exif\x00\x00"), exif(6)...))
	got := prepared(t, lying, wide)
	for _, step := range got.Steps {
		switch step.Code {
		case "crop":
			if !strings.Contains(step.Text, "500 × 600 pixels of 700 × 800 pixels") {
				t.Errorf("%q", step.Text)
			}
		case "shrink":
			if !strings.Contains(step.Text, "from 500 × 600 pixels to 333 × 400 pixels") {
				t.Errorf("%q", step.Text)
			}
		}
	}
	if codes(got) != "turn strip crop shrink pad" {
		t.Errorf("steps %q", codes(got))
	}
}

// TestServable holds what may be passed on against what can be read when it is served.
func TestServable(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		want bool
	}{
		"PNG": {encoded(t, "png", drawn(40, 20)), true}, "JPEG": {source(t, "progressive.jpg"), true}, "BMP": {alphaBMP(9, 7), false},
	} {
		if got := opened(t, test.data).servable; got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	kind, _ := formatOf(pngHeader(1, 1, 8, 6))
	if _, err := header(kind, pngHeader(6000, 5000, 8, 6), servedBounds); err == nil {
		t.Error("thirty megapixels are read as a served logo")
	}
}

func TestFactorText(t *testing.T) {
	for scale, want := range map[float64]string{
		1.0004: "1 percent", 1.04: "4 percent", 1.5: "50 percent", 1.94: "94 percent", 1.96: "2 times", 2.5: "2.5 times", 400: "400 times",
	} {
		if got := factorText(scale); got != want {
			t.Errorf("%v: %s, want %s", scale, got, want)
		}
	}
	got := prepared(t, encoded(t, "png", filled(image.NewNRGBA(image.Rect(0, 0, 1154, 300)), color.Black)), domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoWhite})
	if len(got.Warnings) == 0 || !strings.Contains(got.Warnings[0], "4 percent larger") || strings.Contains(got.Steps[0].Text, "1.0") {
		t.Errorf("%v, %q", got.Steps, got.Warnings)
	}
}
