package logo

import (
	"bytes"
	"encoding/binary"
	"iter"
)

// metadata is what a file says besides its pixels, as far as a logo is concerned.
type metadata struct {
	// orientation is how the picture has to be turned, 1 to 8 as in EXIF; 1 is upright.
	orientation int
	// profile says that it has a colour profile other than sRGB.
	profile  bool
	animated bool
	// more says that it carries anything else: EXIF, text, comments.
	more bool
}

// part is a part of a file: a PNG's or WebP's chunk, a JPEG's segment.
type part struct {
	name string
	data []byte
}

// metadataOf reads what a file says. What is damaged is left out: only the
// decoder decides whether the picture can be read.
func metadataOf(kind string, data []byte) metadata {
	m := metadata{orientation: 1}
	switch kind {
	case "PNG":
		for b := range pngBlocks(data) {
			m.addPNG(b)
		}
	case "JPEG":
		for b := range jpegBlocks(data) {
			m.addJPEG(b)
		}
	case "WebP":
		frames := 0
		for b := range webpBlocks(data) {
			m.addWebP(b)
			if b.name == "ANMF" {
				frames++
			}
		}
		m.animated = frames > 1
	case "TIFF":
		m.addTIFF(data)
	case "GIF":
		m.animated = severalPictures(data)
	}
	return m
}

func (m *metadata) addPNG(b part) {
	switch b.name {
	case "eXIf":
		m.more = true
		m.addTIFF(b.data)
	case "iCCP":
		m.profile = !bytes.Contains(b.data[:min(len(b.data), 80)], []byte("sRGB"))
	case "acTL":
		m.animated = true
	case "tEXt", "zTXt", "iTXt", "tIME":
		m.more = true
	}
}

func (m *metadata) addJPEG(b part) {
	switch exif, isEXIF := bytes.CutPrefix(b.data, []byte("Exif\x00\x00")); {
	case b.name == "\xe1" && isEXIF:
		m.more = true
		m.addTIFF(exif)
	case b.name == "\xe2" && bytes.HasPrefix(b.data, []byte("ICC_PROFILE\x00")):
		m.profile = m.profile || !bytes.Contains(b.data, []byte("sRGB"))
	case b.name == "\xe1" || b.name == "\xed" || b.name == "\xfe":
		m.more = true
	}
}

func (m *metadata) addWebP(b part) {
	switch b.name {
	case "EXIF":
		m.more = true
		m.addTIFF(bytes.TrimPrefix(b.data, []byte("Exif\x00\x00")))
	case "ICCP":
		m.profile = !bytes.Contains(b.data, []byte("sRGB"))
	case "XMP ":
		m.more = true
	}
}

// addTIFF reads the first directory of a TIFF structure.
func (m *metadata) addTIFF(data []byte) {
	d := directoryOf(data)
	if turned := d.number(tagOrientation, 1); turned >= 1 && turned <= 8 {
		m.orientation = int(turned)
	}
	m.profile = m.profile || d.has(tagICCProfile)
}

// pngBlocks goes through the chunks of a PNG up to its end.
func pngBlocks(data []byte) iter.Seq[part] {
	const signature, around = 8, 12 // bytes: the file's beginning; length, name and checksum
	return func(yield func(part) bool) {
		for at := signature; at+around <= len(data); {
			length := int64(binary.BigEndian.Uint32(data[at:]))
			if int64(at)+around+length > int64(len(data)) {
				return
			}
			if !yield(part{string(data[at+4 : at+8]), data[at+8 : at+8+int(length)]}) {
				return
			}
			at += around + int(length)
		}
	}
}

// jpegBlocks goes through the segments of a JPEG before its pixels.
func jpegBlocks(data []byte) iter.Seq[part] {
	const start, startOfScan = 2, 0xDA
	return func(yield func(part) bool) {
		for at := start; at+4 <= len(data) && data[at] == 0xFF && data[at+1] != startOfScan; {
			if data[at+1] == 0xFF { // a fill byte
				at++
				continue
			}
			length := int(binary.BigEndian.Uint16(data[at+2:]))
			if length < 2 || at+2+length > len(data) || !yield(part{string(data[at+1 : at+2]), data[at+4 : at+2+length]}) {
				return
			}
			at += 2 + length
		}
	}
}

// webpBlocks goes through the chunks of a WebP.
func webpBlocks(data []byte) iter.Seq[part] { return riffBlocks(data[min(riffHead, len(data)):]) }

// riffBlocks goes through chunks as a WebP has them.
func riffBlocks(data []byte) iter.Seq[part] {
	const around = 8 // bytes: name and length
	return func(yield func(part) bool) {
		for at := 0; at+around <= len(data); {
			length := int64(binary.LittleEndian.Uint32(data[at+4:]))
			if int64(at)+around+length > int64(len(data)) {
				return
			}
			if !yield(part{string(data[at : at+4]), data[at+8 : at+8+int(length)]}) {
				return
			}
			at += around + int(length) + int(length&1)
		}
	}
}

// severalPictures reports whether a GIF has more than one picture. It goes from
// block to block, and stops at the second one.
func severalPictures(data []byte) bool {
	const (
		header, descriptor        = 13, 10 // bytes
		flagsOfFile, flagsOfImage = 10, 9  // where they are
		table, tableBits          = 1 << 7, 7
	)
	tableSize := func(flags byte) int {
		if flags&table == 0 {
			return 0
		}
		return 3 << (flags&tableBits + 1)
	}
	if len(data) < header {
		return false
	}
	pictures := 0
	for at := header + tableSize(data[flagsOfFile]); at+1 < len(data); {
		switch data[at] {
		case '!': // an extension: its kind, and then its parts
			at += 2
		case ',':
			if pictures++; pictures > 1 {
				return true
			}
			if at+descriptor > len(data) {
				return false
			}
			at += descriptor + tableSize(data[at+flagsOfImage]) + 1 // the width of the first code
		default:
			return false
		}
		for at < len(data) && data[at] != 0 {
			at += 1 + int(data[at])
		}
		at++
	}
	return false
}
