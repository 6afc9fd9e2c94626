package logo

import (
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// report collects what was done to a picture, and what to look at.
type report struct {
	steps    []domain.LogoStep
	warnings []string
}

func (r *report) step(code, format string, values ...any) {
	r.steps = append(r.steps, domain.LogoStep{Code: code, Text: fmt.Sprintf(format, values...)})
}

func (r *report) warn(format string, values ...any) {
	r.warnings = append(r.warnings, fmt.Sprintf(format, values...))
}

// notesOn says what a person would not expect of a picture, whatever is made of it.
func notesOn(p *Picture) []string {
	notes := []string{}
	if p.kind != "PNG" && p.kind != "JPEG" {
		notes = append(notes, p.kind+" is converted: JumpCloud takes PNG and JPEG only.")
	}
	if p.meta.animated {
		notes = append(notes, "It is animated: its first picture is used.")
	}
	return notes
}

// explainSource tells of what became of the file itself.
func (p *Picture) explainSource(r *report) {
	if p.kind != "PNG" && p.kind != "JPEG" {
		r.step("convert", "It was converted from %s, because JumpCloud takes PNG and JPEG only.", p.kind)
	}
	if p.meta.orientation > 1 {
		r.step("turn", "It was turned upright, as the camera that took it noted.")
	}
	if p.meta.profile {
		r.step("profile", "Its colour profile was dropped: its colours may look a little different.")
	}
	switch p.pixels.(type) {
	case *image.CMYK:
		r.step("cmyk", "It is made for print (CMYK): its colours were converted, and may look a little different.")
	case *image.NRGBA64, *image.RGBA64, *image.Gray16:
		r.step("depth", "Its 16 bits a channel became 8.")
	}
	if p.meta.more {
		r.step("strip", "What the file said besides the picture (camera, place, programs) was removed.")
	}
}

// explainSize tells of the crop and of the new size; part and whole are upright.
func (r *report) explainSize(part, whole image.Point, to plan) {
	if part != whole {
		r.step("crop", "The empty space around it was cut off: %s of %s are left.", pixelsText(part.X, part.Y), pixelsText(whole.X, whole.Y))
	}
	from, size := pixelsText(part.X, part.Y), pixelsText(to.w, to.h)
	switch {
	case to.w < part.X || to.h < part.Y:
		r.step("shrink", "It was made smaller, from %s to %s.", from, size)
	case to.w > part.X || to.h > part.Y:
		r.step("enlarge", "It was made %s larger, from %s to %s.", factorText(to.scale), from, size)
		r.warn("It was made %s larger and may look blurred. A picture of at least %s would not be.", factorText(to.scale), size)
	}
}

// factorText says by how much something was enlarged: "4 percent", "2.5 times".
func factorText(scale float64) string {
	const percentBelow = 1.95
	if scale < percentBelow {
		return strconv.Itoa(max(1, int(math.Round(100*(scale-1))))) + " percent"
	}
	return strings.TrimSuffix(strconv.FormatFloat(scale, 'f', 1, 64), ".0") + " times"
}

func (r *report) explainSpace(to plan, background string) {
	if to.w < to.width || to.h < to.height {
		r.step("pad", "It was put in the middle of %s on a %s background.", pixelsText(to.width, to.height), background)
	}
}

// explainWhite tells of what was transparent and is white now, and of what is
// white altogether.
func (r *report) explainWhite(picture, canvas *image.NRGBA) {
	if !picture.Opaque() {
		r.step("flatten", "What was transparent became white.")
	}
	for at := 0; at+4 <= len(canvas.Pix); at += 4 {
		if !groundWhite.empty(canvas.Pix[at:at+4], groundTolerance) {
			return
		}
	}
	r.warn("Nothing of it can be seen on white. Choose the transparent background.")
}

// explainGround warns of a logo whose background is not as asked for.
func (r *report) explainGround(g ground) {
	if g == groundOther {
		r.warn("Its background is neither transparent nor white, as JumpCloud asks. It may look like a box on the page.")
	}
}

// rulesOf holds a logo against JumpCloud's help page.
func rulesOf(file domain.LogoFile, w, h int, g ground) []domain.LogoRule {
	kind := "PNG"
	if file.MediaType == jpegType {
		kind = "JPEG"
	}
	background := map[ground]string{
		groundTransparent: "The background is transparent", groundWhite: "The background is white",
		groundOther: "The background is neither transparent nor white",
	}[g]
	return []domain.LogoRule{
		{Code: "type", Met: true, Text: kind + ", one of the two types JumpCloud takes"},
		{Code: "bytes", Met: len(file.Bytes) <= MaxLogo, Text: bytesText(len(file.Bytes)) + " of at most " + bytesText(MaxLogo)},
		{Code: "pixels", Met: w >= leastSide && h >= leastSide, Text: pixelsText(w, h) + ", at least " + pixelsText(leastSide, leastSide)},
		{Code: "background", Met: g != groundOther, Text: background},
	}
}

// fits reports whether the file could be sent as it is in a shape. What is made
// for print could not: not everything that shows a logo knows its colours. A
// picture that keeps its shape may have any size that can be looked at again.
func (p *Picture) fits(shape domain.LogoShape) bool {
	w, h := p.size()
	sized := map[domain.LogoShape]bool{
		domain.LogoShapeWide: w == 1200 && h == 400, domain.LogoShapeMedium: w == 800 && h == 400,
		domain.LogoShapeKeep: min(w, h) >= leastSide,
	}
	_, forPrint := p.pixels.(*image.CMYK)
	return sized[shape] && (p.kind == "PNG" || p.kind == "JPEG") && len(p.data) <= MaxLogo && p.servable &&
		p.meta.orientation == 1 && !p.meta.animated && !forPrint
}

// stands reports whether the picture's own ground is one that was asked for:
// both of the two that JumpCloud takes will do, unless white was chosen.
func (p *Picture) stands(g ground, background domain.LogoBackground) bool {
	if background == domain.LogoWhite {
		return g == groundWhite && opaque(p.pixels)
	}
	return g != groundOther
}

// opaque reports whether nothing of a picture is transparent.
func opaque(picture image.Image) bool {
	known, ok := picture.(interface{ Opaque() bool })
	return ok && known.Opaque()
}

// untouched gives the file as it came in.
func (p *Picture) untouched(g ground) domain.PreparedLogo {
	file := domain.LogoFile{MediaType: pngType, Bytes: p.data}
	if p.kind == "JPEG" {
		file.MediaType = jpegType
	}
	r := &report{}
	r.step("untouched", "It meets every rule and is used as it is, byte for byte.")
	switch {
	case p.meta.profile && p.meta.more:
		r.step("kept", "Its colour profile, and what the file says besides the picture (camera, place, programs), stay in it.")
	case p.meta.profile:
		r.step("kept", "Its colour profile stays in it.")
	case p.meta.more:
		r.step("kept", "What the file says besides the picture (camera, place, programs) stays in it.")
	}
	w, h := p.size()
	return domain.PreparedLogo{
		File: file, Width: w, Height: h, Untouched: true, Enlarged: 1, Steps: r.steps, Warnings: r.warnings, Rules: rulesOf(file, w, h, g),
	}
}

func pixelsText(w, h int) string { return fmt.Sprintf("%d × %d pixels", w, h) }

// bytesText writes a number of bytes with its thousands apart.
func bytesText(n int) string {
	digits := strconv.Itoa(n)
	var out strings.Builder
	for i, digit := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(digit)
	}
	return out.String() + " bytes"
}
