package jumpcloud

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"strconv"
	"sync"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	pageSize = 100  // records asked for at once; the server gives no more
	maxPage  = 1000 // records in one answer above which it is not believed
	maxPages = 1000 // pages of a list without a count
	// maxBeyond is how many full pages are read past the end that a count tells.
	maxBeyond = 20
)

// page is one page of a list, with how many records the server says there are.
type page[T any] struct {
	items []T
	total int
}

func pageQuery(sort string, skip int) url.Values {
	query := url.Values{"limit": {strconv.Itoa(pageSize)}, "skip": {strconv.Itoa(skip)}}
	if sort != "" {
		query.Set("sort", sort)
	}
	return query
}

// counted reads a list that tells its count. op gives the call of the page at
// an offset, and convert makes a wire record into T or says what is wrong with it.
func counted[W, T any](ctx context.Context, c *Client, op func(skip int) call, convert func(W) (T, error)) iter.Seq2[page[T], error] {
	return pages(ctx, c.limits.MaxInFlight, func(ctx context.Context, skip int) (page[T], error) {
		this := op(skip)
		frame, err := fetch[envelope[W]](ctx, c, this)
		if err != nil {
			return page[T]{}, err
		}
		wire, err := frame.page()
		if err != nil {
			return page[T]{}, c.malformed(this, err)
		}
		out := page[T]{items: make([]T, 0, len(wire.items)), total: wire.total}
		for _, record := range wire.items {
			item, err := convert(record)
			if err != nil {
				return page[T]{}, c.malformed(this, err)
			}
			out.items = append(out.items, item)
		}
		return out, nil
	})
}

// pages reads the first page, learns the count, and reads the others side by
// side; the client's limiter bounds how many at once. Pages come in the order
// in which they arrive; one past the end is empty, and tells the count. An error is the last thing that comes. When the
// consumer stops, everything under way is stopped and waited for.
func pages[T any](ctx context.Context, workers int, fetch func(ctx context.Context, skip int) (page[T], error)) iter.Seq2[page[T], error] {
	return func(yield func(page[T], error) bool) {
		first, err := fetch(ctx, 0)
		if err != nil {
			yield(page[T]{}, err)
			return
		}
		plan := newPagePlan(len(first.items), first.total)
		ctx, cancel := context.WithCancel(ctx)
		results, stop := make(chan pageResult[T]), make(chan struct{})
		var running sync.WaitGroup
		for range min(workers, (plan.total-1)/pageSize) {
			running.Go(func() { readPages(ctx, plan, fetch, results, stop) })
		}
		done := make(chan struct{})
		go func() { // cannot panic: it waits and closes
			running.Wait()
			close(done)
		}()
		defer func() {
			cancel()
			close(stop)
			<-done
		}()
		// The others are asked for before the first is handed on: keeping it takes a while.
		if !yield(first, nil) {
			return
		}
		for {
			select {
			case result := <-results:
				if !yield(result.page, result.err) || result.err != nil {
					return
				}
			case <-done:
				return
			}
		}
	}
}

type pageResult[T any] struct {
	page page[T]
	err  error
}

// readPages takes pages of the plan until there is none left, one fails, or the
// consumer stops. It does not stop silently when ctx ends: the failure that
// follows must reach the consumer, or a list cut short would look complete.
func readPages[T any](ctx context.Context, plan *pagePlan, fetch func(context.Context, int) (page[T], error), results chan<- pageResult[T], stop <-chan struct{}) {
	for {
		skip, more := plan.take()
		if !more {
			return
		}
		got, err := guarded(ctx, skip, fetch)
		if err == nil {
			plan.observe(skip, len(got.items), got.total)
		}
		select {
		case results <- pageResult[T]{got, err}:
		case <-stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// guarded makes a panic in a worker into an error, so that it reaches a person
// and not the whole program.
func guarded[T any](ctx context.Context, skip int, fetch func(context.Context, int) (page[T], error)) (got page[T], err error) {
	defer func() {
		if thrown := recover(); thrown != nil {
			err = &domain.Error{Code: domain.CodeInternal, Message: "Orgdeck failed while reading a list.", Cause: fmt.Errorf("panic: %T", thrown)}
		}
	}()
	return fetch(ctx, skip)
}

// pagePlan hands out the offsets of a list's pages. The list may grow while it
// is read, and its count may be too low: an empty page is its end, or one that
// is not full where the count says so.
type pagePlan struct {
	mu          sync.Mutex
	next, total int
	beyond      int
	ended       bool
}

// newPagePlan plans what comes after a first page. Where the count says that the
// last page is full, the one past it is read beside the others: waiting to see
// that it is full would cost a round trip.
func newPagePlan(items, total int) *pagePlan {
	p := &pagePlan{next: pageSize}
	p.observe(0, items, total)
	if p.total > 0 && p.total%pageSize == 0 {
		p.beyond++
		p.total++
	}
	return p
}

func (p *pagePlan) take() (skip int, more bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.ended || p.next >= p.total {
		return 0, false
	}
	skip = p.next
	p.next += pageSize
	return skip, true
}

func (p *pagePlan) observe(skip, items, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ended = p.ended || items == 0
	p.total = max(p.total, total)
	if end := skip + pageSize; items >= pageSize && end >= p.total && p.beyond < maxBeyond {
		p.beyond++
		p.total = end + 1
	}
}

// uncounted reads a bare list, which tells no count: page after page until a
// short one. key tells records apart, so that a server that repeats itself for
// ever is found out.
func uncounted[W any, T comparable](ctx context.Context, c *Client, op func(skip int) call, convert func(W) (T, error)) ([]T, error) {
	var all []T
	seen := map[T]bool{}
	for number := range maxPages {
		this := op(number * pageSize)
		frame, err := fetch[records[W]](ctx, c, this)
		if err != nil {
			return nil, err
		}
		before := len(all)
		for _, record := range frame.items {
			item, err := convert(record)
			if err != nil {
				return nil, c.malformed(this, err)
			}
			if !seen[item] {
				seen[item] = true
				all = append(all, item)
			}
		}
		if len(frame.items) < pageSize {
			return all, nil
		}
		if len(all) == before {
			return nil, c.malformed(this, errors.New("the same page came again"))
		}
	}
	return nil, c.malformed(op(0), errors.New("the list does not end"))
}

// collect reads all pages of a list into one, each id once.
func collect[T any](list iter.Seq2[page[T], error], id func(T) string) ([]T, error) {
	var all []T
	seen := map[string]bool{}
	for part, err := range list {
		if err != nil {
			return nil, err
		}
		for _, item := range part.items {
			if key := id(item); !seen[key] {
				seen[key] = true
				all = append(all, item)
			}
		}
	}
	return all, nil
}
