package logo

import (
	"bytes"
	"flag"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/orgdeck/orgdeck/backend/domain"
)

var update = flag.Bool("update", false, "write the golden files anew")

// checkGolden holds a logo against one that was looked at.
func checkGolden(t *testing.T, name string, got domain.LogoFile) {
	t.Helper()
	extension := ".png"
	if got.MediaType == jpegType {
		extension = ".jpg"
	}
	path := filepath.Join("testdata", name+extension)
	if *update {
		if err := os.WriteFile(path, got.Bytes, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want, m := decodedLogo(t, golden), decodedLogo(t, got.Bytes)
	if m.Rect != want.Rect {
		t.Fatalf("%v, want %v", m.Rect, want.Rect)
	}
	for i := range m.Pix {
		if d := int(m.Pix[i]) - int(want.Pix[i]); (d > 2 || d < -2) && m.Pix[i|3] > 0 {
			t.Fatalf("pixel %d, channel %d: %d, want %d", i/4, i%4, m.Pix[i], want.Pix[i])
		}
	}
}

func decodedLogo(t *testing.T, data []byte) *image.NRGBA {
	t.Helper()
	read := png.Decode
	if bytes.HasPrefix(data, []byte("\xff\xd8")) {
		read = jpeg.Decode
	}
	m, err := read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return imaging.Clone(m)
}

// TestPrepareGolden holds what comes out against pictures that were looked at.
func TestPrepareGolden(t *testing.T) {
	red := color.NRGBA{190, 40, 40, 255}
	files := corpus(t)
	spaced := domain.LogoRecipe{Shape: domain.LogoShapeKeep, Background: domain.LogoWhite, Padding: 10}
	lying := append([]byte("Exif\x00\x00"), exif(6)...)
	tests := []struct {
		name   string
		data   []byte
		recipe domain.LogoRecipe
		steps  string
	}{
		{"wide", encoded(t, "png", onGround(drawn(1500, 700), 90, color.Transparent)), wide, "crop shrink pad"},
		{"page", encoded(t, "png", drawn(1500, 700)), onPage, "crop shrink pad flatten"},
		{"white", saved(t, "jpeg95", onGround(filled(image.NewNRGBA(image.Rect(0, 0, 300, 200)), red), 150, color.White)), wide, "crop enlarge pad"},
		{"own", encoded(t, "png", drawn(300, 500)), asIs, "pad"},
		{"own-padded", encoded(t, "png", drawn(450, 430)), spaced, "pad flatten"},
		{"first", animatedGIF(t, 640, 480), onPage, "convert crop enlarge pad"},
		{"small-first", files["small first picture"], asIs, "convert pad"},
		{"turned", withSegment(saved(t, "jpeg95", flattened(drawn(300, 150))), 0xE1, lying), wide, "turn strip crop enlarge pad"},
		{"interlaced", interlaced(drawn(300, 150)), asIs, "pad"},
		{"grey", encoded(t, "png", filled(image.NewGray16(image.Rect(0, 0, 60, 40)), color.Gray16{0x5000})), asIs, "depth pad"},
		{"bmp", files["alpha bmp"], asIs, "convert pad"},
		{"progressive", source(t, "progressive.jpg"), asIs, "pad"},
		{"cmyk", source(t, "cmyk.jpg"), asIs, "cmyk pad"},
		{"cmyk-tiff", source(t, "cmyk.tiff"), asIs, "convert cmyk pad"},
		{"lzw-tiff", source(t, "lzw.tiff"), asIs, "convert pad"},
		{"16bit-tiff", source(t, "16bit.tiff"), asIs, "convert depth pad"},
		{"turned-tiff", withTag(source(t, "lzw.tiff"), tagOrientation, 3, 1, 6), asIs, "convert turn pad"},
		{"lossy-webp", source(t, "lossy.webp"), asIs, "convert pad"},
		{"turned-webp", source(t, "alpha.webp"), asIs, "convert turn strip pad"},
		{"animated-webp", source(t, "animated.webp"), asIs, "convert pad"},
		{"animated-alpha-webp", source(t, "animated-alpha.webp"), asIs, "convert pad"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := prepared(t, test.data, test.recipe)
			if codes(got) != test.steps {
				t.Errorf("steps %q, want %q", codes(got), test.steps)
			}
			checkGolden(t, test.name, got.File)
		})
	}
}

// TestFewerBytesGolden looks at what is given up for few bytes, at a fraction of
// the real bound: a palette, with and without transparency, and a JPEG on white.
func TestFewerBytesGolden(t *testing.T) {
	photo := scene(240, 80)
	faded := scene(240, 80)
	for i := range faded.Pix {
		if i%4 == 3 {
			faded.Pix[i] = uint8(255 * (i / 4 % 240) / 239)
		}
	}
	tests := []struct {
		name    string
		picture *image.NRGBA
		most    int
		kind    string
	}{
		{"palette", photo, 20_000, pngType},
		{"palette-faded", faded, 20_000, pngType},
		{"jpeg", faded, 6_000, jpegType},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := encodeLogo(test.picture, test.most, &report{})
			if err != nil || got.MediaType != test.kind {
				t.Fatalf("%s of %d bytes, %v", got.MediaType, len(got.Bytes), err)
			}
			checkGolden(t, test.name, got)
		})
	}
}

