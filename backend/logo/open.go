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
// twice the memory.
var decoding = make(chan struct{}, 1)

// Picture is a picture that came in, decoded. Open makes one. It is not
// changed by its methods, which may be called at the same time.
type Picture struct {
	data   []byte
	kind   string
	pixels image.Image
	meta   metadata
	notes  []string
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
	kind, ok := formatOf(data)
	if !ok {
		return nil, unknownKind(data)
	}
	if _, err := header(kind, data, sourceBounds); err != nil {
		return nil, refuseSource(err)
	}
	select {
	case decoding <- struct{}{}:
	case <-ctx.Done():
		return nil, tooLong(ctx)
	}
	type result struct {
		picture image.Image
		err     error
	}
	done := make(chan result, 1)
	go func() {
		defer func() { <-decoding }()
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
		p := &Picture{data: data, kind: kind.name, pixels: r.picture, meta: metadataOf(kind.name, data)}
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
	w, h = p.pixels.Bounds().Dx(), p.pixels.Bounds().Dy()
	if p.meta.orientation >= firstSideways {
		return h, w
	}
	return w, h
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
	switch {
	case errors.Is(cause, errTooLarge):
		message, hint = "The picture has too many pixels: at most 100 million can be read.", "Make it smaller; a logo needs 1200 by 400."
	case errors.Is(cause, errEmpty):
		message = "The picture is empty."
	}
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message + " Nothing was changed.", Hint: hint, Cause: cause}
}
