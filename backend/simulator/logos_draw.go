package simulator

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"strings"
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// typefaces is the parsed font, kept because parsing takes longer than drawing.
type typefaces struct {
	font *sfnt.Font
	buf  sfnt.Buffer
}

func loadTypefaces() *typefaces {
	f, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return &typefaces{} // marks are then drawn without letters
	}
	return &typefaces{font: f}
}

// shades is how many steps a colour has between the background and itself; the
// pictures are paletted because that is many times faster to encode.
const shades = 32

// canvas draws coverage of a few inks on a background.
type canvas struct {
	pic   *image.Paletted
	faces *typefaces
}

func logoColors() []color.NRGBA {
	return []color.NRGBA{
		{0x26, 0x46, 0x6d, 255}, {0x7a, 0x3a, 0x2e, 255}, {0x2c, 0x6b, 0x3a, 255}, {0x5a, 0x3d, 0x7e, 255},
		{0xa0, 0x62, 0x1c, 255}, {0x0f, 0x5c, 0x74, 255}, {0x8a, 0x27, 0x48, 255}, {0x3d, 0x4f, 0x63, 255},
		{0x1f, 0x6f, 0x5c, 255}, {0xb0, 0x3a, 0x2a, 255}, {0x34, 0x49, 0xa8, 255}, {0x58, 0x5c, 0x1e, 255},
	}
}

// drawLogo draws the logo of an organization: a mark with initials, with or
// without the name beside it, on white or on nothing.
func drawLogo(faces *typefaces, h uint64, name string) upload {
	d := roll(h, forLogo)
	colors := logoColors()
	ink := colors[d.below(len(colors))]
	wide, shape := d.below(10), d.below(5)
	seeThrough := d.chance(45)
	asJPEG := !seeThrough && d.chance(50)
	w, ht := 400, 400
	switch {
	case wide >= 8 && !asJPEG:
		w = 1200
	case wide >= 5:
		w = 800
	}
	c := newCanvas(faces, w, ht, ink, seeThrough)
	short := initials(faces, name)
	word := firstWord(faces, name)
	if w == 400 || word == "" {
		c.mark(float64(w)/2, 200, 190, shape, short)
	} else {
		c.mark(200, 200, 150, shape, short)
		c.wordmark(word, 390, w-30)
	}
	return c.encode(asJPEG)
}

func newCanvas(faces *typefaces, w, h int, ink color.NRGBA, seeThrough bool) *canvas {
	paper := color.NRGBA{255, 255, 255, 255}
	palette := make(color.Palette, 0, 2*shades)
	for i := range shades {
		k := float64(i) / (shades - 1)
		if seeThrough {
			palette = append(palette, color.NRGBA{ink.R, ink.G, ink.B, uint8(k * 255)})
			continue
		}
		palette = append(palette, blend(paper, ink, k))
	}
	for i := range shades {
		palette = append(palette, blend(ink, paper, float64(i)/(shades-1)))
	}
	r := image.Rect(0, 0, w, h)
	return &canvas{pic: image.NewPaletted(r, palette), faces: faces}
}

func blend(from, to color.NRGBA, k float64) color.NRGBA {
	mixed := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*k)) }
	return color.NRGBA{mixed(from.R, to.R), mixed(from.G, to.G), mixed(from.B, to.B), 255}
}

