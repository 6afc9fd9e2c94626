package logo

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/disintegration/imaging"
	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// chunk is a chunk of a PNG.
func chunk(name string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// withChunk puts a chunk behind the header of a PNG.
func withChunk(file []byte, name string, data []byte) []byte {
	const afterHeader = 8 + 12 + 13
	return append(append(bytes.Clone(file[:afterHeader]), chunk(name, data)...), file[afterHeader:]...)
}

// withSegment puts a segment at the beginning of a JPEG.
func withSegment(file []byte, marker byte, data []byte) []byte {
	out := append([]byte{0xFF, 0xD8, 0xFF, marker}, byte((len(data)+2)>>8), byte(len(data)+2))
	return append(append(out, data...), file[2:]...)
}

// exif is a directory with an orientation, as cameras write it.
func exif(orientation byte) []byte {
	return append([]byte("MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"), orientation, 0, 0, 0, 0, 0, 0)
}

// interlaced writes a PNG in seven passes (Adam7), which the standard library
// reads and does not write.
func interlaced(m *image.NRGBA) []byte {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	passes := [7][4]int{{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}}
	var raw bytes.Buffer
	for _, p := range passes {
		for y := p[1]; y < h; y += p[3] {
			if p[0] >= w {
				continue
			}
			raw.WriteByte(0)
			for x := p[0]; x < w; x += p[2] {
				at := m.PixOffset(x, y)
				raw.Write(m.Pix[at : at+4])
			}
		}
	}
	var packed bytes.Buffer
	z := zlib.NewWriter(&packed)
	_, _ = z.Write(raw.Bytes())
	_ = z.Close()
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	out := append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(header, 8, 6, 0, 0, 1))...)
	return append(append(out, chunk("IDAT", packed.Bytes())...), chunk("IEND", nil)...)
}

// source is a file that another program wrote, because nothing here can: red and
// blue halves, 40 by 24 pixels, with a margin of four; the animated ones show
// something else afterwards.
func source(tb testing.TB, name string) []byte {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "sources", name))
	if err != nil {
		tb.Fatal(err)
	}
	return data
}

// withTag puts a tag into the directory of a TIFF, or changes it there.
func withTag(file []byte, tag, kind uint16, count, value uint32) []byte {
	d := directoryOf(file)
	entries := [][]byte{d.order.AppendUint32(d.order.AppendUint32(d.order.AppendUint16(d.order.AppendUint16(nil, tag), kind), count), value)}
	for entry := range slices.Chunk(d.entries, entrySize) {
		if d.order.Uint16(entry) != tag {
			entries = append(entries, entry)
		}
	}
	slices.SortFunc(entries, func(a, b []byte) int { return int(d.order.Uint16(a)) - int(d.order.Uint16(b)) })
	out := bytes.Clone(file)
	d.order.PutUint32(out[4:], uint32(len(out)))
	out = d.order.AppendUint16(out, uint16(len(entries)))
	for _, entry := range entries {
		out = append(out, entry...)
	}
	return append(out, 0, 0, 0, 0)
}

// alphaBMP is a BMP with a header that can tell of transparency, which nothing
// here writes: red, half transparent.
func alphaBMP(w, h int) []byte {
	const fileHeader, header = 14, 108
	out := append([]byte("BM"), make([]byte, fileHeader-2+header)...)
	put := func(at, value int) { binary.LittleEndian.PutUint32(out[at:], uint32(value)) }
	put(10, fileHeader+header)
	put(14, header)
	put(18, w)
	put(22, h)
	put(26, 1|32<<16) // planes; bits a pixel
	put(30, 3)        // the channels are where these say
	put(54, 0xFF0000)
	put(58, 0xFF00)
	put(62, 0xFF)
	put(66, 0xFF000000)
	return append(out, bytes.Repeat([]byte{40, 40, 200, 128}, w*h)...)
}

