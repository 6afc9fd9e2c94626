package program_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/taking"
)

// slowPicture never comes to an end by itself: its context's end is what each of
// its steps is given.
type slowPicture struct{ told chan<- time.Time }

func (p slowPicture) await(ctx context.Context) {
	until, _ := ctx.Deadline() // zero where there is none
	p.told <- until
}

func (p slowPicture) Source() domain.LogoSource {
	return domain.LogoSource{Kind: "PNG", Width: 1, Height: 1}
}
func (p slowPicture) Suggested() domain.LogoRecipe {
	return domain.LogoRecipe{Shape: domain.LogoShapeWide, Background: domain.LogoWhite}
}
func (p slowPicture) Preview(int, int) ([]byte, error) { return []byte("preview"), nil }
func (p slowPicture) Prepare(ctx context.Context, _ domain.LogoRecipe) (domain.PreparedLogo, error) {
	p.await(ctx)
	return domain.PreparedLogo{Enlarged: 1}, nil
}

// TestPicturesHaveADeadline: neither opening a picture nor making a logo of it
// can go on for ever, whichever way the picture came in.
func TestPicturesHaveADeadline(t *testing.T) {
	p, account, row := demoRow(t)
	deadlines := make(chan time.Time, 1)
	p.OpenPicturesWith(func(ctx context.Context, _ []byte) (taking.Picture, error) {
		picture := slowPicture{deadlines}
		picture.await(ctx)
		return picture, nil
	})
	bounded := func(what string, began time.Time) {
		t.Helper()
		switch until := <-deadlines; {
		case until.IsZero():
			t.Errorf("%s has no deadline", what)
		case until.Before(began) || until.After(time.Now().Add(program.PictureTime)):
			t.Errorf("%s, begun at %v, ends at %v", what, began, until)
		}
	}
	began := time.Now()
	taken := p.take(t, account, row.ID, "a.png", []byte("a picture"))
	bounded("a picture that was handed over", began)
	began = time.Now()
	if _, err := p.logos(t).PrepareLogo(account, row.ID, taken.ID, taken.Suggested); err != nil {
		t.Fatal(err)
	}
	bounded("a logo", began)

	path := filepath.Join(t.TempDir(), "b.png")
	if err := os.WriteFile(path, markOnWhite(t, 4, 4), 0o600); err != nil {
		t.Fatal(err)
	}
	began = time.Now()
	if _, err := p.logos(t).TakeDropped(account, row.ID, p.dropped(t, path).ID); err != nil {
		t.Fatal(err)
	}
	bounded("a picture that was dropped", began)

	// The page is told that it took too long, and nothing is kept.
	p.OpenPicturesWith(func(context.Context, []byte) (taking.Picture, error) {
		return nil, &domain.Error{Code: domain.CodeCanceled, Message: "Reading the picture took too long.", Cause: context.DeadlineExceeded}
	})
	status, body := p.hand(t, "/take/"+account+"/"+row.ID, "c.png", bytes.NewReader([]byte("a picture")), nil)
	if status == http.StatusOK || !bytes.Contains(body, []byte("took too long")) {
		t.Errorf("%d: %s", status, body)
	}
}
