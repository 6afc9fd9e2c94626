package logo

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// sized changes what the header of a file claims its size to be.
func sized(tb testing.TB, file []byte, w, h int) []byte {
	tb.Helper()
	out := bytes.Clone(file)
	kind, _ := formatOf(file)
	switch kind.name {
	case "JPEG":
		frame, _ := jpegFrame(out) // it is a part of out
		binary.BigEndian.PutUint16(frame[1:], uint16(h))
		binary.BigEndian.PutUint16(frame[3:], uint16(w))
	case "GIF":
		binary.LittleEndian.PutUint16(out[6:], uint16(w))
		binary.LittleEndian.PutUint16(out[8:], uint16(h))
	case "BMP":
		binary.LittleEndian.PutUint32(out[18:], uint32(w))
		binary.LittleEndian.PutUint32(out[22:], uint32(h))
	case "TIFF":
		out = withTag(withTag(out, tagWidth, 4, 1, uint32(w)), tagHeight, 4, 1, uint32(h))
	case "WebP":
		for b := range webpBlocks(out) {
			switch b.name {
			case "VP8 ":
				binary.LittleEndian.PutUint16(b.data[6:], uint16(w))
				binary.LittleEndian.PutUint16(b.data[8:], uint16(h))
			case "VP8L":
				binary.LittleEndian.PutUint32(b.data[1:], uint32(w-1)|uint32(h-1)<<14)
			case "VP8X":
				putUint24(b.data[4:], w-1)
				putUint24(b.data[7:], h-1)
			}
		}
	default:
		tb.Fatal("no header of " + kind.name)
	}
	return out
}

// TestLimits holds headers of a hundred megapixels and of a little more against
// what they would take: by the number of pixels alone, or by the memory that the
// way of storing needs.
func TestLimits(t *testing.T) {
	small := drawn(60, 30)
	photo := encoded(t, "jpeg", small)
	four := encoded(t, "jpeg", filled(image.NewGray(image.Rect(0, 0, 8, 8)), color.White))
	progressive := func(file []byte) []byte {
		out := bytes.Clone(file)
		out[bytes.Index(out, []byte{0xFF, 0xC0})+1] = 0xC2
		return out
	}
	fullColour := func(file []byte) []byte {
		out := bytes.Clone(file)
		frame, _ := jpegFrame(out)
		frame[7] = 0x11
		return out
	}
	oneStrip := saved(t, "tiff", flattened(small))
	strips := withTag(oneStrip, tagRowsPerStrip, 3, 1, 16)
	png := func(depth, kind byte) func(int, int) []byte {
		return func(w, h int) []byte { return pngHeader(uint32(w), uint32(h), depth, kind) }
	}
	file := func(data []byte) func(int, int) []byte {
		return func(w, h int) []byte { return sized(t, data, w, h) }
	}
	tests := []struct {
		name   string
		header func(w, h int) []byte
		// most is how many megapixels go through.
		most int
	}{
		{"PNG, grey", png(8, 0), 100},
		{"PNG", png(8, 6), 100},
		{"PNG, 16 bit grey", png(16, 0), 100},
		{"PNG, 16 bit", png(16, 6), 67},
		{"PNG, 16 bit grey with a transparent one", func(w, h int) []byte {
			return append(pngHeader(uint32(w), uint32(h), 16, 0), chunk("tRNS", []byte{0, 0})...)
		}, 67},
		{"JPEG", file(photo), 100},
		{"JPEG, full colour", file(fullColour(photo)), 100},
		{"JPEG, grey", file(four), 100},
		{"JPEG, progressive", file(progressive(photo)), 71},
		{"JPEG, progressive, full colour", file(progressive(fullColour(photo))), 35},
		{"JPEG, progressive, grey", file(progressive(four)), 100},
		{"JPEG, four channels", file(cmykJPEG(t)), 67},
		{"JPEG, four channels, progressive", file(progressive(cmykJPEG(t))), 22},
		{"GIF", file(encoded(t, "gif", small)), 89},
		{"BMP", file(saved(t, "bmp", flattened(small))), 100},
		{"TIFF", file(strips), 100},
		{"TIFF, not packed", file(withTag(oneStrip, tagCompression, 3, 1, 1)), 100},
		{"TIFF in one piece", file(withTag(oneStrip, tagRowsPerStrip, 3, 1, 0xFFFF)), 26},
		{"TIFF, 16 bit", file(withTag(source(t, "16bit.tiff"), tagRowsPerStrip, 3, 1, 16)), 66},
		{"TIFF, CMYK", file(source(t, "cmyk.tiff")), 100},
		{"WebP", file(source(t, "lossy.webp")), 100},
		{"WebP, lossless", file(source(t, "lossless.webp")), 67},
		{"WebP, transparent", file(source(t, "alpha.webp")), 76},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			for _, megapixels := range []int{test.most, test.most + 1, 100, 101} {
				data := test.header(10_000, megapixels*100)
				_, err := Facts(data)
				switch {
				case megapixels > 100:
					if !errors.Is(err, errTooLarge) || !strings.Contains(err.Error(), "at most 100 million") {
						t.Errorf("%d megapixels: %v", megapixels, err)
					}
				case megapixels > test.most:
					if !errors.Is(err, errMemory) || !strings.Contains(err.Error(), "memory") || strings.Contains(err.Error(), "million") {
						t.Errorf("%d megapixels: %v", megapixels, err)
					}
				case err != nil:
					t.Errorf("%d megapixels: %v", megapixels, err)
				}
			}
		})
	}
}