// TestFixtures holds what other programs wrote against what they were given: a
// golden file alone would hold whatever is read today.
func TestFixtures(t *testing.T) {
	red, blue, white := color.NRGBA{200, 40, 40, 255}, color.NRGBA{30, 60, 180, 255}, color.NRGBA{255, 255, 255, 255}
	tests := []struct {
		name                string
		margin, left, right color.NRGBA
		turned              bool
	}{
		{"lossless.webp", white, red, blue, false},
		{"lossy.webp", white, red, blue, false},
		{"alpha.webp", color.NRGBA{}, red, blue, true},
		{"animated-alpha.webp", color.NRGBA{}, red, blue, false},
		{"animated.webp", color.NRGBA{}, red, red, false},
		{"progressive.jpg", white, red, blue, false},
		{"cmyk.jpg", white, red, blue, false},
		{"cmyk.tiff", white, red, blue, false},
		{"lzw.tiff", white, red, blue, false},
		{"16bit.tiff", white, red, blue, false},
	}
	for _, test := range tests {
		p := opened(t, source(t, test.name))
		m := p.pixels // as it is stored
		if m.Bounds() != image.Rect(0, 0, 48, 32) || (p.meta.orientation == 6) != test.turned {
			t.Errorf("%s: %v, orientation %d", test.name, m.Bounds(), p.meta.orientation)
			continue
		}
		for at, want := range map[image.Point]color.NRGBA{{1, 1}: test.margin, {46, 30}: test.margin, {16, 16}: test.left, {32, 16}: test.right} {
			if got := color.NRGBAModel.Convert(m.At(at.X, at.Y)).(color.NRGBA); !near(got, want, 12) {
				t.Errorf("%s at %v: %v, want %v", test.name, at, got, want)
			}
		}
	}
}

// TestAnimated counts pictures, whatever a file says about being repeated.
func TestAnimated(t *testing.T) {
	files := corpus(t)
	for name, want := range map[string]bool{
		"animated": true, "two pictures once": true, "one picture for ever": false, "gif": false, "small first picture": true,
		"animated webp": true, "webp": false, "turned webp": false, "apng": true, "png": false,
	} {
		if p := opened(t, files[name]); p.meta.animated != want || (len(p.notes) > 0 && p.notes[len(p.notes)-1] == "It is animated: its first picture is used.") != want {
			t.Errorf("%s: %v, %q", name, p.meta.animated, p.notes)
		}
	}
	// Whatever is cut off, it ends.
	whole := files["animated"]
	for length := range len(whole) {
		severalPictures(whole[:length])
	}
}
