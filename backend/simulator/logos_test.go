package simulator

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
)

// logoOf gives the logo of an organization as both reads tell it.
func logoOf(t *testing.T, s *Server, id string) string {
	t.Helper()
	one, _ := get(t, s, "/api/organizations/"+id).object(t)["logoUrl"].(string)
	listed, _ := get(t, s, "/api/organizations?filter=_id:$eq:"+id).list(t).Results[0]["logoUrl"].(string)
	if one != listed {
		t.Errorf("%s: the list says %q, the record %q", id, listed, one)
	}
	return one
}

func TestLogosAreRealPictures(t *testing.T) {
	s := New(Options{Orgs: 50})
	seen := map[string]int{}
	for _, id := range s.OrganizationIDs() {
		url := logoOf(t, s, id)
		if url == "" {
			seen["absent"]++
			continue
		}
		path, found := strings.CutPrefix(url, "http://sim.example")
		if !found || path != "/api/v2/logos/"+held(t, s, id).LogoID {
			t.Fatalf("logoUrl %q", url)
		}
		r := get(t, s, path, "x-api-key", "")
		if r.status != http.StatusOK {
			t.Fatalf("%s: %d", url, r.status)
		}
		pic, format, err := image.Decode(bytes.NewReader(r.body))
		if err != nil || r.header.Get("Content-Type") != "image/"+format {
			t.Fatalf("%s: %s as %s: %v", url, format, r.header.Get("Content-Type"), err)
		}
		size := pic.Bounds().Size()
		if size.X < minLogoSide || size.Y < minLogoSide || len(r.body) > maxLogoBytes {
			t.Errorf("%s: %v, %d bytes", url, size, len(r.body))
		}
		if isBlank(pic) {
			t.Errorf("%s is blank", url)
		}
		_, _, _, alpha := pic.At(0, 0).RGBA()
		seen[format]++
		seen[size.String()]++
		seen["clear"] += count(alpha == 0)
		seen["white"] += count(alpha == 0xffff)
	}
	for _, what := range []string{"png", "jpeg", "clear", "white", "(400,400)", "(800,400)", "(1200,400)"} {
		if seen[what] < 2 {
			t.Errorf("only %d logos are %s", seen[what], what)
		}
	}
	if seen["absent"] < 5 || seen["absent"] > 20 {
		t.Errorf("%d of 50 have no logo", seen["absent"])
	}
}

// isBlank says that all of a picture has one colour.
func isBlank(pic image.Image) bool {
	b := pic.Bounds()
	first := color.NRGBAModel.Convert(pic.At(b.Min.X, b.Min.Y))
	for y := b.Min.Y; y < b.Max.Y; y += 10 {
		for x := b.Min.X; x < b.Max.X; x += 10 {
			if color.NRGBAModel.Convert(pic.At(x, y)) != first {
				return false
			}
		}
	}
	return true
}

func TestLogosAreDrawnTheSameAgain(t *testing.T) {
	draw := func() []byte {
		s := New(Options{Orgs: 1})
		return get(t, s, "/api/v2/logos/"+held(t, s, acme(t, s)).LogoID).body
	}
	if !bytes.Equal(draw(), draw()) {
		t.Error("the same logo came out differently")
	}
}

