package logo

import (
	"bytes"
	"encoding/binary"
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
		for _, b := range pngBlocks(data) {
			m.addPNG(b)
		}
	case "JPEG":
		for _, b := range jpegBlocks(data) {
			m.addJPEG(b)
		}
	case "WebP":
		for _, b := range webpBlocks(data) {
			m.addWebP(b)
		}
	case "TIFF":
		m.addTIFF(data)
	case "GIF":
		m.animated = bytes.Contains(data[:min(len(data), 4096)], []byte("NETSCAPE2.0"))
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
	case "ANIM", "ANMF":
		m.animated = true
	case "XMP ":
		m.more = true
	}
}

const (
	tagOrientation = 274
	tagICCProfile  = 34675
)

// addTIFF reads the first directory of a TIFF structure, which EXIF is too.
func (m *metadata) addTIFF(data []byte) {
	if len(data) < 8 {
		return
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(data[4:]))
	if at+2 > uint64(len(data)) {
		return
	}
	const entry = 12 // bytes
	entries := data[at+2:]
	for range order.Uint16(data[at:]) {
		if len(entries) < entry {
			return
		}
		value := order.Uint16(entries[8:])
		switch order.Uint16(entries) {
		case tagOrientation:
			if value >= 1 && value <= 8 {
				m.orientation = int(value)
			}
		case tagICCProfile:
			m.profile = true
		}
		entries = entries[entry:]
	}
}

// pngBlocks lists the chunks of a PNG up to its end.
func pngBlocks(data []byte) []part {
	const signature, around = 8, 12 // bytes: the file's beginning; length, name and checksum
	var blocks []part
	for at := signature; at+around <= len(data); {
		length := int64(binary.BigEndian.Uint32(data[at:]))
		if int64(at)+around+length > int64(len(data)) {
			break
		}
		blocks = append(blocks, part{string(data[at+4 : at+8]), data[at+8 : at+8+int(length)]})
		at += around + int(length)
	}
	return blocks
}

// jpegBlocks lists the segments of a JPEG before its pixels.
func jpegBlocks(data []byte) []part {
	const start, startOfScan = 2, 0xDA
	var blocks []part
	for at := start; at+4 <= len(data) && data[at] == 0xFF && data[at+1] != startOfScan; {
		if data[at+1] == 0xFF { // a fill byte
			at++
			continue
		}
		length := int(binary.BigEndian.Uint16(data[at+2:]))
		if length < 2 || at+2+length > len(data) {
			break
		}
		blocks = append(blocks, part{string(data[at+1 : at+2]), data[at+4 : at+2+length]})
		at += 2 + length
	}
	return blocks
}

// webpBlocks lists the chunks of a WebP.
func webpBlocks(data []byte) []part {
	const header, around = 12, 8 // bytes: the file's beginning; name and length
	var blocks []part
	for at := header; at+around <= len(data); {
		length := int64(binary.LittleEndian.Uint32(data[at+4:]))
		if int64(at)+around+length > int64(len(data)) {
			break
		}
		blocks = append(blocks, part{string(data[at : at+4]), data[at+8 : at+8+int(length)]})
		at += around + int(length) + int(length&1)
	}
	return blocks
}
