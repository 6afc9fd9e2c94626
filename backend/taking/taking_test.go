package taking_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/taking"
)

const (
	account = domain.AccountID("us:624d9eae6849cf3b3f93dc50")
	other   = domain.AccountID("us:624d9eae6849cf3b3f93dc51")
	org     = domain.OrgID("624d9eae6849cf3b3f93dc56")
	sibling = domain.OrgID("624d9eae6849cf3b3f93dc57")
)

// picture is a picture of a side, in pixels, whose bytes are its name.
type picture struct {
	data    []byte
	side    int
	waiting chan struct{} // Prepare waits for it, where there is one
}

func (p *picture) Source() domain.LogoSource {
	return domain.LogoSource{Kind: "PNG", Bytes: len(p.data), Width: p.side, Height: p.side}
}

func (p *picture) Suggested() domain.LogoRecipe {
	return domain.LogoRecipe{Shape: domain.LogoShapeKeep, Background: domain.LogoWhite}
}

func (p *picture) Prepare(_ context.Context, recipe domain.LogoRecipe) (domain.PreparedLogo, error) {
	if p.waiting != nil {
		<-p.waiting
	}
	if recipe.Shape == "" {
		return domain.PreparedLogo{}, &domain.Error{Code: domain.CodeInvalidInput, Message: "No shape."}
	}
	made := fmt.Appendf(nil, "%s as %s", p.data, recipe.Shape)
	return domain.PreparedLogo{File: domain.LogoFile{MediaType: "image/png", Bytes: made}}, nil
}

func (p *picture) Preview(maxWidth, maxHeight int) ([]byte, error) {
	return fmt.Appendf(nil, "%s within %d by %d", p.data, maxWidth, maxHeight), nil
}

var errNoPicture = &domain.Error{Code: domain.CodeInvalidInput, Message: "Not a picture."}

func newStore(side int) *taking.Store {
	next := 0
	var mu sync.Mutex
	return taking.New(func(_ context.Context, data []byte) (taking.Picture, error) {
		if bytes.HasPrefix(data, []byte("no")) {
			return nil, errNoPicture
		}
		return &picture{data: data, side: side}, nil
	}, func() string {
		mu.Lock()
		defer mu.Unlock()
		next++
		return fmt.Sprint("id", next)
	})
}

func take(t *testing.T, s *taking.Store, acc domain.AccountID, of domain.OrgID, data string) domain.TakenLogo {
	t.Helper()
	taken, err := s.Take(t.Context(), acc, of, data+".png", []byte(data))
	if err != nil {
		t.Fatal(err)
	}
	return taken
}

func prepare(t *testing.T, s *taking.Store, taken domain.TakenLogo, shape domain.LogoShape) domain.ReadyLogo {
	t.Helper()
	ready, err := s.Prepare(t.Context(), taken.Account, taken.Org, taken.ID, domain.LogoRecipe{Shape: shape})
	if err != nil {
		t.Fatal(err)
	}
	return ready
}

func TestWhatIsTakenIsMadeReadyAndServed(t *testing.T) {
	s := newStore(500)
	taken := take(t, s, account, org, "sun")
	if taken.Account != account || taken.Org != org || taken.FileName != "sun.png" || taken.Source.Width != 500 ||
		taken.Suggested.Background != domain.LogoWhite {
		t.Errorf("taken as %+v", taken)
	}
	ready := prepare(t, s, taken, domain.LogoShapeWide)
	found, err := s.Ready(account, org, ready.ID)
	if err != nil || string(found.File.Bytes) != "sun as 1200x400" || found.Account != account || found.Org != org {
		t.Errorf("ready is %+v, %v", found, err)
	}
	if file, err := s.File(account, ready.ID); err != nil || string(file.Bytes) != "sun as 1200x400" {
		t.Errorf("the file is %q, %v", file.Bytes, err)
	}
	if before, err := s.Preview(account, taken.ID); err != nil || string(before) != "sun within 1200 by 800" {
		t.Errorf("the preview is %q, %v", before, err)
	}
}