// animatedGIF shows a picture, then its reverse, for ever.
func animatedGIF(tb testing.TB, w, h int) []byte {
	tb.Helper()
	palette := color.Palette{color.White, color.NRGBA{200, 30, 30, 255}}
	frames := [2]*image.Paletted{}
	for i := range frames {
		frames[i] = image.NewPaletted(image.Rect(0, 0, w, h), palette)
		for y := h / 4; y < 3*h/4; y++ {
			for x := w / 4; x < 3*w/4; x++ {
				frames[i].SetColorIndex(x, y, uint8(1-i))
			}
		}
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &gif.GIF{Image: frames[:], Delay: []int{10, 10}}); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// forEver makes a GIF of the first pictures of another one: a single one is said
// to be shown for ever, several are shown once.
func forEver(file []byte, pictures int) []byte {
	all, err := gif.DecodeAll(bytes.NewReader(file))
	if err != nil {
		panic(err)
	}
	all.Image, all.Delay, all.Disposal, all.LoopCount = all.Image[:pictures], all.Delay[:pictures], nil, -1
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, all); err != nil {
		panic(err)
	}
	if pictures > 1 {
		return out.Bytes()
	}
	afterHeader := 13
	if flags := out.Bytes()[10]; flags&0x80 != 0 {
		afterHeader += 3 << (flags&7 + 1)
	}
	loop := append([]byte{'!', 0xFF, 11}, "NETSCAPE2.0\x03\x01\x00\x00\x00"...)
	return append(append(bytes.Clone(out.Bytes()[:afterHeader]), loop...), out.Bytes()[afterHeader:]...)
}

