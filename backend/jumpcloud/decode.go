package jumpcloud

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

const maxCount = 10_000_000 // no account has as many of anything

// fetch carries a call out and decodes its answer, one JSON value, into T.
func fetch[T any](ctx context.Context, c *Client, op call) (*T, error) {
	body, err := c.do(ctx, op)
	if err != nil {
		return nil, err
	}
	var value T
	if err := decode(body, &value); err != nil {
		return nil, c.malformed(op, err)
	}
	return &value, nil
}

func decode(body []byte, into any) error {
	trimmed := bytes.TrimSpace(body)
	if len(trimmed) == 0 {
		return errors.New("the answer is empty")
	}
	if bytes.Equal(trimmed, []byte("null")) {
		return errors.New("the answer is null")
	}
	if err := json.Unmarshal(trimmed, into); err != nil {
		return fmt.Errorf("decode answer: %w", err)
	}
	return nil
}

// records is a list in an answer that knows whether it was there at all.
type records[T any] struct {
	present, null bool
	items         []T
}

// UnmarshalJSON reads a list, or null.
func (r *records[T]) UnmarshalJSON(data []byte) error {
	r.present = true
	if bytes.Equal(data, []byte("null")) {
		r.null = true
		return nil
	}
	var pointers []*T
	if err := json.Unmarshal(data, &pointers); err != nil {
		return fmt.Errorf("decode list: %w", err)
	}
	r.items = make([]T, 0, len(pointers))
	for _, item := range pointers {
		if item == nil {
			return errors.New("a record of the list is null")
		}
		r.items = append(r.items, *item)
	}
	return nil
}

// envelope is the frame of a page: V1 and provider lists call the list
// results, invoices call it records.
type envelope[T any] struct {
	Results    records[T] `json:"results"`
	Records    records[T] `json:"records"`
	TotalCount *int64     `json:"totalCount"`
}

// page checks the frame and gives what is in it. A list of null is an empty
// list only where the count says zero.
func (e *envelope[T]) page() (page[T], error) {
	found := e.Results
	if !found.present {
		found = e.Records
	}
	switch {
	case e.TotalCount == nil:
		return page[T]{}, errors.New("the answer has no totalCount")
	case *e.TotalCount < 0 || *e.TotalCount > maxCount:
		return page[T]{}, fmt.Errorf("totalCount is %d", *e.TotalCount)
	case !found.present:
		return page[T]{}, errors.New("the answer has no list")
	case found.null && *e.TotalCount != 0:
		return page[T]{}, fmt.Errorf("the list is null, although totalCount is %d", *e.TotalCount)
	case len(found.items) > maxPage:
		return page[T]{}, fmt.Errorf("a page of %d records", len(found.items))
	}
	return page[T]{items: found.items, total: int(*e.TotalCount)}, nil
}

// parseTime reads a time of the API; zero for what is none.
func parseTime(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}
	}
	return t.UTC()
}