// fill rasterises a path inside bounds and paints it: ink on the background, or
// the paper's colour on ink.
func (c *canvas) fill(bounds image.Rectangle, onInk bool, trace func(*vector.Rasterizer, float32, float32)) {
	bounds = bounds.Intersect(c.pic.Rect)
	if bounds.Empty() {
		return
	}
	z := vector.NewRasterizer(bounds.Dx(), bounds.Dy())
	trace(z, float32(bounds.Min.X), float32(bounds.Min.Y))
	mask := image.NewAlpha(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	z.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	for y := range bounds.Dy() {
		from := mask.Pix[y*mask.Stride : y*mask.Stride+bounds.Dx()]
		to := c.pic.Pix[(bounds.Min.Y+y)*c.pic.Stride+bounds.Min.X:]
		for x, cover := range from {
			step := uint8(int(cover) * (shades - 1) / 255) //nolint:gosec // below shades
			if step == 0 {
				continue
			}
			if onInk {
				to[x] = shades + step
			} else {
				to[x] = step
			}
		}
	}
}

// mark draws one of five shapes around a point, with letters on it.
func (c *canvas) mark(cx, cy, r float64, shape int, letters string) {
	box := image.Rect(int(cx-r)-1, int(cy-r)-1, int(cx+r)+2, int(cy+r)+2)
	c.fill(box, false, func(z *vector.Rasterizer, ox, oy float32) {
		corners, round := []float64{4, 6, 8, 64, 4}[shape], shape == 0
		turn := []float64{math.Pi / 4, 0, math.Pi / 8, 0, 0}[shape]
		reach := r
		if round {
			reach = r * 1.3
		}
		for i := range int(corners) {
			a := turn + 2*math.Pi*float64(i)/corners
			x, y := cx+reach*math.Cos(a), cy+reach*math.Sin(a)
			x, y = min(max(x, cx-r), cx+r), min(max(y, cy-r), cy+r)
			if i == 0 {
				z.MoveTo(float32(x)-ox, float32(y)-oy)
			} else {
				z.LineTo(float32(x)-ox, float32(y)-oy)
			}
		}
		z.ClosePath()
	})
	size := r * 0.95
	if len(letters) == 0 {
		c.ring(cx, cy, r*0.5)
		return
	}
	if shape == 4 {
		size = r * 0.7 // a diamond has less room
	}
	wide := c.measure(letters, size)
	if wide > r*1.5 {
		size *= r * 1.5 / wide
		wide = r * 1.5
	}
	c.text(letters, cx-wide/2, cy+size*0.36, size, true)
}

// ring stands for letters the font does not have.
func (c *canvas) ring(cx, cy, r float64) {
	box := image.Rect(int(cx-r)-1, int(cy-r)-1, int(cx+r)+2, int(cy+r)+2)
	c.fill(box, true, func(z *vector.Rasterizer, ox, oy float32) {
		const corners = 48
		for _, reach := range []float64{r, -r * 0.55} {
			for i := range corners {
				a := 2 * math.Pi * float64(i) / corners
				x, y := float32(cx+math.Abs(reach)*math.Cos(a))-ox, float32(cy+reach*math.Sin(a))-oy
				if i == 0 {
					z.MoveTo(x, y)
				} else {
					z.LineTo(x, y)
				}
			}
			z.ClosePath()
		}
	})
}

// wordmark writes a word from left to at most right.
func (c *canvas) wordmark(word string, left, right int) {
	size := 150.0
	wide := c.measure(word, size)
	if room := float64(right - left); wide > room {
		size *= room / wide
	}
	c.text(word, float64(left), 200+size*0.36, size, false)
}

func (c *canvas) measure(text string, size float64) float64 {
	var sum fixed.Int26_6
	for _, r := range text {
		g, err := c.faces.font.GlyphIndex(&c.faces.buf, r)
		if err != nil {
			continue
		}
		if w, err := c.faces.font.GlyphAdvance(&c.faces.buf, g, fixed.Int26_6(size*64), font.HintingNone); err == nil {
			sum += w
		}
	}
	return float64(sum) / 64
}

func (c *canvas) text(text string, x, baseline, size float64, onInk bool) {
	for _, r := range text {
		g, err := c.faces.font.GlyphIndex(&c.faces.buf, r)
		if err != nil {
			continue
		}
		ppem := fixed.Int26_6(size * 64)
		segments, err := c.faces.font.LoadGlyph(&c.faces.buf, g, ppem, nil)
		if err != nil {
			continue
		}
		box := image.Rect(int(x-size*0.2), int(baseline-size*1.1), int(x+size*1.3), int(baseline+size*0.4))
		c.fill(box, onInk, func(z *vector.Rasterizer, ox, oy float32) {
			trace(z, segments, float32(x)-ox, float32(baseline)-oy)
		})
		if w, err := c.faces.font.GlyphAdvance(&c.faces.buf, g, ppem, font.HintingNone); err == nil {
			x += float64(w) / 64
		}
	}
}

func trace(z *vector.Rasterizer, segments sfnt.Segments, dx, dy float32) {
	at := func(p fixed.Point26_6) (float32, float32) { return float32(p.X)/64 + dx, float32(p.Y)/64 + dy }
	for _, s := range segments {
		ax, ay := at(s.Args[0])
		bx, by := at(s.Args[1])
		ex, ey := at(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			z.MoveTo(ax, ay)
		case sfnt.SegmentOpLineTo:
			z.LineTo(ax, ay)
		case sfnt.SegmentOpQuadTo:
			z.QuadTo(ax, ay, bx, by)
		case sfnt.SegmentOpCubeTo:
			z.CubeTo(ax, ay, bx, by, ex, ey)
		}
	}
	z.ClosePath()
}

// opaque gives the picture in the form that the JPEG encoder is quick with.
func (c *canvas) opaque() *image.RGBA {
	var table [2 * shades][4]uint8
	for i, entry := range c.pic.Palette {
		r, g, b, _ := entry.RGBA()
		table[i] = [4]uint8{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255} //nolint:gosec // 16 bits to 8
	}
	out := image.NewRGBA(c.pic.Rect)
	for i, p := range c.pic.Pix {
		copy(out.Pix[4*i:4*i+4], table[p][:])
	}
	return out
}

func (c *canvas) encode(asJPEG bool) upload {
	var out bytes.Buffer
	if asJPEG {
		if err := jpeg.Encode(&out, c.opaque(), &jpeg.Options{Quality: 88}); err != nil {
			return upload{}
		}
		return upload{contentType: "image/jpeg", bytes: out.Bytes()}
	}
	e := png.Encoder{CompressionLevel: png.BestSpeed}
	if err := e.Encode(&out, c.pic); err != nil {
		return upload{}
	}
	return upload{contentType: "image/png", bytes: out.Bytes()}
}

// initials gives up to two letters the font can draw.
func initials(faces *typefaces, name string) string {
	var out []rune
	for _, word := range strings.Fields(name) {
		r := []rune(word)[0]
		if unicode.IsLetter(r) && faces.has(r) && !strings.EqualFold(word, "the") {
			out = append(out, unicode.ToUpper(r))
		}
		if len(out) == 2 {
			break
		}
	}
	return string(out)
}

// firstWord gives the word of a wordmark, or nothing when it cannot be drawn.
func firstWord(faces *typefaces, name string) string {
	for _, word := range strings.Fields(name) {
		if strings.EqualFold(word, "the") || len(word) > 16 {
			continue
		}
		for _, r := range word {
			if !unicode.IsLetter(r) || !faces.has(r) {
				return ""
			}
		}
		return strings.ToUpper(word)
	}
	return ""
}

func (t *typefaces) has(r rune) bool {
	if t.font == nil {
		return false
	}
	g, err := t.font.GlyphIndex(&t.buf, r)
	return err == nil && g != 0
}
