package logo

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// filled is a picture of one colour, of any kind that can be drawn on.
func filled[T interface {
	image.Image
	Set(x, y int, c color.Color)
}](m T, c color.Color) T {
	b := m.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			m.Set(x, y, c)
		}
	}
	return m
}

// pngHeader is a PNG that claims a size and holds nothing.
func pngHeader(w, h uint32, depth, kind byte) []byte {
	chunk := append([]byte("IHDR"), 0, 0, 0, 0, 0, 0, 0, 0, depth, kind, 0, 0, 0)
	binary.BigEndian.PutUint32(chunk[4:], w)
	binary.BigEndian.PutUint32(chunk[8:], h)
	out := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	out = append(out, chunk...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
}

// cmykJPEG is a JPEG of 8 by 8 pixels in four channels, white: the header of a
// drawn one with other tables would say nothing more.
func cmykJPEG(tb testing.TB) []byte {
	tb.Helper()
	grey := encoded(tb, "jpeg", filled(image.NewGray(image.Rect(0, 0, 8, 8)), color.White))
	sof := bytes.Index(grey, []byte{0xFF, 0xC0})
	sos := bytes.Index(grey, []byte{0xFF, 0xDA})
	if sof < 0 || sos < 0 {
		tb.Fatal("no headers in a JPEG")
	}
	sofLength := int(binary.BigEndian.Uint16(grey[sof+2:]))
	sosLength := int(binary.BigEndian.Uint16(grey[sos+2:]))
	frame := []byte{0xFF, 0xC0, 0, 8 + 3*4, 8, 0, 8, 0, 8, 4}
	scan := []byte{0xFF, 0xDA, 0, 6 + 2*4, 4}
	for channel := range byte(4) {
		frame = append(frame, channel+1, 0x11, 0)
		scan = append(scan, channel+1, 0)
	}
	// Who wrote it must be said, or the channels mean nothing; 0 is "not transformed".
	adobe := append([]byte{0xFF, 0xEE, 0, 14}, "Adobe\x00\x64\x00\x00\x00\x00\x00"...)
	out := append(bytes.Clone(grey[:2]), adobe...)
	out = append(out, grey[2:sof]...)
	out = append(out, frame...)
	out = append(out, grey[sof+2+sofLength:sos]...)
	out = append(out, scan...)
	out = append(out, 0, 63, 0)
	// One block a channel; what one needs is repeated, padded with ones.
	entropy := grey[sos+2+sosLength : len(grey)-2]
	out = append(out, bytes.Repeat(entropy, 4)...)
	return append(out, 0xFF, 0xD9)
}

func TestThumbnailSizes(t *testing.T) {
	tests := []struct{ w, h, maxW, maxH, wantW, wantH int }{
		{1200, 400, 456, 152, 456, 152},
		{400, 400, 456, 152, 152, 152},
		{1000, 100, 456, 152, 456, 46},
		{100, 1000, 456, 152, 15, 152},
		{456, 152, 456, 152, 456, 152},
		{457, 152, 456, 152, 456, 152},
		{30, 20, 456, 152, 30, 20}, // never enlarged
		{1, 1, 456, 152, 1, 1},
		{1, 20_000, 456, 152, 1, 152},
		{20_000, 1, 456, 152, 456, 1},
		{3, 5, 1, 1, 1, 1},
	}
	for _, test := range tests {
		got, err := Thumbnail(encoded(t, "png", drawn(test.w, test.h)), test.maxW, test.maxH)
		if err != nil || got.Width != test.wantW || got.Height != test.wantH {
			t.Errorf("%d by %d: %d by %d, %v; want %d by %d", test.w, test.h, got.Width, got.Height, err, test.wantW, test.wantH)
		}
	}
	if _, err := Thumbnail(encoded(t, "png", drawn(2, 2)), 0, 10); domain.CodeOf(err) != domain.CodeInternal {
		t.Errorf("a box without room: %v", err)
	}
}

// TestThumbnailColours puts one colour through every kind of picture.
func TestThumbnailColours(t *testing.T) {
	box := image.Rect(0, 0, 120, 40)
	blue := color.NRGBA{30, 90, 200, 255}
	glass := color.NRGBA{200, 40, 40, 128}
	palette := color.Palette{color.Transparent, blue, glass}
	tests := []struct {
		name, kind string
		picture    image.Image
		want       color.NRGBA
		tolerance  int
	}{
		{"8 bit", "png", filled(image.NewNRGBA(box), blue), blue, 0},
		{"alpha", "png", filled(image.NewNRGBA(box), glass), glass, 1},
		{"premultiplied", "png", filled(image.NewRGBA(box), glass), glass, 3},
		{"16 bit", "png", filled(image.NewNRGBA64(box), glass), glass, 1},
		{"grey", "png", filled(image.NewGray(box), color.Gray{77}), color.NRGBA{77, 77, 77, 255}, 0},
		{"16 bit grey", "png", filled(image.NewGray16(box), color.Gray16{77 << 8}), color.NRGBA{77, 77, 77, 255}, 1},
		{"palette", "png", filled(image.NewPaletted(box, palette), blue), blue, 0},
		{"palette with alpha", "png", filled(image.NewPaletted(box, palette), glass), glass, 1},
		{"transparent", "png", image.NewNRGBA(box), color.NRGBA{}, 0},
		{"away from the origin", "png", filled(image.NewNRGBA(box.Add(image.Pt(50, -70))), blue), blue, 0},
		{"JPEG", "jpeg", filled(image.NewNRGBA(box), blue), blue, 4},
		{"grey JPEG", "jpeg", filled(image.NewGray(box), color.Gray{77}), color.NRGBA{77, 77, 77, 255}, 2},
		{"GIF", "gif", filled(image.NewPaletted(box, palette), blue), blue, 0},
	}
	for _, test := range tests {
		for _, maxW := range []int{24, 90, 900} { // made smaller in two steps, in one, not at all
			got, err := Thumbnail(encoded(t, test.kind, test.picture), maxW, 300)
			if err != nil {
				t.Errorf("%s: %v", test.name, err)
				continue
			}
			checkThumbnail(t, test.name, got)
			m, err := png.Decode(bytes.NewReader(got.PNG))
			if err != nil {
				t.Fatal(err)
			}
			for _, at := range []image.Point{{0, 0}, {got.Width / 2, got.Height / 2}, {got.Width - 1, got.Height - 1}} {
				if pixel := color.NRGBAModel.Convert(m.At(at.X, at.Y)).(color.NRGBA); !near(pixel, test.want, test.tolerance) {
					t.Errorf("%s, %d wide, at %v: %v, want %v", test.name, maxW, at, pixel, test.want)
				}
			}
		}
	}
	got, err := Thumbnail(cmykJPEG(t), 100, 100)
	if err != nil || got.Width != 8 || got.Height != 8 {
		t.Errorf("four channels: %d by %d, %v", got.Width, got.Height, err)
	}
}

// near compares two colours; where nothing is to be seen they are the same.
func near(a, b color.NRGBA, tolerance int) bool {
	if a.A == 0 && b.A == 0 {
		return true
	}
	for _, pair := range [][2]uint8{{a.R, b.R}, {a.G, b.G}, {a.B, b.B}, {a.A, b.A}} {
		if d := int(pair[0]) - int(pair[1]); d > tolerance || -d > tolerance {
			return false
		}
	}
	return true
}

// checkThumbnail holds a thumbnail against what is promised of every one.
func checkThumbnail(t *testing.T, name string, got domain.Thumbnail) {
	t.Helper()
	config, err := png.DecodeConfig(bytes.NewReader(got.PNG))
	if err != nil || config.Width != got.Width || config.Height != got.Height {
		t.Errorf("%s: a PNG of %d by %d, %v; said to be %d by %d", name, config.Width, config.Height, err, got.Width, got.Height)
	}
	if sum := sha256.Sum256(got.PNG); hex.EncodeToString(sum[:]) != got.Hash {
		t.Errorf("%s: the hash is not that of the PNG", name)
	}
}

// TestThumbnailIsGolden compares a small picture, made smaller by four, with
// what averaging it by hand gives, edge and transparency too.
func TestThumbnailIsGolden(t *testing.T) {
	m := image.NewNRGBA(image.Rect(0, 0, 400, 200))
	for y := range 200 {
		for x := range 400 {
			if x < 202 { // the edge runs through a block: half of it is seen
				m.SetNRGBA(x, y, color.NRGBA{10, 200, 30, 255})
			}
		}
	}
	got, err := Thumbnail(encoded(t, "png", m), 100, 50)
	if err != nil {
		t.Fatal(err)
	}
	small, err := png.Decode(bytes.NewReader(got.PNG))
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[int]color.NRGBA{
		0: {10, 200, 30, 255}, 49: {10, 200, 30, 255}, 50: {10, 200, 30, 128}, 51: {}, 99: {},
	} {
		if pixel := color.NRGBAModel.Convert(small.At(x, 25)).(color.NRGBA); !near(pixel, want, 2) {
			t.Errorf("column %d is %v, want %v", x, pixel, want)
		}
	}
}

// TestFarSmaller makes a white picture into one pixel. Only one of more than
// sixteen million pixels in a single block could overflow its sum, which takes
// too long here: that blocks are smaller is a matter of numbers.
func TestFarSmaller(t *testing.T) {
	if largest := uint64(2*maxFactor) * uint64(2*maxFactor) * 255; largest > 1<<31 {
		t.Errorf("the sum of a block can be %d", largest)
	}
	white := image.NewGray(image.Rect(0, 0, 700, 650))
	for i := range white.Pix {
		white.Pix[i] = 255
	}
	got, err := Thumbnail(encoded(t, "png", white), 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(got.PNG))
	if err != nil || !near(color.NRGBAModel.Convert(m.At(0, 0)).(color.NRGBA), color.NRGBA{255, 255, 255, 255}, 0) {
		t.Errorf("%v, %v; want white", m.At(0, 0), err)
	}
}

func TestSameBytesSameThumbnail(t *testing.T) {
	data := encoded(t, "jpeg", drawn(900, 300))
	one, err := Thumbnail(data, 456, 152)
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if two, err := Thumbnail(data, 456, 152); err != nil || two.Hash != one.Hash {
			t.Errorf("%s, %v; want %s", two.Hash, err, one.Hash)
		}
	}
}