func picture(t *testing.T, w, h int, encode func(*bytes.Buffer, image.Image) error) []byte {
	t.Helper()
	pic := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range pic.Pix {
		pic.Pix[i] = 200
	}
	var out bytes.Buffer
	if err := encode(&out, pic); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func asPNG(out *bytes.Buffer, pic image.Image) error { return png.Encode(out, pic) }

func asJPEG(out *bytes.Buffer, pic image.Image) error { return jpeg.Encode(out, pic, nil) }

func dataURL(kind string, raw []byte) string {
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(raw)
}

func TestSetLogo(t *testing.T) {
	s := New(Options{Orgs: 5})
	id := acme(t, s)
	first := logoOf(t, s, id)
	for _, c := range []struct {
		kind string
		raw  []byte
	}{{"image/png", picture(t, 800, 400, asPNG)}, {"image/jpeg", picture(t, 400, 400, asJPEG)}} {
		before := logoOf(t, s, id)
		wantStatus(t, put(t, s, id, map[string]any{"logo": dataURL(c.kind, c.raw)}), http.StatusOK)
		url := logoOf(t, s, id)
		if url == before {
			t.Fatal("the address did not change with the logo")
		}
		r := get(t, s, strings.TrimPrefix(url, "http://sim.example"))
		if !bytes.Equal(r.body, c.raw) || r.header.Get("Content-Type") != c.kind {
			t.Errorf("served %d bytes of %s", len(r.body), r.header.Get("Content-Type"))
		}
		wantStatus(t, get(t, s, strings.TrimPrefix(before, "http://sim.example")), http.StatusNotFound)
	}
	wantStatus(t, put(t, s, id, map[string]any{"logo": ""}), http.StatusOK)
	if url := logoOf(t, s, id); url != "" {
		t.Errorf("removed, but still at %q", url)
	}
	wantStatus(t, get(t, s, strings.TrimPrefix(first, "http://sim.example")), http.StatusNotFound)
	wantStatus(t, get(t, s, "/api/v2/logos/nonsense"), http.StatusNotFound)
}

func TestRefusedLogos(t *testing.T) {
	s := New(Options{Orgs: 5})
	id := acme(t, s)
	before := held(t, s, id)
	good := picture(t, 400, 400, asPNG)
	noise := make([]byte, maxLogoBytes+1)
	chacha := rand.NewChaCha8([32]byte{1})
	_, _ = chacha.Read(noise)
	cases := map[string]string{
		"plain base64": base64.StdEncoding.EncodeToString(good), "not base64": "data:image/png;base64,%%%",
		"gif": dataURL("image/gif", good), "no picture": dataURL("image/png", []byte("hello")),
		"wrong type": dataURL("image/jpeg", good), "cut off": dataURL("image/png", good[:len(good)/2]),
		"narrow": dataURL("image/png", picture(t, 399, 400, asPNG)), "low": dataURL("image/png", picture(t, 1200, 399, asPNG)),
		"too big": dataURL("image/png", noise), "bomb": dataURL("image/png", bomb()), "web address": "https://example.com/a.png",
	}
	for what, logo := range cases {
		r := put(t, s, id, map[string]any{"logo": logo})
		if r.status != http.StatusBadRequest {
			t.Errorf("%s: %d", what, r.status)
		}
	}
	if held(t, s, id) != before && held(t, s, id).LogoID != before.LogoID {
		t.Error("a refused logo changed it")
	}
}

// bomb is the head of a PNG of 50,000 by 50,000 pixels.
func bomb() []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewGray(image.Rect(0, 0, 1, 1))); err != nil {
		return nil
	}
	raw := out.Bytes()
	copy(raw[16:24], []byte{0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50})
	return raw
}

func TestLogoCacheIsBounded(t *testing.T) {
	var k logoCache
	o := &organization{h: 4}
	for i := range logoCacheCap + 3 {
		if i > 3 && i < logoCacheCap-3 {
			k.mu.Lock() // drawing them all would only take long
			k.pics[plain(i)] = upload{}
			k.order = append(k.order, plain(i))
			k.mu.Unlock()
			continue
		}
		k.draw(plain(i), o, "Name")
	}
	if len(k.pics) > logoCacheCap || len(k.order) != len(k.pics) {
		t.Errorf("%d logos kept, %d in order", len(k.pics), len(k.order))
	}
	if _, has := k.pics["0"]; has {
		t.Error("the oldest logo is still there")
	}
}

func TestInitials(t *testing.T) {
	faces := loadTypefaces()
	for name, want := range map[string]string{
		"Acme Dental Group": "AD", "The Oak Gallery": "OG", "Łódź Kolej Freight": "ŁK", "عيادة النور": "", "": "",
		"北海道トレーディング": "", "Barlow & Kline": "BK", "🥐 Bakery": "B",
	} {
		if got := initials(faces, name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}
