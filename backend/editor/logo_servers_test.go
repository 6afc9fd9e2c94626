package editor_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor"
	"github.com/orgdeck/orgdeck/backend/logo"
)

// oddServer is a Remote that keeps one organization's logo in a way of its own.
type oddServer struct {
	editor.Remote
	address string
	held    []byte
	// take gives what is held of a logo that was sent; nil takes it as it is.
	take func(sent []byte) []byte
	// moves says that the address changes with the logo, as the simulator's does.
	moves bool
	// stale is how many looks more the logo before the last change is served.
	stale int
	old   []byte
	// refuse is what the picture cannot be read for.
	refuse error
	writes int
	// sent is what was sent last.
	sent []byte
}

func (o *oddServer) Details(ctx context.Context, org domain.OrgID) (domain.Details, error) {
	details, err := o.Remote.Details(ctx, org)
	details.LogoURL = ""
	if o.held != nil {
		details.LogoURL = o.address
	}
	return details, err
}

func (o *oddServer) Logo(_ context.Context, address string) ([]byte, error) {
	switch {
	case o.refuse != nil:
		return nil, o.refuse
	case address != o.address:
		return nil, &domain.Error{Code: domain.CodeNotFound, Message: "no such logo"}
	case o.stale > 0:
		o.stale--
		return o.old, nil
	}
	return o.held, nil
}

func (o *oddServer) UpdateSettings(_ context.Context, _ domain.OrgID, wanted domain.SettingsChange) (domain.Details, error) {
	o.writes++
	o.old = o.held
	sent := wanted.Logo.Bytes
	o.sent = sent
	if o.take != nil {
		sent = o.take(sent)
	}
	o.held = sent
	if o.moves {
		o.address += "x"
	}
	return domain.Details{}, nil
}

// odd is a rig on an odd server that has a logo, which was read.
func odd(t *testing.T, held []byte) (*rig, *oddServer, domain.OrgID) {
	t.Helper()
	r := newRig(t, 3)
	org := r.organization()
	server := &oddServer{Remote: r.accounts.remote, address: "https://cdn.example/logo", held: held}
	r.accounts.remote = server
	update := domain.OrgUpdate{ID: org, Details: &domain.Details{LogoURL: server.address}}
	if small, err := logo.Thumbnail(held, 300, 100); err == nil {
		update.Logo, update.LogoURL = &small, server.address
	} else {
		update.LogoUnusable, update.LogoURL = true, server.address
	}
	if _, err := r.db.ApplyUpdates(t.Context(), r.id, []domain.OrgUpdate{update}); err != nil {
		t.Fatal(err)
	}
	return r, server, org
}

// reencoded is how a server may change what it is sent.
func reencoded(t *testing.T, kind string, scale int) func([]byte) []byte {
	return func(sent []byte) []byte {
		m, _, err := image.Decode(bytes.NewReader(sent))
		if err != nil {
			t.Error(err)
			return nil
		}
		if scale > 1 {
			m = imaging.Resize(m, m.Bounds().Dx()/scale, 0, imaging.Lanczos)
		}
		var out bytes.Buffer
		if kind == "jpeg" {
			err = jpeg.Encode(&out, m, nil)
		} else {
			err = png.Encode(&out, m)
		}
		if err != nil {
			t.Error(err)
		}
		return out.Bytes()
	}
}

// nearly is a picture that passes for another one, as far as a server's own
// encoding is concerned, but is not it.
func nearly(t *testing.T, data []byte) []byte {
	t.Helper()
	m, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	changed := imaging.Clone(m)
	draw.Draw(changed, image.Rect(120, 80, 125, 85), image.NewUniform(color.RGBA{R: 40, G: 60, B: 130, A: 255}), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, changed); err != nil {
		t.Fatal(err)
	}
	if same, err := logo.Same(t.Context(), data, out.Bytes()); err != nil || !same || hashOf(t, data) == hashOf(t, out.Bytes()) {
		t.Fatalf("the pictures prove nothing: %v, %v", same, err)
	}
	return out.Bytes()
}

var errLink = &domain.Error{Code: domain.CodeLinkRefused, Message: "the link is refused"}