// TestUnread shows files that are whole, and of a kind that no decoder here
// knows: they must not be called damaged.
func TestUnread(t *testing.T) {
	small := flattened(drawn(60, 30))
	photo, drawing, scan := encoded(t, "jpeg", small), saved(t, "bmp", small), saved(t, "tiff", small)
	frame := bytes.Index(photo, []byte{0xFF, 0xC0})
	with := func(file []byte, at int, value byte) []byte {
		out := bytes.Clone(file)
		out[at] = value
		return out
	}
	for name, data := range map[string][]byte{
		"JPEG of 12 bit":     with(photo, frame+4, 12),
		"JPEG, lossless":     with(photo, frame+1, 0xC3),
		"BMP, packed":        with(drawing, 30, 1),
		"BMP of OS/2":        with(drawing, 14, 12),
		"TIFF with a JPEG":   withTag(scan, tagCompression, 3, 1, 7),
		"TIFF of a camera":   withTag(scan, tagColours, 3, 1, 6),
		"TIFF of floats":     withTag(scan, 339, 3, 1, 3),
		"TIFF, planes apart": withTag(scan, tagPlanar, 3, 1, 2),
		"TIFF of 16 bit ink": withTag(withTag(source(t, "16bit.tiff"), tagColours, 3, 1, inks), tagInks, 3, 1, 1),
		"TIFF of other inks": withTag(source(t, "cmyk.tiff"), tagInks, 3, 1, 2),
		"PNG, packed anew":   with(pngHeader(10, 10, 8, 6), 27, 1),
	} {
		if name[:3] == "PNG" { // its checksum has to be right
			data = append(bytes.Clone(data[:8]), chunk("IHDR", data[16:29])...)
		}
		_, err := Open(t.Context(), data)
		if domain.CodeOf(err) != domain.CodeInvalidInput || !strings.Contains(err.Error(), "of a kind that is not read: "+name[:3]) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLongSides makes a logo, a preview and a thumbnail of the longest lines
// that are read, in little memory and time.
func TestLongSides(t *testing.T) {
	for name, box := range map[string]image.Rectangle{"flat": image.Rect(0, 0, maxSide, 1), "thin": image.Rect(0, 0, 1, maxSide)} {
		file := encoded(t, "png", filled(image.NewGray(box), color.Black))
		p := opened(t, file)
		for _, recipe := range []domain.LogoRecipe{p.Suggested(), asIs, onPage} {
			if got, err := p.Prepare(t.Context(), recipe); err != nil || got.Width < leastSide || got.Height < leastSide {
				t.Errorf("%s: %d by %d, %v", name, got.Width, got.Height, err)
			}
		}
		// Each column that is left costs the filter a hundred bytes and more.
		small := reduce(p.pixels, box, image.Pt(min(maxFactor, box.Dx()), min(maxFactor, box.Dy())))
		if size := small.Rect.Size(); max(size.X, size.Y) > 64 || min(size.X, size.Y) != 1 {
			t.Errorf("%s: %v are left", name, size)
		}
		if _, err := p.Preview(1200, 800); err != nil {
			t.Errorf("%s: preview: %v", name, err)
		}
		if _, err := Thumbnail(file, 456, 152); err != nil {
			t.Errorf("%s: thumbnail: %v", name, err)
		}
		if same, err := Same(t.Context(), file, file); err != nil || !same {
			t.Errorf("%s: same: %v, %v", name, same, err)
		}
	}
}
