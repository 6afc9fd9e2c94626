package simulator

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"sync"
)

// logoRef names the logo of an organization. An empty id is no logo.
type logoRef struct{ id string }

// upload is a picture an organization was given.
type upload struct {
	contentType string
	bytes       []byte
}

// seededLogo gives the logo the organization starts with. The place of the
// organization is in the id, so that a logo is found without an index.
func (o *organization) seededLogo(present bool) logoRef {
	if !present {
		return logoRef{}
	}
	return logoRef{id: newObjectID(o.created, serialTail(mix(o.h, forLogo), int64(o.index)))}
}

// seededOwner gives the organization whose seeded logo has this id.
func (st *state) seededOwner(id string) *organization {
	tail, isID := objectIDTail(id)
	if !isID {
		return nil
	}
	place := int(int64(tail&0xffffff) - 1<<23) //nolint:gosec // 24 bits
	if place < 0 || place >= len(st.orgs.base) {
		return nil
	}
	o := st.orgs.base[place]
	if o == nil || o.profile().logo.id != id {
		return nil
	}
	return o
}

// getLogo serves a picture without a key, as the operation is published. A logo
// that was replaced or removed is gone.
func getLogo(c *call) (answer, *failure) {
	id := c.params["id"]
	pic, o, name := c.s.findLogo(id)
	if o != nil {
		pic = c.s.logos.draw(id, o, name)
	}
	if pic.bytes == nil {
		return answer{}, notFound("logo")
	}
	sum := sha256.Sum256(pic.bytes)
	return answer{
		status: http.StatusOK, contentType: pic.contentType, body: pic.bytes,
		header: map[string]string{"ETag": `"` + hex.EncodeToString(sum[:8]) + `"`, "Cache-Control": "public, max-age=31536000, immutable"},
	}, nil
}

// findLogo gives an uploaded picture, or the organization whose logo must be
// drawn with the name it has; drawing happens outside the lock.
func (s *Server) findLogo(id string) (upload, *organization, string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if pic, has := s.state.uploads[id]; has {
		return pic, nil, ""
	}
	if o := s.state.seededOwner(id); o != nil {
		return upload{}, o, o.name
	}
	return upload{}, nil, ""
}

// logoCacheCap bounds how many drawn logos are kept; a drawn logo is a few
// kilobytes.
const logoCacheCap = 512

// logoCache keeps drawn logos, oldest out first.
type logoCache struct {
	mu    sync.Mutex
	pics  map[string]upload
	order []string
	faces *typefaces
}

func (k *logoCache) draw(id string, o *organization, name string) upload {
	k.mu.Lock()
	defer k.mu.Unlock()
	if pic, has := k.pics[id]; has {
		return pic
	}
	if k.pics == nil {
		k.pics = map[string]upload{}
	}
	pic := k.sketch(o.h, name)
	if len(k.order) >= logoCacheCap {
		delete(k.pics, k.order[0])
		k.order = k.order[1:]
	}
	k.pics[id] = pic
	k.order = append(k.order, id)
	return pic
}

// drawAnew draws a logo that is not kept here.
func (k *logoCache) drawAnew(h uint64, name string) upload {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.sketch(h, name)
}

// sketch draws; the caller holds the lock, which the font's buffer needs too.
func (k *logoCache) sketch(h uint64, name string) upload {
	if k.faces == nil {
		k.faces = loadTypefaces()
	}
	return drawLogo(k.faces, h, name)
}

func (k *logoCache) clear() {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.pics, k.order = nil, nil
}
