package simulator

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

const (
	defaultLimit = 10
	maxLimit     = 100
)

// dialect is how one of the two API versions writes lists in a query.
type dialect int

const (
	v1 dialect = 1 // fields and sort apart by spaces, filters field:$eq:value
	v2 dialect = 2 // apart by commas, filters field:eq:value
)

// query is what a list request asks for.
type query struct {
	limit, skip int
	fields      []string
	sort        []sortKey
	filters     []condition
	terms       []string // folded; a record must contain one of them
	termFields  []string
}

type sortKey struct {
	field      string
	down, fold bool
}

// table describes one kind of record for paging: T is a record or a handle of one.
type table[T any] struct {
	names    []string // every field a record may have; the first identifies it
	always   []string // fields that are sent whatever `fields` says: the published schema requires them
	searched []string // fields a search looks at unless it names others
	value    func(record T, field string) any
}

// source is the records in their natural order.
type source[T any] struct {
	n  int
	at func(i int) T
}

func sliceSource[T any](rows []T) source[T] {
	return source[T]{n: len(rows), at: func(i int) T { return rows[i] }}
}

// parseQuery reads limit, skip, fields, sort, sortIgnoreCase, filter and search.
// Unknown fields to sort or filter by are refused, so that a client with the
// wrong spelling fails here and not in front of a customer.
func parseQuery(v url.Values, d dialect, known []string) (query, *failure) {
	q := query{limit: defaultLimit}
	var bad *failure
	if q.limit, bad = wholeNumber(v, "limit", defaultLimit, 1); bad != nil {
		return q, bad
	}
	q.limit = min(q.limit, maxLimit)
	if q.skip, bad = wholeNumber(v, "skip", 0, 0); bad != nil {
		return q, bad
	}
	q.fields = splitList(v["fields"], d)
	for _, name := range []string{"sort", "sortIgnoreCase"} {
		for _, key := range splitList(v[name], d) {
			field, down := strings.CutPrefix(key, "-")
			if !slices.Contains(known, field) {
				return q, badRequest("unknown sort field %q", field)
			}
			q.sort = append(q.sort, sortKey{field: field, down: down, fold: name == "sortIgnoreCase"})
		}
	}
	if q.filters, bad = parseFilters(v["filter"], d, known); bad != nil {
		return q, bad
	}
	q.terms, q.termFields, bad = parseSearch(v, known)
	return q, bad
}

func wholeNumber(v url.Values, name string, fallback, least int) (int, *failure) {
	text := v.Get(name)
	if text == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least {
		return 0, badRequest("%s must be a whole number of at least %d", name, least)
	}
	return n, nil
}

// splitList cuts a list parameter that may also be repeated.
func splitList(values []string, d dialect) []string {
	var out []string
	for _, value := range values {
		cut := func(r rune) bool { return r == ',' }
		if d == v1 {
			cut = func(r rune) bool { return r == ' ' }
		}
		out = append(out, strings.FieldsFunc(value, cut)...)
	}
	return out
}

// page gives the records asked for and how many there are in all.
func (t table[T]) page(q query, src source[T]) ([]map[string]any, int) {
	if len(q.filters) > 0 || len(q.terms) > 0 {
		src = t.matching(q, src)
	}
	if !t.naturalOrder(q.sort) {
		src = t.sorted(q.sort, src)
	}
	rows := make([]map[string]any, 0, max(0, min(q.limit, src.n-q.skip)))
	down := len(q.sort) > 0 && q.sort[0].down && t.naturalOrder(q.sort)
	for i := q.skip; i < src.n && len(rows) < q.limit; i++ {
		at := i
		if down {
			at = src.n - 1 - i
		}
		rows = append(rows, t.project(q.fields, src.at(at)))
	}
	return rows, src.n
}

// naturalOrder says that a source need not be sorted: its order is that of the
// identifying field.
func (t table[T]) naturalOrder(keys []sortKey) bool {
	return len(keys) == 0 || keys[0].field == t.names[0]
}

func (t table[T]) matching(q query, src source[T]) source[T] {
	fields := q.termFields
	if len(fields) == 0 {
		fields = t.searched
	}
	var rows []T
next:
	for i := range src.n {
		record := src.at(i)
		for _, c := range q.filters {
			if !c.match(t.value(record, c.field)) {
				continue next
			}
		}
		if len(q.terms) > 0 && !t.found(q.terms, fields, record) {
			continue
		}
		rows = append(rows, record)
	}
	return sliceSource(rows)
}

func (t table[T]) found(terms, fields []string, record T) bool {
	for _, field := range fields {
		text := strings.ToLower(plain(t.value(record, field)))
		for _, term := range terms {
			if strings.Contains(text, term) {
				return true
			}
		}
	}
	return false
}

func (t table[T]) sorted(keys []sortKey, src source[T]) source[T] {
	type row struct {
		record T
		values []any
	}
	rows := make([]row, src.n)
	for i := range rows {
		rows[i] = row{record: src.at(i), values: make([]any, len(keys))}
		for k, key := range keys {
			rows[i].values[k] = t.value(rows[i].record, key.field)
			if text, ok := rows[i].values[k].(string); ok && key.fold {
				rows[i].values[k] = strings.ToLower(text)
			}
		}
	}
	slices.SortStableFunc(rows, func(a, b row) int {
		for k, key := range keys {
			c := compareValues(a.values[k], b.values[k])
			if key.down {
				c = -c
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	return source[T]{n: len(rows), at: func(i int) T { return rows[i].record }}
}

// project gives the wanted fields that the record has; without `fields`, all.
func (t table[T]) project(fields []string, record T) map[string]any {
	names := t.names
	if len(fields) > 0 {
		names = append([]string{t.names[0]}, t.always...)
		for _, name := range fields {
			if slices.Contains(t.names, name) {
				names = append(names, name)
			}
		}
	}
	out := make(map[string]any, len(names))
	for _, name := range names {
		if v := t.value(record, name); v != nil {
			out[name] = v
		}
	}
	return out
}

// compareValues orders missing before false, numbers and text.
func compareValues(a, b any) int {
	x, isNumber := number(a)
	y, bothNumbers := number(b)
	if isNumber && bothNumbers {
		return cmp.Compare(x, y)
	}
	return strings.Compare(plain(a), plain(b))
}

func number(v any) (float64, bool) {
	switch n := v.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	default:
		return 0, false
	}
}

func plain(v any) string {
	switch text := v.(type) {
	case nil:
		return ""
	case string:
		return text
	default:
		return fmt.Sprint(text)
	}
}

// byFields is a table over records that are maps already.
func byFields(names, searched []string) table[map[string]any] {
	return table[map[string]any]{
		names: names, searched: searched,
		value: func(m map[string]any, field string) any { return m[field] },
	}
}
