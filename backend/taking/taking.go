package taking

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// What is kept at most. The newest picture always is, whatever it weighs, until
// it is let go of: how large one may be is for whoever opens it to say.
const (
	maxTaken  = 2
	maxReady  = 4         // of each picture
	maxWeight = 256 << 20 // bytes, of all pictures together
)

// The pixels of a preview: a dialog's width on a dense screen.
const (
	previewWidth  = 1200
	previewHeight = 800
)

// Picture is a picture that came in, opened.
type Picture interface {
	Source() domain.LogoSource
	// Suggested gives the recipe to begin with.
	Suggested() domain.LogoRecipe
	Prepare(ctx context.Context, recipe domain.LogoRecipe) (domain.PreparedLogo, error)
	// Preview gives the picture as it came in as a PNG that fits into a box, in pixels.
	Preview(maxWidth, maxHeight int) ([]byte, error)
}

// Store keeps pictures. Its methods may be called at the same time.
type Store struct {
	open  func(ctx context.Context, data []byte) (Picture, error)
	newID func() string

	mu    sync.Mutex
	taken []*taken // the newest last
	// forgotten counts how often an account was forgotten.
	forgotten map[domain.AccountID]int
}

// taken is a picture with what was made of it.
type taken struct {
	domain.TakenLogo
	picture Picture
	preview []byte
	ready   []domain.ReadyLogo // the newest last
}

// New makes a store. open refuses what is no picture, with words; newID gives
// names that nobody can guess and that never repeat.
func New(open func(ctx context.Context, data []byte) (Picture, error), newID func() string) *Store {
	return &Store{open: open, newID: newID, forgotten: map[domain.AccountID]int{}}
}

// Take takes a picture in for an organization, and lets go of the oldest where
// too much is kept. fileName is what the person called it; a folder before it
// and what cannot be shown is left out. not_found where the account is forgotten
// meanwhile: what was let go of must not come back.
func (s *Store) Take(ctx context.Context, account domain.AccountID, org domain.OrgID, fileName string, data []byte) (domain.TakenLogo, error) {
	s.mu.Lock()
	before := s.forgotten[account]
	s.mu.Unlock()
	picture, err := s.open(ctx, data)
	if err != nil {
		return domain.TakenLogo{}, err
	}
	preview, err := picture.Preview(previewWidth, previewHeight)
	if err != nil {
		return domain.TakenLogo{}, fmt.Errorf("preview of a picture: %w", err)
	}
	t := &taken{
		TakenLogo: domain.TakenLogo{
			ID: s.newID(), Account: account, Org: org, FileName: ShownName(fileName),
			Source: picture.Source(), Suggested: picture.Suggested(),
		},
		picture: picture, preview: preview,
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forgotten[account] != before {
		return domain.TakenLogo{}, displaced()
	}
	s.taken = append(s.taken, t)
	for len(s.taken) > 1 && (len(s.taken) > maxTaken || s.weight() > maxWeight) {
		s.taken = slices.Delete(s.taken, 0, 1)
	}
	return t.TakenLogo, nil
}

// weight is about how many bytes the pictures take; the lock is held.
func (s *Store) weight() int {
	sum := 0
	for _, t := range s.taken {
		sum += t.Source.Bytes + 4*t.Source.Width*t.Source.Height + len(t.preview)
	}
	return sum
}

// Prepare makes what was taken for an organization into a logo. The same recipe
// gives the same logo as long as that is kept.
func (s *Store) Prepare(ctx context.Context, account domain.AccountID, org domain.OrgID, id string, recipe domain.LogoRecipe) (domain.ReadyLogo, error) {
	s.mu.Lock()
	t := s.find(account, id)
	s.mu.Unlock()
	if t == nil || t.Org != org {
		return domain.ReadyLogo{}, displaced()
	}
	prepared, err := t.picture.Prepare(ctx, recipe)
	if err != nil {
		return domain.ReadyLogo{}, err
	}
	ready := domain.ReadyLogo{ID: s.newID(), Account: account, Org: org, PreparedLogo: prepared}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.taken, t) {
		return domain.ReadyLogo{}, displaced()
	}
	t.ready = append(t.ready, ready)
	if len(t.ready) > maxReady {
		t.ready = slices.Delete(t.ready, 0, 1)
	}
	return ready, nil
}

// Ready gives what Prepare made for an organization.
func (s *Store) Ready(account domain.AccountID, org domain.OrgID, id string) (domain.ReadyLogo, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.taken {
		if t.Account != account || t.Org != org {
			continue
		}
		if i := slices.IndexFunc(t.ready, func(r domain.ReadyLogo) bool { return r.ID == id }); i >= 0 {
			return t.ready[i], nil
		}
	}
	return domain.ReadyLogo{}, displaced()
}

// File gives the bytes of what Prepare made for any organization of an account, to be shown.
func (s *Store) File(account domain.AccountID, id string) (domain.LogoFile, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, t := range s.taken {
		if t.Account != account {
			continue
		}
		if i := slices.IndexFunc(t.ready, func(r domain.ReadyLogo) bool { return r.ID == id }); i >= 0 {
			return t.ready[i].File, nil
		}
	}
	return domain.LogoFile{}, displaced()
}

// Preview gives a taken picture as it came in, made small, as PNG.
func (s *Store) Preview(account domain.AccountID, id string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t := s.find(account, id); t != nil {
		return t.preview, nil
	}
	return nil, displaced()
}

// LetGo lets go of one picture and of what was made of it; nothing where it is
// not kept. Who was given a ReadyLogo of it before has all of it.
func (s *Store) LetGo(account domain.AccountID, id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.taken = slices.DeleteFunc(s.taken, func(t *taken) bool { return t.Account == account && t.ID == id })
}

// Forget lets go of everything that came in for an account, and of what is
// being taken in for it now.
func (s *Store) Forget(account domain.AccountID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forgotten[account]++
	s.taken = slices.DeleteFunc(s.taken, func(t *taken) bool { return t.Account == account })
}

// find gives what was taken for an account under an id, or nil; the lock is held.
func (s *Store) find(account domain.AccountID, id string) *taken {
	i := slices.IndexFunc(s.taken, func(t *taken) bool { return t.Account == account && t.ID == id })
	if i < 0 {
		return nil
	}
	return s.taken[i]
}

func displaced() error {
	return &domain.Error{
		Code: domain.CodeNotFound, Message: "This picture is not kept any more. Nothing was changed.",
		Hint: "Choose the picture again.",
	}
}
