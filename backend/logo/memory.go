package logo

import (
	"encoding/binary"
	"image"
	"image/color"
)

// plainMemory is what a picture takes that is decoded straight into its pixels.
func plainMemory(config image.Config, _ []byte) int64 {
	return int64(config.Width) * int64(config.Height) * bytesPerPixel(config.ColorModel)
}

func bytesPerPixel(model color.Model) int64 {
	switch model {
	case color.GrayModel:
		return 1
	case color.Gray16Model:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := model.(color.Palette); ok {
		return 1
	}
	return 4
}

// pngMemory counts that a colour can be said to be transparent, which makes four
// channels of any number, and that an interlaced picture is read in parts, the
// last of which has half of it.
func pngMemory(config image.Config, data []byte) int64 {
	const interlaceAt, transparency = 28, "tRNS"
	memory := plainMemory(config, data)
	if each := bytesPerPixel(config.ColorModel); each != 1 || config.ColorModel == color.GrayModel {
		for b := range pngBlocks(data) {
			if b.name == transparency && (each == 1 || each == 2) {
				memory *= 4
				break
			}
		}
	}
	if len(data) > interlaceAt && data[interlaceAt] != 0 {
		memory += memory / 2
	}
	return memory
}

// jpegMemory counts the samples that are kept of each pixel: of three channels
// two are mostly kept at half the size and less. A progressive picture keeps a
// number of four bytes for every sample until its end, and where the colours are
// not those of the usual kind they are put together anew.
func jpegMemory(config image.Config, data []byte) int64 {
	pixels := int64(config.Width) * int64(config.Height)
	const worst, together = 24, 4 // bytes a pixel
	frame, progressive := jpegFrame(data)
	const head, each = 6, 3 // bytes before the channels, and of one
	if len(frame) < head {
		return worst * pixels
	}
	var samples, largest int64
	for at := head; at+each <= len(frame); at += each {
		size := int64(frame[at+1]>>4) * int64(frame[at+1]&0x0F)
		samples, largest = samples+size, max(largest, size)
	}
	if largest == 0 {
		return worst * pixels
	}
	if len(frame) == head+each {
		samples, largest = 1, 1
	}
	perSample := int64(1)
	if progressive {
		perSample = 1 + 4
	}
	memory := pixels * samples * perSample / largest
	if config.ColorModel == color.CMYKModel || config.ColorModel == color.RGBAModel {
		memory += together * pixels
	}
	return memory
}

// jpegFrame gives the frame header of a JPEG, and whether the file is
// progressive. It skips what the decoder skips, or another frame could be found
// than that which is decoded.
func jpegFrame(data []byte) (frame []byte, progressive bool) {
	const afterStart, sof0, sof2, startOfScan, endOfImage, rst0, rst7 = 2, 0xC0, 0xC2, 0xDA, 0xD9, 0xD0, 0xD7
	for at := afterStart; at+1 < len(data); {
		marker := data[at+1]
		switch {
		case data[at] != 0xFF, marker == 0xFF: // neither begins a segment
			at++
			continue
		case marker == 0, marker >= rst0 && marker <= rst7:
			at += 2
			continue
		case marker == startOfScan, marker == endOfImage, at+4 > len(data):
			return nil, false
		}
		from := at + 4
		at += 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if at < from || at > len(data) {
			return nil, false
		}
		if marker >= sof0 && marker <= sof2 {
			return data[from:at], marker == sof2
		}
	}
	return nil, false
}

// gifMemory counts that an interlaced picture is put into order, and that one
// which does not fill what it is shown on is drawn there.
func gifMemory(config image.Config, _ []byte) int64 {
	const each = 1 + 1 + 4 // bytes
	return each * int64(config.Width) * int64(config.Height)
}