// TestNobodyElseGetsIt: what was taken belongs to one organization of one account.
func TestNobodyElseGetsIt(t *testing.T) {
	s := newStore(500)
	taken := take(t, s, account, org, "sun")
	ready := prepare(t, s, taken, domain.LogoShapeWide)
	recipe := domain.LogoRecipe{Shape: domain.LogoShapeWide}
	for name, ask := range map[string]func() error{
		"prepare for another organization": func() error { _, err := s.Prepare(t.Context(), account, sibling, taken.ID, recipe); return err },
		"prepare for another account":      func() error { _, err := s.Prepare(t.Context(), other, org, taken.ID, recipe); return err },
		"prepare what is ready":            func() error { _, err := s.Prepare(t.Context(), account, org, ready.ID, recipe); return err },
		"set for another organization":     func() error { _, err := s.Ready(account, sibling, ready.ID); return err },
		"set for another account":          func() error { _, err := s.Ready(other, org, ready.ID); return err },
		"set what is only taken":           func() error { _, err := s.Ready(account, org, taken.ID); return err },
		"show to another account":          func() error { _, err := s.File(other, ready.ID); return err },
		"show the source to another":       func() error { _, err := s.Preview(other, taken.ID); return err },
		"show what is only ready":          func() error { _, err := s.Preview(account, ready.ID); return err },
		"nothing":                          func() error { _, err := s.Ready(account, org, ""); return err },
	} {
		if err := ask(); domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsRefusedDisplacesNothing(t *testing.T) {
	s := newStore(500)
	kept := take(t, s, account, org, "sun")
	for range 5 {
		if _, err := s.Take(t.Context(), account, org, "x", []byte("no picture")); !errors.Is(err, errNoPicture) {
			t.Fatal(err)
		}
	}
	if _, err := s.Prepare(t.Context(), account, org, kept.ID, domain.LogoRecipe{}); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Error(err)
	}
	prepare(t, s, kept, domain.LogoShapeKeep)
}

func TestOnlyTheNewestAreKept(t *testing.T) {
	for _, c := range []struct {
		side, kept int
	}{{500, 2}, {9000, 1}} { // 9000 by 9000 pixels are 309 MiB
		s := newStore(c.side)
		var all []domain.TakenLogo
		for i := range 4 {
			all = append(all, take(t, s, account, org, fmt.Sprint("p", i)))
		}
		kept := 0
		for i, taken := range all {
			_, err := s.Preview(account, taken.ID)
			if err == nil {
				kept++
			}
			if i == len(all)-1 && err != nil {
				t.Errorf("the newest is gone: %v", err)
			}
		}
		if kept != c.kept {
			t.Errorf("%d pictures of %d pixels a side are kept, want %d", kept, c.side, c.kept)
		}
	}
}

func TestOnlyTheNewestReadyOnesAreKept(t *testing.T) {
	s := newStore(500)
	taken := take(t, s, account, org, "sun")
	var all []domain.ReadyLogo
	for range 6 {
		all = append(all, prepare(t, s, taken, domain.LogoShapeWide))
	}
	for i, ready := range all {
		if _, err := s.Ready(account, org, ready.ID); (err == nil) != (i >= 2) {
			t.Errorf("number %d: %v", i, err)
		}
	}
}

// TestWhatIsDisplacedMeanwhileIsNotReady: nobody could set it any more.
func TestWhatIsDisplacedMeanwhileIsNotReady(t *testing.T) {
	waiting := make(chan struct{})
	s := taking.New(func(_ context.Context, data []byte) (taking.Picture, error) {
		return &picture{data: data, side: 10, waiting: waiting}, nil
	}, func() string { return "id" })
	taken := take(t, s, account, org, "sun")
	result := make(chan error)
	go func() {
		_, err := s.Prepare(t.Context(), account, org, taken.ID, domain.LogoRecipe{Shape: domain.LogoShapeWide})
		result <- err
	}()
	waiting <- struct{}{} // it is being made
	// Either order is possible from here on; afterwards nothing of it is kept.
	s.Forget(account)
	if err := <-result; err != nil && domain.CodeOf(err) != domain.CodeNotFound {
		t.Error(err)
	}
	if _, err := s.Ready(account, org, "id"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("after it was forgotten: %v", err)
	}
}

func TestForgetsAnAccount(t *testing.T) {
	s := newStore(500)
	gone, stays := take(t, s, account, org, "sun"), take(t, s, other, org, "moon")
	s.Forget(account)
	if _, err := s.Preview(account, gone.ID); domain.CodeOf(err) != domain.CodeNotFound {
		t.Error(err)
	}
	if _, err := s.Preview(other, stays.ID); err != nil {
		t.Error(err)
	}
}

// TestWhatIsForgottenDoesNotComeBack: opening a picture takes seconds, in which
// the account may be signed out of.
func TestWhatIsForgottenDoesNotComeBack(t *testing.T) {
	opening, goOn := make(chan struct{}), make(chan struct{})
	next := 0
	s := taking.New(func(_ context.Context, data []byte) (taking.Picture, error) {
		if string(data) == "slow" {
			opening <- struct{}{}
			<-goOn
		}
		return &picture{data: data, side: 10}, nil
	}, func() string { next++; return fmt.Sprint("id", next) })
	result := make(chan error, 1)
	go func() {
		_, err := s.Take(t.Context(), account, org, "slow.png", []byte("slow"))
		result <- err
	}()
	<-opening
	s.Forget(other)
	s.Forget(account)
	close(goOn)
	if err := <-result; domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("what was being taken came to %v", err)
	}
	if _, err := s.Preview(account, "id1"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("and is kept: %v", err)
	}
	// Who signs in again begins anew.
	if _, err := s.Preview(account, take(t, s, account, org, "sun").ID); err != nil {
		t.Error(err)
	}
}