// smallFirst is an animation whose first picture does not fill it.
func smallFirst(tb testing.TB) []byte {
	tb.Helper()
	palette := color.Palette{color.Transparent, color.NRGBA{200, 40, 40, 255}}
	frames := []*image.Paletted{
		filled(image.NewPaletted(image.Rect(10, 4, 30, 16), palette), palette[1]), image.NewPaletted(image.Rect(0, 0, 40, 20), palette),
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, &gif.GIF{Image: frames, Delay: []int{10, 10}, Config: image.Config{ColorModel: palette, Width: 40, Height: 20}}); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// saved are the bytes of a picture in any kind that can be written.
func saved(tb testing.TB, kind string, m image.Image) []byte {
	tb.Helper()
	var out bytes.Buffer
	var err error
	switch kind {
	case "bmp":
		err = bmp.Encode(&out, m)
	case "tiff":
		err = tiff.Encode(&out, m, &tiff.Options{Compression: tiff.Deflate})
	case "jpeg95":
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: 95})
	case "jpeg70":
		err = jpeg.Encode(&out, m, &jpeg.Options{Quality: 70})
	default:
		return encoded(tb, kind, m)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// noisy is a picture that no encoder makes small.
func noisy(w, h int) *image.NRGBA {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	state := uint32(1)
	for i := range m.Pix {
		state = state*1664525 + 1013904223
		m.Pix[i] = byte(state >> 24)
		if i%4 == 3 {
			m.Pix[i] = 255
		}
	}
	return m
}

// onGround is a picture in the middle of a ground, with margins around it.
func onGround(m image.Image, margin int, ground color.Color) *image.NRGBA {
	b := m.Bounds()
	out := filled(image.NewNRGBA(image.Rect(0, 0, b.Dx()+2*margin, b.Dy()+2*margin)), ground)
	for y := range b.Dy() {
		for x := range b.Dx() {
			out.Set(margin+x, margin+y, m.At(b.Min.X+x, b.Min.Y+y))
		}
	}
	return out
}

// corpus are files of every kind, good and bad, for tests and as seeds of the fuzzing.
func corpus(tb testing.TB) map[string][]byte {
	tb.Helper()
	small := drawn(60, 30)
	file := encoded(tb, "png", small)
	photo := encoded(tb, "jpeg", small)
	files := map[string][]byte{
		"empty": {}, "text": []byte("hello"), "svg": []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`),
		"pdf": []byte("%PDF-1.7"), "heic": []byte("\x00\x00\x00\x18ftypheic"), "png": file, "jpeg": photo,
		"gif": encoded(tb, "gif", small), "bmp": saved(tb, "bmp", small), "tiff": saved(tb, "tiff", small),
		"animated": animatedGIF(tb, 40, 20), "interlaced": interlaced(small), "cmyk": cmykJPEG(tb),
		"grey":      encoded(tb, "jpeg", filled(image.NewGray(image.Rect(0, 0, 9, 7)), color.White)),
		"16 bit":    encoded(tb, "png", filled(image.NewNRGBA64(image.Rect(0, 0, 9, 7)), color.NRGBA{10, 20, 30, 40})),
		"palette":   encoded(tb, "png", filled(image.NewPaletted(image.Rect(0, 0, 9, 7), color.Palette{color.Transparent, color.White}), color.White)),
		"one pixel": encoded(tb, "png", drawn(1, 1)), "tall": encoded(tb, "png", drawn(1, 20_000)),
		"truncated png": file[:len(file)*2/3], "truncated jpeg": photo[:len(photo)*2/3],
		"bomb": pngHeader(50_000, 50_000, 8, 6), "header only": pngHeader(10, 10, 8, 6),
		"profile": withChunk(file, "iCCP", []byte("Display P3\x00\x00junk")), "srgb": withChunk(file, "iCCP", []byte("sRGB IEC61966-2.1\x00\x00junk")),
		"png exif": withChunk(file, "eXIf", exif(6)), "commented": withChunk(file, "tEXt", []byte("Author\x00somebody")),
		"damaged exif": withSegment(photo, 0xE1, []byte("Exif\x00\x00II*\x00\xff\xff\xff\xff")),
		"jpeg profile": withSegment(photo, 0xE2, []byte("ICC_PROFILE\x00\x01\x01Display P3")),
	}
	tiled := files["tiff"]
	for name, data := range map[string][]byte{
		"progressive": source(tb, "progressive.jpg"), "cmyk photo": source(tb, "cmyk.jpg"),
		"webp": source(tb, "lossless.webp"), "lossy webp": source(tb, "lossy.webp"), "turned webp": source(tb, "alpha.webp"),
		"animated webp": source(tb, "animated.webp"), "animated webp, alpha": source(tb, "animated-alpha.webp"),
		"lzw tiff": source(tb, "lzw.tiff"), "16 bit tiff": source(tb, "16bit.tiff"), "cmyk tiff": source(tb, "cmyk.tiff"),
		"profile tiff": withTag(tiled, tagICCProfile, 7, 4, 0), "turned tiff": withTag(tiled, tagOrientation, 3, 1, 6),
		"apng": withChunk(file, "acTL", []byte{0, 0, 0, 2, 0, 0, 0, 0}), "16 bit grey": encoded(tb, "png", filled(image.NewGray16(image.Rect(0, 0, 9, 7)), color.White)),
		"psd": []byte("8BPS\x00\x01"), "ico": []byte("\x00\x00\x01\x00\x01\x00"), "no pixels": []byte("GIF89a\x00\x00\x00\x00\x00\x00\x00;"),
		"thin": pngHeader(1, 100_000_000, 8, 0), "flat": pngHeader(100_000_000, 1, 8, 0), "flat tiff": withTag(tiled, tagWidth, 4, 1, 3_000_000),
		"one picture for ever": forEver(animatedGIF(tb, 40, 20), 1), "two pictures once": forEver(animatedGIF(tb, 40, 20), 2),
		"alpha bmp":           alphaBMP(9, 7),
		"small first picture": smallFirst(tb),
	} {
		files[name] = data
	}
	for _, name := range []string{"gif", "bmp", "tiff", "webp", "lossy webp", "progressive", "animated webp"} {
		files["truncated "+name] = files[name][:len(files[name])*2/3]
	}
	for orientation := range byte(8) {
		name := "turned " + string('1'+rune(orientation))
		files[name] = withSegment(photo, 0xE1, append([]byte("Exif\x00\x00"), exif(orientation+1)...))
	}
	return files
}

// decodedPNG reads what came out.
func decodedPNG(tb testing.TB, data []byte) *image.NRGBA {
	tb.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		tb.Fatal(err)
	}
	return imaging.Clone(m)
}
