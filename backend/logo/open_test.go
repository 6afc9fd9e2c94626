package logo

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestOpenKinds(t *testing.T) {
	files := corpus(t)
	tests := []struct {
		file, kind string
		w, h       int
		note       string // part of a note; empty for none
	}{
		{"png", "PNG", 60, 30, ""},
		{"jpeg", "JPEG", 60, 30, ""},
		{"gif", "GIF", 60, 30, "GIF is converted"},
		{"bmp", "BMP", 60, 30, "BMP is converted"},
		{"tiff", "TIFF", 60, 30, "TIFF is converted"},
		{"webp", "WebP", 48, 32, "WebP is converted"},
		{"lossy webp", "WebP", 48, 32, "WebP is converted"},
		{"turned webp", "WebP", 32, 48, "WebP is converted"},
		{"animated webp", "WebP", 48, 32, "first picture"},
		{"animated webp, alpha", "WebP", 48, 32, "first picture"},
		{"lzw tiff", "TIFF", 48, 32, "TIFF is converted"},
		{"16 bit tiff", "TIFF", 48, 32, "TIFF is converted"},
		{"cmyk tiff", "TIFF", 48, 32, "TIFF is converted"},
		{"profile tiff", "TIFF", 60, 30, "TIFF is converted"},
		{"turned tiff", "TIFF", 30, 60, "TIFF is converted"},
		{"apng", "PNG", 60, 30, "first picture"},
		{"16 bit grey", "PNG", 9, 7, ""},
		{"alpha bmp", "BMP", 9, 7, "BMP is converted"},
		{"progressive", "JPEG", 48, 32, ""},
		{"cmyk photo", "JPEG", 48, 32, ""},
		{"small first picture", "GIF", 40, 20, "first picture"},
		{"two pictures once", "GIF", 40, 20, "first picture"},
		{"one picture for ever", "GIF", 40, 20, "GIF is converted"},
		{"animated", "GIF", 40, 20, "first picture"},
		{"interlaced", "PNG", 60, 30, ""},
		{"cmyk", "JPEG", 8, 8, ""},
		{"grey", "JPEG", 9, 7, ""},
		{"16 bit", "PNG", 9, 7, ""},
		{"palette", "PNG", 9, 7, ""},
		{"one pixel", "PNG", 1, 1, ""},
		{"tall", "PNG", 1, 20_000, ""},
		{"profile", "PNG", 60, 30, ""},
		{"jpeg profile", "JPEG", 60, 30, ""},
		{"srgb", "PNG", 60, 30, ""},
		{"damaged exif", "JPEG", 60, 30, ""},
		{"turned 3", "JPEG", 60, 30, ""},
		{"turned 6", "JPEG", 30, 60, ""},
		{"png exif", "PNG", 30, 60, ""},
	}
	for _, test := range tests {
		picture, err := Open(t.Context(), files[test.file])
		if err != nil {
			t.Errorf("%s: %v", test.file, err)
			continue
		}
		got := picture.Source()
		if got.Kind != test.kind || got.Width != test.w || got.Height != test.h || got.Bytes != len(files[test.file]) {
			t.Errorf("%s: %+v", test.file, got)
		}
		if test.note == "" && len(got.Notes) != 0 || test.note != "" && !strings.Contains(strings.Join(got.Notes, " "), test.note) {
			t.Errorf("%s: notes %q", test.file, got.Notes)
		}
		facts, err := Facts(files[test.file])
		if err != nil || facts.Kind != got.Kind || facts.Width != got.Width || facts.Height != got.Height {
			t.Errorf("%s: facts %+v, %v", test.file, facts, err)
		}
		if _, err := picture.Preview(200, 100); err != nil {
			t.Errorf("%s: preview: %v", test.file, err)
		}
	}
}

