package logo

import (
	"context"
	"errors"
	"image"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// MaxFile is how many bytes a picture that comes in has at most.
const MaxFile = 64 << 20

// decoding lets one picture be decoded at a time: two at the limit would take
// twice the memory. comparing is for logos that are compared, which are smaller
// by far and must not wait for a large one.
var (
	decoding  = make(chan struct{}, 1)
	comparing = make(chan struct{}, 1)
)

// Picture is a picture that came in, decoded. Open makes one. It is not
// changed by its methods, which may be called at the same time.
type Picture struct {
	data   []byte
	kind   string
	pixels image.Image
	meta   metadata
	notes  []string
	// servable says that the file could be read as a served logo, so that what
	// JumpCloud makes of it can be looked at.
	servable bool
}

// Open takes a picture in: PNG, JPEG, GIF, BMP, TIFF or WebP by its bytes, of at
// most MaxFile bytes and 100 megapixels. Everything else, and what is damaged,
// is refused as invalid_input with words. Where ctx ends first, the error is
// canceled. The bytes must not be changed afterwards.
func Open(ctx context.Context, data []byte) (*Picture, error) {
	if len(data) > MaxFile {
		return nil, &domain.Error{
			Code: domain.CodeInvalidInput, Message: "The file is larger than 64 MiB. Nothing was changed.",
			Hint: "Make the picture smaller; a logo needs 1200 by 400 pixels.",
		}
	}
	return open(ctx, data, sourceBounds, decoding)
}

// open takes a picture in within bounds; those who share a slot wait for each other.
func open(ctx context.Context, data []byte, most bounds, slot chan struct{}) (*Picture, error) {
	kind, ok := formatOf(data)
	if !ok {
		return nil, unknownKind(data)
	}
	if _, err := header(kind, data, most); err != nil {
		return nil, refuseSource(err)
	}
	select {
	case slot <- struct{}{}:
	case <-ctx.Done():
		return nil, tooLong(ctx)
	}
	type result struct {
		picture image.Image
		err     error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-slot }()
		pixels, err := decode(ctx, kind, data)
		done <- result{pixels, err}
	}()
	select {
	case <-ctx.Done():
		// The worker ends at its next read, and keeps others waiting until then.
		return nil, tooLong(ctx)
	case r := <-done:
		if ctx.Err() != nil {
			return nil, tooLong(ctx)
		}
		if r.err != nil {
			return nil, refuseSource(r.err)
		}
		_, err := header(kind, data, servedBounds)
		p := &Picture{data: data, kind: kind.name, pixels: r.picture, meta: metadataOf(kind.name, data), servable: kind.served && err == nil}
		p.notes = notesOn(p)
		return p, nil
	}
}

// Source tells what came in.
func (p *Picture) Source() domain.LogoSource {
	w, h := p.size()
	return domain.LogoSource{Kind: p.kind, Bytes: len(p.data), Width: w, Height: h, Notes: p.notes}
}

// Facts tells what came in by its header alone, without decoding it: for lists
// of many files. What it takes may still turn out to be damaged.
func Facts(data []byte) (domain.LogoSource, error) {
	kind, ok := formatOf(data)
	if !ok {
		return domain.LogoSource{}, unknownKind(data)
	}
	config, err := header(kind, data, sourceBounds)
	if err != nil {
		return domain.LogoSource{}, refuseSource(err)
	}
	source := domain.LogoSource{Kind: kind.name, Bytes: len(data), Width: config.Width, Height: config.Height}
	if metadataOf(kind.name, data).orientation >= firstSideways {
		source.Width, source.Height = source.Height, source.Width
	}
	return source, nil
}

// size gives the pixels of the picture when it is upright.
func (p *Picture) size() (w, h int) {
	size := p.upright(p.pixels.Bounds().Size())
	return size.X, size.Y
}

// upright gives a size of the picture as it is stored when it is upright.
func (p *Picture) upright(stored image.Point) image.Point {
	if p.meta.orientation >= firstSideways {
		return image.Pt(stored.Y, stored.X)
	}
	return stored
}

func tooLong(ctx context.Context) error {
	return &domain.Error{
		Code: domain.CodeCanceled, Message: "Reading the picture took too long or was stopped. Nothing was changed.",
		Hint: "Try again, or use a smaller picture.", Cause: context.Cause(ctx),
	}
}

// refuseSource turns what is wrong with a picture into words.
func refuseSource(cause error) error {
	message, hint := "The picture is damaged: it could not be read to its end.", "Open it in another program and save it again."
	const smaller = "Make it smaller; a logo needs 1200 by 400."
	switch {
	case errors.Is(cause, errTooLarge):
		message, hint = "The picture has too many pixels: at most 100 million can be read.", smaller
	case errors.Is(cause, errTooLong):
		message, hint = "The picture is too long: a side of at most 65,535 pixels can be read.", "Cut out the part that is the logo."
	case errors.Is(cause, errMemory):
		message = "The picture would take more than 512 MiB of memory to read, because of the way in which it is stored."
		hint = "Make it smaller, or save it as a plain PNG or JPEG; a logo needs 1200 by 400."
	case errors.Is(cause, errEmpty):
		message = "The picture is empty."
	case unread(cause) != "":
		message, hint = "The picture is of a kind that is not read: "+unread(cause)+".", "Open it in another program and save it as PNG or JPEG."
	}
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message + " Nothing was changed.", Hint: hint, Cause: cause}
}
