package logo

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"slices"

	"golang.org/x/image/tiff"
)

// Tags of a TIFF.
const (
	tagWidth        = 256
	tagHeight       = 257
	tagBits         = 258
	tagCompression  = 259
	tagColours      = 262
	tagOrientation  = 274
	tagSamples      = 277
	tagRowsPerStrip = 278
	tagPlanar       = 284
	tagTileWidth    = 322
	tagTileHeight   = 323
	tagInks         = 332
	tagExtra        = 338
	tagICCProfile   = 34675
)

// directory is the first directory of a TIFF structure, which EXIF is too.
type directory struct {
	order   byteOrder
	data    []byte
	entries []byte // whole ones
}

type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

const entrySize = 12 // bytes

// directoryOf finds the first directory; one without entries where there is none.
func directoryOf(data []byte) directory {
	d := directory{order: binary.LittleEndian, data: data}
	if len(data) < 8 {
		return d
	}
	if data[0] == 'M' {
		d.order = binary.BigEndian
	}
	at := uint64(d.order.Uint32(data[4:]))
	if at+2 > uint64(len(data)) {
		return d
	}
	entries := data[at+2:]
	count := min(int(d.order.Uint16(data[at:])), len(entries)/entrySize)
	d.entries = entries[:count*entrySize]
	return d
}

// has reports whether there is a tag.
func (d directory) has(tag uint16) bool { return d.entry(tag) != nil }

// number gives the first number of a tag, or another one where there is none.
func (d directory) number(tag uint16, without int64) int64 {
	const short, long = 3, 4
	entry := d.entry(tag)
	if entry == nil {
		return without
	}
	value := entry[8:]
	switch kind, count := d.order.Uint16(entry[2:]), d.order.Uint32(entry[4:]); {
	case kind == short && count <= 2:
		return int64(d.order.Uint16(value))
	case kind == long && count == 1:
		return int64(d.order.Uint32(value))
	case kind == short:
		at := uint64(d.order.Uint32(value))
		if at+2 <= uint64(len(d.data)) {
			return int64(d.order.Uint16(d.data[at:]))
		}
	}
	return without
}

// count gives how many values a tag has.
func (d directory) count(tag uint16) int64 {
	entry := d.entry(tag)
	if entry == nil {
		return 0
	}
	return int64(d.order.Uint32(entry[4:]))
}

func (d directory) entry(tag uint16) []byte {
	for entry := range slices.Chunk(d.entries, entrySize) {
		if d.order.Uint16(entry) == tag {
			return entry
		}
	}
	return nil
}

// inks is how a TIFF says that it has the colours of print.
const inks = 5

// checkTIFF refuses what the library would take for something else.
func checkTIFF(d directory) error {
	if d.number(tagPlanar, 1) != 1 && d.number(tagSamples, 1) > 1 {
		return unreadError("TIFF, channels apart from each other")
	}
	if d.number(tagColours, 0) != inks {
		return nil
	}
	if d.number(tagInks, 1) != 1 || d.number(tagBits, 1) != 8 || d.count(tagBits) != 4 {
		return unreadError("TIFF, inks other than CMYK of 8 bits")
	}
	return nil
}

func tiffConfig(data []byte) (image.Config, error) {
	d := directoryOf(data)
	if err := checkTIFF(d); err != nil {
		return image.Config{}, err
	}
	if d.number(tagColours, 0) == inks {
		return image.Config{ColorModel: color.CMYKModel, Width: int(d.number(tagWidth, 0)), Height: int(d.number(tagHeight, 0))}, nil
	}
	return headBy(tiff.DecodeConfig)(data)
}

// tiffMemory counts the largest block (a strip or a tile), which is unpacked
// before its pixels are read: to eight bytes a pixel at most, in memory that
// grows to twice of that.
func tiffMemory(config image.Config, data []byte) int64 {
	const unpacked, fax3, fax4 = 1, 3, 4 // a fax has one bit a pixel
	d := directoryOf(data)
	memory := plainMemory(config, data)
	w, h := int64(config.Width), int64(config.Height)
	packing := int64(unpacked)
	if d.has(tagCompression) { // said in another way than is understood here, it may be anything
		packing = d.number(tagCompression, -1)
	}
	if packing == 0 || packing == unpacked || packing == fax3 || packing == fax4 {
		return memory + w*h/8
	}
	if tile := d.number(tagTileWidth, w); d.has(tagTileWidth) && tile > 0 {
		w, h = min(w+maxTile, tile), min(h+maxTile, d.number(tagTileHeight, h))
	} else if rows := d.number(tagRowsPerStrip, h); rows > 0 {
		h = min(h, rows)
	}
	const each = 2 * 8
	return memory + each*w*h
}

// maxTile is by how much the library lets a tile be larger than its picture.
const maxTile = 1024

func decodeTIFF(ctx context.Context, data []byte) (image.Image, error) {
	d := directoryOf(data)
	if err := checkTIFF(d); err != nil {
		return nil, err
	}
	if d.number(tagColours, 0) != inks {
		return readBy(tiff.Decode)(ctx, data)
	}
	picture, err := readBy(tiff.Decode)(ctx, inksAsColours(d))
	if err != nil {
		return nil, err
	}
	four, ok := picture.(*image.NRGBA)
	if !ok {
		return nil, fmt.Errorf("%T of four inks: %w", picture, errFrame)
	}
	return &image.CMYK{Pix: four.Pix, Stride: four.Stride, Rect: four.Rect}, nil
}

// inksAsColours gives a TIFF of four inks as one of three colours and
// transparency. The library reads those, and the bytes of the pixels are the same.
func inksAsColours(d directory) []byte {
	const short, colours, straightAlpha, afterOrder = 3, 2, 2, 4
	var entries [][]byte
	for entry := range slices.Chunk(d.entries, entrySize) {
		if tag := d.order.Uint16(entry); tag != tagColours && tag != tagExtra {
			entries = append(entries, entry)
		}
	}
	for tag, value := range map[uint16]uint16{tagColours: colours, tagExtra: straightAlpha} {
		entry := d.order.AppendUint16(d.order.AppendUint16(nil, tag), short)
		entry = d.order.AppendUint16(d.order.AppendUint32(entry, 1), value)
		entries = append(entries, append(entry, 0, 0))
	}
	slices.SortStableFunc(entries, func(a, b []byte) int { return int(d.order.Uint16(a)) - int(d.order.Uint16(b)) })
	out := bytes.Clone(d.data)
	d.order.PutUint32(out[afterOrder:], uint32(len(out))) //nolint:gosec // at most 64 MiB
	out = d.order.AppendUint16(out, uint16(len(entries))) //nolint:gosec // as many as there were, and one
	for _, entry := range entries {
		out = append(out, entry...)
	}
	return append(out, 0, 0, 0, 0) // there is no other directory
}