func TestOpenRefusals(t *testing.T) {
	files := corpus(t)
	files["large"] = make([]byte, MaxFile+1)
	tests := map[string]string{
		"empty": "The file is empty", "text": "not a picture", "svg": "SVG", "pdf": "PDF", "heic": "HEIC",
		"psd": "Photoshop", "ico": "icon", "no pixels": "is empty",
		"truncated png": "damaged", "truncated jpeg": "damaged", "truncated progressive": "damaged", "truncated gif": "damaged",
		"truncated bmp": "damaged", "truncated tiff": "damaged", "truncated webp": "damaged", "truncated lossy webp": "damaged",
		"truncated animated webp": "damaged",
		"bomb":                    "too many pixels", "header only": "damaged", "large": "64 MiB",
		"thin": "65,535", "flat": "65,535", "flat tiff": "65,535",
	}
	for name, words := range tests {
		_, err := Open(t.Context(), files[name])
		if domain.CodeOf(err) != domain.CodeInvalidInput || !strings.Contains(err.Error(), words) {
			t.Errorf("%s: %v; want %q", name, err, words)
		}
	}
	for _, name := range []string{"empty", "svg", "bomb", "thin", "flat", "no pixels"} {
		if _, err := Facts(files[name]); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("facts of %s: %v", name, err)
		}
	}
}

// TestOpenEnds shows that a decoder is stopped, and that the next picture gets its turn.
func TestOpenEnds(t *testing.T) {
	data := encoded(t, "png", noisy(800, 400))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, data); domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("a cancelled one: %v", err)
	}
	kind, ok := formatOf(data)
	if !ok {
		t.Fatal("a PNG is not known")
	}
	if _, err := decode(ctx, kind, data); err == nil {
		t.Error("the decoder went on to the end")
	}
	decoding <- struct{}{} // another picture is being decoded
	waiting, stop := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := Open(waiting, data)
		done <- err
	}()
	stop()
	if err := <-done; domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("one that waited: %v", err)
	}
	<-decoding
	if _, err := Open(t.Context(), data); err != nil {
		t.Errorf("the next one: %v", err)
	}
}

// TestTurn shows one picture in all eight orientations of EXIF, each upright.
func TestTurn(t *testing.T) {
	// Red in the upper left, green in the upper right.
	uprightAs := func(orientation int) *image.NRGBA {
		m := filled(image.NewNRGBA(image.Rect(0, 0, 64, 32)), color.White)
		paint := func(x0, x1 int, c color.Color) {
			for y := range 16 {
				for x := x0; x < x1; x++ {
					m.Set(x, y, c)
				}
			}
		}
		paint(0, 16, color.NRGBA{220, 0, 0, 255})
		paint(48, 64, color.NRGBA{0, 200, 0, 255})
		// Turning back is turning with the inverse; only 6 and 8 are not their own.
		inverse := [9]int{0, 1, 2, 3, 4, 5, 8, 7, 6}[orientation]
		return turn(m, inverse)
	}
	for orientation := 1; orientation <= 8; orientation++ {
		stored := uprightAs(orientation)
		file := withSegment(saved(t, "jpeg95", stored), 0xE1, append([]byte("Exif\x00\x00"), exif(byte(orientation))...))
		picture, err := Open(t.Context(), file)
		if err != nil {
			t.Fatal(err)
		}
		got, err := picture.Prepare(t.Context(), domain.LogoRecipe{Shape: domain.LogoShapeKeep, Background: domain.LogoWhite})
		if err != nil {
			t.Fatal(err)
		}
		m := decodedPNG(t, got.File.Bytes)
		// 64 by 32 in the middle of 400 by 400.
		left, right := m.NRGBAAt(168+5, 184+5), m.NRGBAAt(168+58, 184+5)
		if left.R < 180 || left.G > 60 || right.G < 160 || right.R > 60 {
			t.Errorf("orientation %d: %v and %v", orientation, left, right)
		}
		turned := slices.ContainsFunc(got.Steps, func(s domain.LogoStep) bool { return s.Code == "turn" })
		if turned != (orientation > 1) {
			t.Errorf("orientation %d: steps %v", orientation, got.Steps)
		}
		if bytes.Contains(got.File.Bytes, []byte("Exif")) {
			t.Errorf("orientation %d: what the camera noted is still there", orientation)
		}
	}
}
