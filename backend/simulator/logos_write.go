package simulator

import (
	"bytes"
	"encoding/base64"
	"image"
	"strings"
)

// The published rules of a logo, and a bound on what is decoded to check them.
const (
	maxLogoBytes  = 788_000
	minLogoSide   = 400
	maxLogoPixels = 20_000_000
)

func (c *call) planLogo(e edit) (func(), *failure) {
	if e.logo == nil {
		return nil, nil
	}
	if bad := c.require(editContact); bad != nil {
		return nil, bad
	}
	pic, bad := readLogo(*e.logo)
	if bad != nil {
		return nil, bad
	}
	apply, bad := c.s.state.behaviour.LogoWrites.gate("The logo")
	if !apply {
		return nil, bad
	}
	return c.change("logo", func(p *profile) (any, any) {
		before := p.logo.id
		c.s.putLogo(p, pic)
		return before, p.logo.id
	}), nil
}

// putLogo replaces the logo; the old one is no longer served. The caller holds
// the lock.
func (s *Server) putLogo(p *profile, pic upload) {
	st := s.state
	delete(st.uploads, p.logo.id)
	p.logo = logoRef{}
	if pic.bytes == nil {
		return
	}
	st.added++
	p.logo.id = newObjectID(s.opts.Now(), mix(s.hash(forLogo), 1<<41+st.added))
	st.uploads[p.logo.id] = pic
}

// readLogo takes a base64 data URL of a PNG or JPEG; an empty text removes.
func readLogo(text string) (upload, *failure) {
	if text == "" {
		return upload{}, nil
	}
	head, data, found := strings.Cut(text, ",")
	kind := strings.TrimSuffix(strings.TrimPrefix(head, "data:"), ";base64")
	if !found || head != "data:"+kind+";base64" || kind != "image/png" && kind != "image/jpeg" {
		return upload{}, badRequest("the logo must be a base64 data URL of a PNG or JPEG picture")
	}
	if base64.StdEncoding.DecodedLen(len(data)) > maxLogoBytes+3 {
		return upload{}, badRequest("the logo is larger than 788 KB")
	}
	raw, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		return upload{}, badRequest("the logo is not base64")
	}
	if len(raw) > maxLogoBytes {
		return upload{}, badRequest("the logo is larger than 788 KB")
	}
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || "image/"+format != kind {
		return upload{}, badRequest("the logo is not a picture of the type it says")
	}
	if config.Width < minLogoSide || config.Height < minLogoSide {
		return upload{}, badRequest("the logo must be at least %d by %d pixels", minLogoSide, minLogoSide)
	}
	if config.Width*config.Height > maxLogoPixels {
		return upload{}, badRequest("the logo has too many pixels")
	}
	if _, _, err = image.Decode(bytes.NewReader(raw)); err != nil {
		return upload{}, badRequest("the logo is damaged")
	}
	return upload{contentType: kind, bytes: raw}, nil
}