// TestServersAsTheyMayBe: what is told is what is served, however a server
// keeps logos.
func TestServersAsTheyMayBe(t *testing.T) {
	was, wanted, theirs := picture(t, "png", navy), picture(t, "png", orange), picture(t, "png", green)
	for _, c := range []struct {
		name    string
		arrange func(*oddServer)
		remove  bool
		state   domain.EditState
		settled int
		says    string
	}{
		{name: "the address stays", arrange: func(*oddServer) {}, state: domain.EditApplied, says: "serves the new logo"},
		{name: "the address changes", arrange: func(o *oddServer) { o.moves = true }, state: domain.EditApplied},
		{name: "encoded anew", arrange: func(o *oddServer) { o.take = reencoded(t, "jpeg", 1) }, state: domain.EditApplied},
		{name: "made smaller", arrange: func(o *oddServer) { o.take = reencoded(t, "png", 2) }, state: domain.EditApplied},
		{name: "shown a moment later", arrange: func(o *oddServer) { o.stale = 2; o.old = was }, state: domain.EditApplied, settled: 1},
		{name: "shown much later", arrange: func(o *oddServer) { o.stale = 9; o.old = was }, state: domain.EditNotApplied, settled: 1, says: "still has the old one"},
		{name: "set to another one", arrange: func(o *oddServer) { o.take = func([]byte) []byte { return theirs } }, state: domain.EditConflict, settled: 1, says: "now serves another one"},
		{name: "taken away instead", arrange: func(o *oddServer) { o.take = func([]byte) []byte { return nil } }, state: domain.EditConflict, settled: 1, says: "now has none"},
		{name: "unreadable afterwards", arrange: func(o *oddServer) {
			o.take = func(sent []byte) []byte { o.refuse = errLink; return sent }
		}, state: domain.EditUncertain, settled: 1, says: "could not be read"},
		{name: "no picture afterwards", arrange: func(o *oddServer) { o.take = func([]byte) []byte { return []byte("<html>") } }, state: domain.EditUncertain, settled: 1, says: "could not be read"},
		{name: "removed, the address changes", remove: true, arrange: func(o *oddServer) { o.moves = true }, state: domain.EditApplied, says: "was removed"},
		{name: "removal ignored", remove: true, arrange: func(o *oddServer) { o.take = func([]byte) []byte { return was } }, state: domain.EditNotApplied, settled: 1, says: "still has the old one"},
		{name: "removed for a drawing of the server's", remove: true, arrange: func(o *oddServer) { o.take = func([]byte) []byte { return theirs } }, state: domain.EditConflict, settled: 1, says: "now serves another one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r, server, org := odd(t, was)
			c.arrange(server)
			change := domain.LogoChange{Org: org, Expected: hashOf(t, was)}
			if !c.remove {
				change.File = file(wanted)
			}
			outcome, err := r.SetLogo(t.Context(), r.id, change)
			if err != nil || outcome.State != c.state || !strings.Contains(outcome.Message, c.says) || server.writes != 1 || r.settled != c.settled {
				t.Fatalf("came to %+v, %v, after settling %d times", outcome, err, r.settled)
			}
			if outcome.ServerKnown != (c.state != domain.EditUncertain) {
				t.Errorf("told is %+v", outcome)
			}
			if cached := r.cached(org); outcome.ServerKnown && server.stale == 0 && (outcome.Server != hashOf(t, server.held) || cached.LogoHash != outcome.Server) {
				t.Errorf("told is %+v, cached %+v", outcome, cached)
			}
		})
	}
}

// TestComparingEnds: logos are compared under a deadline, because nothing else
// can be done to the organization until then. One that did not end is uncertain.
func TestComparingEnds(t *testing.T) {
	was := picture(t, "png", navy)
	r, server, org := odd(t, was)
	server.take = reencoded(t, "jpeg", 1)
	bounded := true
	r.options.SameLogo = func(ctx context.Context, _, _ []byte) (bool, error) {
		_, ok := ctx.Deadline()
		bounded = bounded && ok
		return false, context.DeadlineExceeded
	}
	change := domain.LogoChange{Org: org, File: file(picture(t, "png", orange)), Expected: hashOf(t, was)}
	outcome, err := editor.New(r.options).SetLogo(t.Context(), r.id, change)
	if err != nil || outcome.State != domain.EditUncertain || !bounded {
		t.Errorf("came to %+v, %v; with a deadline: %v", outcome, err, bounded)
	}
}

// TestALogoThatIsNearlyTheNewOne: the old logo does not pass for the new one
// where the server ignored it.
func TestALogoThatIsNearlyTheNewOne(t *testing.T) {
	was := picture(t, "png", navy)
	r, server, org := odd(t, was)
	server.take = func([]byte) []byte { return was }
	outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(nearly(t, was)), Expected: hashOf(t, was)})
	if err != nil || outcome.State != domain.EditNotApplied || !outcome.OpenConsole {
		t.Errorf("came to %+v, %v", outcome, err)
	}
}