func TestRefused(t *testing.T) {
	good := encoded(t, "png", drawn(300, 100))
	photo := encoded(t, "jpeg", drawn(300, 100))
	flipped := bytes.Clone(good)
	flipped[len(flipped)/2] ^= 0xFF
	progressive := bytes.Clone(photo)
	sof := bytes.Index(progressive, []byte{0xFF, 0xC0})
	progressive[sof+1] = 0xC2
	binary.BigEndian.PutUint16(progressive[sof+5:], 4500)
	binary.BigEndian.PutUint16(progressive[sof+7:], 4500)
	badPalette := encoded(t, "gif", filled(image.NewPaletted(image.Rect(0, 0, 4, 4), color.Palette{color.Black, color.White}), color.White))
	tests := []struct {
		name string
		data []byte
		want error // nil where any is right
	}{
		{"nothing", nil, errKind},
		{"text", []byte("hello"), errKind},
		{"a page", []byte("<!doctype html><html>"), errKind},
		{"SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), errKind},
		{"WebP", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), errKind},
		{"BMP", []byte("BM" + strings.Repeat("\x00", 60)), errKind},
		{"a PNG's magic alone", []byte("\x89PNG\r\n\x1a\n"), nil},
		{"a JPEG's magic alone", []byte("\xff\xd8\xff"), nil},
		{"a GIF's magic alone", []byte("GIF89a"), nil},
		{"truncated PNG", good[:len(good)-200], nil},
		{"truncated JPEG", photo[:200], nil},
		{"truncated GIF", badPalette[:len(badPalette)-8], nil},
		{"damaged PNG", flipped, nil},
		{"a header without a picture", pngHeader(100, 100, 8, 6), nil},
		{"too many pixels", pngHeader(5001, 5000, 8, 6), errTooLarge},
		{"as wide as can be", pngHeader(0x7fffffff, 1, 8, 6), errTooLarge},
		{"thin", pngHeader(1, 25_000_000, 8, 0), errTooLong},
		{"flat", pngHeader(25_000_000, 1, 8, 0), errTooLong},
		{"too many bytes a pixel", pngHeader(5000, 5000, 16, 6), errMemory},
		{"no pixels", pngHeader(0, 10, 8, 6), nil},
		{"an empty GIF", []byte("GIF89a\x00\x00\x00\x00\x00\x00\x00;"), errEmpty},
		{"huge progressive JPEG", progressive, errMemory},
		{"a huge GIF", append([]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00"), 0x3b), errTooLarge},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Thumbnail(test.data, 456, 152)
			failure, ok := errors.AsType[*domain.Error](err)
			if !ok || failure.Code != domain.CodeInvalidInput || failure.Message == "" || failure.Hint == "" {
				t.Fatalf("%v, want invalid_input with words", err)
			}
			if test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
			if got.PNG != nil {
				t.Error("there is a thumbnail all the same")
			}
		})
	}
}

