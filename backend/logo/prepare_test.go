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

var (
	wide   = domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoTransparent, Crop: true, Tolerance: 8}
	onPage = domain.LogoRecipe{Shape: domain.LogoShapeMedium, Background: domain.LogoWhite, Crop: true, Tolerance: 8, Padding: 10}
	asIs   = domain.LogoRecipe{Shape: domain.LogoShapeKeep, Background: domain.LogoTransparent}
)

func opened(tb testing.TB, data []byte) *Picture {
	tb.Helper()
	p, err := Open(tb.Context(), data)
	if err != nil {
		tb.Fatal(err)
	}
	return p
}

func prepared(tb testing.TB, data []byte, recipe domain.LogoRecipe) domain.PreparedLogo {
	tb.Helper()
	got, err := opened(tb, data).Prepare(tb.Context(), recipe)
	if err != nil {
		tb.Fatal(err)
	}
	return got
}

func codes(got domain.PreparedLogo) string {
	var list []string
	for _, s := range got.Steps {
		list = append(list, s.Code)
	}
	return strings.Join(list, " ")
}

func TestPrepareSizes(t *testing.T) {
	with := func(shape domain.LogoShape, padding int) domain.LogoRecipe {
		return domain.LogoRecipe{Shape: shape, Background: domain.LogoTransparent, Padding: padding}
	}
	tests := []struct {
		w, h         int
		recipe       domain.LogoRecipe
		wantW, wantH int
		enlarged     float64
	}{
		{2400, 800, with(domain.LogoShapeWide, 0), 1200, 400, 1},
		{600, 200, with(domain.LogoShapeWide, 0), 1200, 400, 2},
		{100, 100, with(domain.LogoShapeWide, 25), 1200, 400, 2},
		{3000, 10, with(domain.LogoShapeMedium, 0), 800, 400, 1},
		{1, 20_000, with(domain.LogoShapeWide, 25), 1200, 400, 1},
		{1, 1, with(domain.LogoShapeWide, 0), 1200, 400, 400},
		{300, 500, with(domain.LogoShapeKeep, 0), 400, 500, 1},
		{500, 500, with(domain.LogoShapeKeep, 10), 625, 625, 1},
		{1, 1, with(domain.LogoShapeKeep, 0), 400, 400, 1},
		{5000, 2500, with(domain.LogoShapeKeep, 0), 1200, 600, 1},
		{20_000, 1, with(domain.LogoShapeKeep, 25), 1200, 400, 1},
	}
	for _, test := range tests {
		got := prepared(t, encoded(t, "png", image.NewGray(image.Rect(0, 0, test.w, test.h))), test.recipe) // black
		m := decodedPNG(t, got.File.Bytes)
		if m.Rect.Dx() != test.wantW || m.Rect.Dy() != test.wantH || got.Width != test.wantW || got.Height != test.wantH {
			t.Errorf("%d by %d: %v, told %d by %d; want %d by %d", test.w, test.h, m.Rect, got.Width, got.Height, test.wantW, test.wantH)
		}
		if got.Enlarged != test.enlarged {
			t.Errorf("%d by %d: enlarged %v, want %v", test.w, test.h, got.Enlarged, test.enlarged)
		}
		if warned := strings.Contains(strings.Join(got.Warnings, " "), "times larger"); warned != (test.enlarged > 1) {
			t.Errorf("%d by %d: warnings %q", test.w, test.h, got.Warnings)
		}
		for _, rule := range got.Rules {
			if !rule.Met && rule.Code != "background" {
				t.Errorf("%d by %d: %+v", test.w, test.h, rule)
			}
		}
	}
}

// TestPrepareCrop tells what counts as empty.
func TestPrepareCrop(t *testing.T) {
	ink := filled(image.NewNRGBA(image.Rect(0, 0, 500, 500)), color.Black)
	grey := onGround(ink, 40, color.NRGBA{240, 240, 240, 255})
	with := func(tolerance int) domain.LogoRecipe {
		return domain.LogoRecipe{Shape: domain.LogoShapeKeep, Background: domain.LogoTransparent, Crop: true, Tolerance: tolerance}
	}
	tests := []struct {
		name    string
		picture image.Image
		recipe  domain.LogoRecipe
		side    int
	}{
		{"white", onGround(ink, 40, color.White), with(0), 500},
		{"transparent", onGround(ink, 40, color.Transparent), with(0), 500},
		{"nearly white", onGround(ink, 40, color.NRGBA{250, 250, 250, 255}), with(8), 500},
		{"nearly white, no tolerance", onGround(ink, 40, color.NRGBA{250, 250, 250, 255}), with(0), 580},
		{"grey is no empty space", onGround(grey, 40, color.White), with(8), 580},
		{"grey is, with tolerance", onGround(grey, 40, color.White), with(20), 500},
		{"coloured", onGround(ink, 40, color.NRGBA{0, 0, 200, 255}), with(64), 580},
		{"white on transparent stays", onGround(onGround(ink, 50, color.White), 40, color.Transparent), with(8), 600},
		{"nothing in it", filled(image.NewNRGBA(image.Rect(0, 0, 450, 450)), color.White), with(8), 450},
		{"not asked for", onGround(ink, 40, color.White), asIs, 580},
	}
	for _, test := range tests {
		got := prepared(t, encoded(t, "png", test.picture), test.recipe)
		if got.Width != test.side || got.Height != test.side {
			t.Errorf("%s: %d by %d, want %d", test.name, got.Width, got.Height, test.side)
		}
	}
}

