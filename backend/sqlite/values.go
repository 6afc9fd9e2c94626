package sqlite

import (
	"time"
)

// timeValue is how a time is kept: Unix milliseconds, NULL for the zero time.
func timeValue(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMilli()
}

// textOrNull is how an optional text is kept: NULL for the empty one.
func textOrNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// intOrNull is how an optional number is kept: NULL for none.
func intOrNull(n *int) any {
	if n == nil {
		return nil
	}
	return int64(*n)
}

// cells are the values of one row as the driver gives them, by position.
// Scanning into them spares database/sql its conversions by reflection, which
// would be most of the time of reading a long list.
type cells []any

// newCells makes room for n columns; targets are what Scan takes.
func newCells(n int) (row cells, targets []any) {
	row = make(cells, n)
	targets = make([]any, n)
	for i := range row {
		targets[i] = &row[i]
	}
	return row, targets
}

// text is a text column; empty for NULL.
func (c cells) text(i int) string {
	s, _ := c[i].(string)
	return s
}

// number is an integer column; zero for NULL.
func (c cells) number(i int) int {
	n, _ := c[i].(int64)
	return int(n)
}

// flag is a column of 0 and 1.
func (c cells) flag(i int) bool { return c.number(i) != 0 }

// null reports whether a column is NULL.
func (c cells) null(i int) bool { return c[i] == nil }

// time is a column of Unix milliseconds; the zero time for NULL.
func (c cells) time(i int) time.Time {
	n, ok := c[i].(int64)
	if !ok {
		return time.Time{}
	}
	return time.UnixMilli(n).UTC()
}

// optionalNumber is an integer column; nil for NULL.
func (c cells) optionalNumber(i int) *int {
	if c.null(i) {
		return nil
	}
	n := c.number(i)
	return &n
}