// TestPalettesAreChecked makes a picture that would panic where it is made smaller.
func TestPalettesAreChecked(t *testing.T) {
	m := image.NewPaletted(image.Rect(0, 0, 2, 2), color.Palette{color.Black})
	m.Pix[3] = 7
	if err := checkPicture(m); !errors.Is(err, errPalette) {
		t.Errorf("%v, want %v", err, errPalette)
	}
}

func TestFirstFrameOfAnAnimation(t *testing.T) {
	palette := color.Palette{color.NRGBA{10, 20, 30, 255}, color.NRGBA{200, 100, 50, 255}}
	frames := []*image.Paletted{image.NewPaletted(image.Rect(0, 0, 9, 9), palette), filled(image.NewPaletted(image.Rect(0, 0, 9, 9), palette), palette[1])}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &gif.GIF{Image: frames, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	got, err := Thumbnail(out.Bytes(), 100, 100)
	if err != nil {
		t.Fatal(err)
	}
	m, err := png.Decode(bytes.NewReader(got.PNG))
	if err != nil || !near(color.NRGBAModel.Convert(m.At(4, 4)).(color.NRGBA), color.NRGBA{10, 20, 30, 255}, 0) {
		t.Errorf("%v, %v", m.At(4, 4), err)
	}
}

// TestDamage flips and cuts bytes at random: never a panic, and what comes out
// is a thumbnail or an error with words.
func TestDamage(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 7))
	for _, kind := range []string{"png", "jpeg", "gif"} {
		good := encoded(t, kind, drawn(64, 32))
		for range 300 {
			bad := bytes.Clone(good)[:1+random.IntN(len(good))]
			for range random.IntN(4) {
				bad[random.IntN(len(bad))] ^= byte(1 + random.IntN(255))
			}
			try(t, bad)
		}
	}
}

// try makes a thumbnail of anything.
func try(t *testing.T, data []byte) {
	t.Helper()
	got, err := Thumbnail(data, 40, 30)
	if err == nil {
		checkThumbnail(t, "of anything", got)
		if got.Width > 40 || got.Height > 30 {
			t.Errorf("%d by %d does not fit", got.Width, got.Height)
		}
		return
	}
	if domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("error is %v", err)
	}
	if errors.Is(err, errPanic) {
		t.Logf("a decoder panicked: %v", err)
	}
}

func FuzzThumbnail(f *testing.F) {
	for _, kind := range []string{"png", "jpeg", "gif"} {
		f.Add(encoded(f, kind, drawn(24, 8)))
	}
	f.Add(encoded(f, "png", filled(image.NewNRGBA64(image.Rect(0, 0, 3, 3)), color.White)))
	f.Add(encoded(f, "png", image.NewPaletted(image.Rect(0, 0, 5, 2), color.Palette{color.Black, color.Transparent})))
	f.Add(cmykJPEG(f))
	f.Add(pngHeader(1<<31-1, 1, 8, 6))
	f.Fuzz(try)
}