// TestFewerBytes walks the ways to few bytes, at a fraction of the real bound:
// noise of a logo's size takes seconds.
func TestFewerBytes(t *testing.T) {
	picture := noisy(200, 100)
	tests := []struct {
		most       int
		code, kind string
	}{
		{100_000, "", pngType},
		{40_000, "palette", pngType},
		{15_000, "jpeg", jpegType},
	}
	for _, test := range tests {
		r := &report{}
		got, err := encodeLogo(picture, test.most, r)
		if err != nil || got.MediaType != test.kind || len(got.Bytes) > test.most || codes(domain.PreparedLogo{Steps: r.steps}) != test.code {
			t.Errorf("%d: %s, %v, %d bytes, %v", test.most, got.MediaType, r.steps, len(got.Bytes), err)
		}
		again, err := encodeLogo(picture, test.most, &report{})
		if err != nil || !bytes.Equal(again.Bytes, got.Bytes) {
			t.Errorf("%d: another result the second time, %v", test.most, err)
		}
		if _, err := opened(t, got.Bytes).Preview(10, 10); err != nil {
			t.Error(err)
		}
	}
	if _, err := encodeLogo(picture, 100, &report{}); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("in 100 bytes: %v", err)
	}
	got := prepared(t, encoded(t, "png", noisy(800, 400)), asIs)
	if !strings.Contains(codes(got), "palette") || len(got.File.Bytes) > MaxLogo {
		t.Errorf("the real bound: %s, %d bytes", codes(got), len(got.File.Bytes))
	}
}

func TestPrepareRefusals(t *testing.T) {
	p := opened(t, encoded(t, "png", drawn(20, 20)))
	good := domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoWhite}
	for name, change := range map[string]func(*domain.LogoRecipe){
		"shape":      func(r *domain.LogoRecipe) { r.Shape = "9x9" },
		"background": func(r *domain.LogoRecipe) { r.Background = "red" },
		"tolerance":  func(r *domain.LogoRecipe) { r.Tolerance = domain.MaxLogoTolerance + 1 },
		"less":       func(r *domain.LogoRecipe) { r.Tolerance = -1 },
		"padding":    func(r *domain.LogoRecipe) { r.Padding = domain.MaxLogoPadding + 1 },
	} {
		recipe := good
		change(&recipe)
		if _, err := p.Prepare(t.Context(), recipe); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := p.Prepare(ctx, good); domain.CodeOf(err) != domain.CodeCanceled {
		t.Errorf("cancelled: %v", err)
	}
}

// TestWarnings names what a person should look at before setting a logo.
func TestWarnings(t *testing.T) {
	ghost := encoded(t, "png", onGround(filled(image.NewNRGBA(image.Rect(0, 0, 600, 300)), color.White), 20, color.Transparent))
	boxed := encoded(t, "png", filled(image.NewNRGBA(image.Rect(0, 0, 600, 300)), color.NRGBA{0, 0, 90, 255}))
	tests := []struct {
		name, words string
		got         domain.PreparedLogo
	}{
		{"white on white", "Nothing of it can be seen", prepared(t, ghost, onPage)},
		{"a box", "neither transparent nor white", prepared(t, boxed, asIs)},
	}
	for _, test := range tests {
		if !slices.ContainsFunc(test.got.Warnings, func(w string) bool { return strings.Contains(w, test.words) }) {
			t.Errorf("%s: %q", test.name, test.got.Warnings)
		}
	}
	if rule := tests[1].got.Rules[3]; rule.Met || rule.Code != "background" {
		t.Errorf("%+v", rule)
	}
	if got := prepared(t, ghost, wide); len(got.Warnings) != 0 && !strings.Contains(got.Warnings[0], "larger") {
		t.Errorf("white on transparent: %q", got.Warnings)
	}
}