// TestALogoThatCannotBeRead: it is only replaced where the person accepts that
// there is no way back.
func TestALogoThatCannotBeRead(t *testing.T) {
	wanted := picture(t, "png", orange)
	for name, arrange := range map[string]func(*oddServer){
		"no picture":       func(*oddServer) {},
		"a refused link":   func(o *oddServer) { o.refuse = errLink },
		"an offline host":  func(o *oddServer) { o.refuse = &domain.Error{Code: domain.CodeOffline, Message: "offline"} },
		"a failing server": func(o *oddServer) { o.refuse = &domain.Error{Code: domain.CodeServer, Message: "500"} },
		"another key":      func(o *oddServer) { o.refuse = &domain.Error{Code: domain.CodeUnauthorized, Message: "401"} },
		"another host":     func(o *oddServer) { o.refuse = &domain.Error{Code: domain.CodeLogo, Message: "429"} },
	} {
		t.Run(name, func(t *testing.T) {
			r, server, org := odd(t, []byte("no picture at all"))
			arrange(server)
			change := domain.LogoChange{Org: org, File: file(wanted)}
			asked, err := r.SetLogo(t.Context(), r.id, change)
			if err != nil || asked.State != domain.EditConflict || asked.ServerKnown || server.writes != 0 || !strings.Contains(asked.Message, "Nothing was sent") {
				t.Fatalf("came to %+v, %v", asked, err)
			}
			if r.accounts.refused {
				t.Error("the picture's server was taken to have refused the key")
			}
			server.take = func(sent []byte) []byte { server.refuse = nil; return sent }
			change.Expected, change.Overwrite = asked.Before, true
			done, err := r.SetLogo(t.Context(), r.id, change)
			if err != nil || done.State != domain.EditApplied || done.Undoable || done.Before != domain.LogoUnreadable {
				t.Fatalf("overwriting came to %+v, %v", done, err)
			}
			if _, err := r.Undo(t.Context(), r.id, done.ActivityID); domain.CodeOf(err) != domain.CodeInvalidInput {
				t.Errorf("undoing came to %v", err)
			}
		})
	}
}

// TestRemovingALogoThatCannotBeRead: it is there as before, or it is gone.
func TestRemovingALogoThatCannotBeRead(t *testing.T) {
	for _, ignored := range []bool{true, false} {
		r, server, org := odd(t, []byte("no picture at all"))
		server.refuse = errLink
		if ignored {
			server.take = func([]byte) []byte { return []byte("no picture at all") }
		}
		outcome, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, Expected: domain.LogoUnreadable, Overwrite: true})
		if ignored && (err != nil || outcome.State != domain.EditNotApplied || !outcome.OpenConsole || outcome.ServerKnown) {
			t.Errorf("ignored, it came to %+v, %v", outcome, err)
		}
		if !ignored && (err != nil || outcome.State != domain.EditApplied || outcome.Undoable || outcome.Server != "" || r.cached(org).LogoURL != "") {
			t.Errorf("it came to %+v, %v", outcome, err)
		}
	}
}

// TestAnOldLogoOfAnotherKind can be replaced, but not be set again.
func TestAnOldLogoOfAnotherKind(t *testing.T) {
	was := picture(t, "gif", navy)
	r, _, org := odd(t, was)
	done, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(picture(t, "png", orange)), Expected: hashOf(t, was)})
	if err != nil || done.State != domain.EditApplied || done.Undoable {
		t.Fatalf("came to %+v, %v", done, err)
	}
	if _, err := r.Undo(t.Context(), r.id, done.ActivityID); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("undoing came to %v", err)
	}
}

// TestUndoOnAServerThatEncodesAnew goes back and forth, though no logo comes
// back as it was sent.
func TestUndoOnAServerThatEncodesAnew(t *testing.T) {
	was := picture(t, "png", navy)
	r, server, org := odd(t, was)
	server.take = reencoded(t, "jpeg", 1)
	step, err := r.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(picture(t, "png", orange)), Expected: hashOf(t, was)})
	for i, sent := range [][]byte{was, picture(t, "png", orange), was} {
		if err != nil || step.State != domain.EditApplied || !step.Undoable {
			t.Fatalf("step %d came to %+v, %v", i, step, err)
		}
		step, err = r.Undo(t.Context(), r.id, step.ActivityID)
		// Not the server's copy of it is sent, which would be worse each time.
		if !bytes.Equal(server.sent, sent) {
			t.Fatalf("step %d: another file was sent", i)
		}
	}
	if err != nil || server.writes != 4 {
		t.Errorf("%d writes, %v", server.writes, err)
	}
}

// fullDisk keeps no originals.
type fullDisk struct{ editor.Originals }

func (fullDisk) SaveLogoOriginal(context.Context, domain.AccountID, domain.OrgID, domain.LogoOriginal) error {
	return &domain.Error{Code: domain.CodeCacheFailed, Message: "disk full", Cause: errors.New("no space left")}
}

// TestNothingIsReplacedThatCouldNotBeKept: without a way back nothing is sent.
func TestNothingIsReplacedThatCouldNotBeKept(t *testing.T) {
	was := picture(t, "png", navy)
	r := newRig(t, 3)
	org := r.withLogo(was)
	r.options.Originals = fullDisk{r.db}
	full := editor.New(r.options)
	t.Cleanup(full.Close)
	_, err := full.SetLogo(t.Context(), r.id, domain.LogoChange{Org: org, File: file(picture(t, "png", orange)), Expected: hashOf(t, was)})
	if domain.CodeOf(err) != domain.CodeCacheFailed || r.wire.sent() != 0 || !strings.Contains(err.Error(), "Nothing was sent") {
		t.Errorf("came to %v after %d writes", err, r.wire.sent())
	}
}
