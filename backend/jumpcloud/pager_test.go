package jumpcloud

import (
	"context"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// fakeList is a list on a server: numbers, served in pages a second apart.
type fakeList struct {
	mu             sync.Mutex
	size           int
	claimed        int // added to the count that is told
	calls          []int
	active, most   atomic.Int32
	failAt, panics int // offsets; -1 for none
}

var errFake = errors.New("fake failure")

func (f *fakeList) fetch(ctx context.Context, skip int) (page[int], error) {
	f.most.Store(max(f.most.Load(), f.active.Add(1)))
	defer f.active.Add(-1)
	f.mu.Lock()
	f.calls = append(f.calls, skip)
	size, claimed := f.size, f.claimed
	f.mu.Unlock()
	if err := NewClock(time.Now).Sleep(ctx, time.Second); err != nil {
		return page[int]{}, err
	}
	switch skip {
	case f.failAt:
		return page[int]{}, errFake
	case f.panics:
		panic("a defect")
	}
	p := page[int]{total: size + claimed}
	for i := skip; i < min(skip+pageSize, size); i++ {
		p.items = append(p.items, i)
	}
	return p, nil
}

func newFakeList(size int) *fakeList { return &fakeList{size: size, failAt: -1, panics: -1} }

func TestPagesGiveEverythingInParallel(t *testing.T) {
	for _, size := range []int{0, 1, 99, 100, 101, 200, 201, 2500} {
		synctest.Test(t, func(t *testing.T) {
			f := newFakeList(size)
			start := time.Now()
			var got []int
			for p, err := range pages(t.Context(), 24, f.fetch) {
				if err != nil {
					t.Fatal(err)
				}
				got = append(got, p.items...)
			}
			slices.Sort(got)
			// After a full last page another one is looked for.
			want := size/pageSize + 1
			if len(got) != size || len(slices.Compact(got)) != size || len(f.calls) != want {
				t.Errorf("%d of %d records in %d calls", len(got), size, len(f.calls))
			}
			// The first page, and all others beside each other: also the one past a full last page.
			most := time.Duration(2)
			if size > 24*pageSize {
				most = 3
			}
			if rounds := time.Since(start) / time.Second; rounds > most {
				t.Errorf("%d records took %d round trips", size, rounds)
			}
		})
	}
}

// TestTheOtherPagesDoNotWaitForTheFirst: whoever takes the first page may keep
// it for as long as a round trip.
func TestTheOtherPagesDoNotWaitForTheFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeList(900)
		start, taken := time.Now(), 0
		for _, err := range pages(t.Context(), 24, f.fetch) {
			if err != nil {
				t.Fatal(err)
			}
			if taken++; taken == 1 {
				if err := NewClock(time.Now).Sleep(t.Context(), time.Second); err != nil {
					t.Fatal(err)
				}
			}
		}
		if took := time.Since(start); taken != 9+1 || took != 2*time.Second {
			t.Errorf("%d pages took %s", taken, took)
		}
	})
}

func TestPagesFollowAListThatGrows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeList(250)
		count := 0
		for p, err := range pages(t.Context(), 2, f.fetch) {
			if err != nil {
				t.Fatal(err)
			}
			if count == 0 {
				f.mu.Lock()
				f.size = 420
				f.mu.Unlock()
			}
			count += len(p.items)
		}
		if count != 420 {
			t.Errorf("%d records", count)
		}
	})
}

func TestPagesStopWhereTheListEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFakeList(250)
		f.claimed = 9_000_000
		count := 0
		for p, err := range pages(t.Context(), 4, f.fetch) {
			if err != nil {
				t.Fatal(err)
			}
			count += len(p.items)
		}
		if count != 250 || len(f.calls) > 12 {
			t.Errorf("%d records in %d calls", count, len(f.calls))
		}
	})
}

// TestPagesDoNotStopWhereTheCountIsTooLow: the count ends no list while pages
// are full, so that whoever counts the records can see that it lied.
func TestPagesDoNotStopWhereTheCountIsTooLow(t *testing.T) {
	for _, claimed := range []int{-1, -7, -150, -200, -250} {
		synctest.Test(t, func(t *testing.T) {
			f := newFakeList(250)
			f.claimed = claimed
			count := 0
			for p, err := range pages(t.Context(), 4, f.fetch) {
				if err != nil {
					t.Fatal(err)
				}
				count += len(p.items)
			}
			if count != 250 {
				t.Errorf("told %d, %d of 250 records came", 250+claimed, count)
			}
		})
	}
}

// TestPagesEndWithAServerThatRepeatsItself: full pages alone do not go on for ever.
func TestPagesEndWithAServerThatRepeatsItself(t *testing.T) {
	calls := 0
	for _, err := range pages(t.Context(), 1, func(context.Context, int) (page[int], error) {
		calls++
		return page[int]{items: make([]int, pageSize), total: 100}, nil
	}) {
		if err != nil {
			t.Fatal(err)
		}
	}
	if calls != 1+maxBeyond {
		t.Errorf("%d pages of a list that never ends", calls)
	}
}

func TestPagesStopWithTheConsumer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for stopAfter := 1; stopAfter < 5; stopAfter++ {
			f := newFakeList(10_000)
			seen := 0
			for _, err := range pages(t.Context(), 3, f.fetch) {
				if err != nil {
					t.Fatal(err)
				}
				if seen++; seen == stopAfter {
					break
				}
			}
			// synctest fails the test where a goroutine is left behind.
			if f.active.Load() != 0 || f.most.Load() > 3 || len(f.calls) > stopAfter+6 {
				t.Errorf("%d left, %d at once, %d calls", f.active.Load(), f.most.Load(), len(f.calls))
			}
		}
	})
}

func TestPagesEndWithAnError(t *testing.T) {
	tests := []struct {
		name  string
		set   func(*fakeList)
		check func(error) bool
	}{
		{"first page", func(f *fakeList) { f.failAt = 0 }, func(err error) bool { return errors.Is(err, errFake) }},
		{"a later page", func(f *fakeList) { f.failAt = 300 }, func(err error) bool { return errors.Is(err, errFake) }},
		{"a defect", func(f *fakeList) { f.panics = 300 }, func(err error) bool { return domain.CodeOf(err) == domain.CodeInternal }},
	}
	for _, tc := range tests {
		synctest.Test(t, func(t *testing.T) {
			f := newFakeList(1000)
			tc.set(f)
			var last error
			for _, err := range pages(t.Context(), 2, f.fetch) {
				if last != nil {
					t.Errorf("%s: something came after the error", tc.name)
				}
				last = err
			}
			if !tc.check(last) || f.active.Load() != 0 {
				t.Errorf("%s: ended with %v, %d left", tc.name, last, f.active.Load())
			}
		})
	}
}

func TestPagesEndWithTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2500*time.Millisecond)
		defer cancel()
		f := newFakeList(10_000)
		var last error
		for _, last = range pages(ctx, 3, f.fetch) {
			continue
		}
		if !errors.Is(last, context.DeadlineExceeded) || f.active.Load() != 0 {
			t.Errorf("ended with %v, %d left", last, f.active.Load())
		}
	})
}