// TestLetsGoOfOne: of that one alone, and what was made of it can be set on.
func TestLetsGoOfOne(t *testing.T) {
	s := newStore(9000)
	gone := take(t, s, account, org, "sun")
	made, err := s.Ready(account, org, prepare(t, s, gone, domain.LogoShapeWide).ID)
	if err != nil {
		t.Fatal(err)
	}
	s.LetGo(other, gone.ID)
	s.LetGo(account, "")
	if _, err := s.Preview(account, gone.ID); err != nil {
		t.Errorf("another's let go of it: %v", err)
	}
	s.LetGo(account, gone.ID)
	for name, err := range map[string]error{
		"the preview": second(s.Preview(account, gone.ID)), "the file": second(s.File(account, made.ID)),
		"the logo": second(s.Ready(account, org, made.ID)),
	} {
		if domain.CodeOf(err) != domain.CodeNotFound {
			t.Errorf("%s is kept: %v", name, err)
		}
	}
	if string(made.File.Bytes) != "sun as 1200x400" {
		t.Errorf("what was given before is %q", made.File.Bytes)
	}
}

func second[T any](_ T, err error) error { return err }

func TestNamesAreFitToBeShown(t *testing.T) {
	for name, want := range map[string]string{
		"Acme Dental.png":          "Acme Dental.png",
		"/home/sam/logos/Acme.png": "Acme.png",
		`C:\Users\sam\Acme.png`:    "Acme.png",
		"Zoë’s Café 株式会社.webp":     "Zoë’s Café 株式会社.webp",
		"a\x00b\nc\u202egnp.exe":   "abcgnp.exe",
		"\xff\xfeAcme.png":         "Acme.png",
		"  ":                       "",
		"":                         "",
		strings.Repeat("ä", 300):   strings.Repeat("ä", 200),
		"folder/":                  "",
	} {
		taken, err := newStore(5).Take(t.Context(), account, org, name, []byte("sun"))
		if err != nil || taken.FileName != want {
			t.Errorf("%q is shown as %q, want %q (%v)", name, taken.FileName, want, err)
		}
	}
}
