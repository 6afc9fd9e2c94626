package simulator

import (
	"encoding/json"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
)

// condition is one filter: the field must stand in this relation to the values.
type condition struct {
	field, op string
	values    []string
}

// parseFilters reads filter parameters of either dialect.
func parseFilters(raw []string, d dialect, known []string) ([]condition, *failure) {
	var out []condition
	for _, text := range joinFilters(raw, d) {
		parts := strings.SplitN(text, ":", 3)
		if len(parts) != 3 {
			return nil, badRequest("a filter reads field:operator:value, not %q", text)
		}
		op := parts[1]
		if (d == v1) != strings.HasPrefix(op, "$") {
			return nil, badRequest("unknown filter operator %q", op)
		}
		op = strings.TrimPrefix(op, "$")
		switch op {
		case "gte":
			op = "ge"
		case "lte":
			op = "le"
		case "eq", "ne", "gt", "ge", "lt", "le", "in", "search", "between":
		default:
			return nil, badRequest("unknown filter operator %q", parts[1])
		}
		if !slices.Contains(known, parts[0]) {
			return nil, badRequest("unknown filter field %q", parts[0])
		}
		c := condition{field: parts[0], op: op, values: []string{parts[2]}}
		if op == "in" || op == "between" {
			c.values = strings.FieldsFunc(parts[2], func(r rune) bool { return r == '|' || r == ',' })
		}
		out = append(out, c)
	}
	return out, nil
}

// joinFilters splits V2's comma separated filters, leaving commas inside values.
func joinFilters(raw []string, d dialect) []string {
	if d == v1 {
		return slices.DeleteFunc(slices.Clone(raw), func(s string) bool { return s == "" })
	}
	var out []string
	for _, value := range raw {
		for i, part := range strings.Split(value, ",") {
			if i > 0 && strings.Count(part, ":") < 2 {
				out[len(out)-1] += "," + part
				continue
			}
			if part != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

func (c condition) match(value any) bool {
	text := plain(value)
	switch c.op {
	case "eq":
		return equalText(c.values[0], text)
	case "ne":
		return !equalText(c.values[0], text)
	case "in":
		return slices.ContainsFunc(c.values, func(v string) bool { return equalText(v, text) })
	case "search":
		return strings.Contains(strings.ToLower(text), strings.ToLower(c.values[0]))
	case "between":
		return len(c.values) == 2 && against(value, c.values[0]) >= 0 && against(value, c.values[1]) <= 0
	case "gt":
		return against(value, c.values[0]) > 0
	case "ge":
		return against(value, c.values[0]) >= 0
	case "lt":
		return against(value, c.values[0]) < 0
	default:
		return against(value, c.values[0]) <= 0
	}
}

// equalText compares with wild cards where the wanted text has a star.
func equalText(want, have string) bool {
	if !strings.Contains(want, "*") {
		return want == have
	}
	// Escape what path.Match would take for more than a star.
	pattern := strings.NewReplacer(`\`, `\\`, `[`, `\[`, `?`, `\?`).Replace(want)
	ok, err := path.Match(strings.ReplaceAll(pattern, "/", "\x00"), strings.ReplaceAll(have, "/", "\x00"))
	return err == nil && ok
}

func against(value any, want string) int {
	if n, err := strconv.ParseFloat(want, 64); err == nil {
		return compareValues(value, n)
	}
	return compareValues(value, want)
}

// parseSearch reads `search` as plain text, as a JSON object with searchTerm and
// fields, or in the bracket form of nested query objects.
func parseSearch(v url.Values, known []string) (terms, fields []string, bad *failure) {
	terms = append(terms, v["search[searchTerm]"]...)
	terms = append(terms, v["search[searchTerm][]"]...)
	fields = append(fields, v["search[fields]"]...)
	fields = append(fields, v["search[fields][]"]...)
	if text := v.Get("search"); text != "" {
		if strings.HasPrefix(strings.TrimSpace(text), "{") {
			t, f, err := searchObject(json.RawMessage(text))
			if err != nil {
				return nil, nil, badRequest("search is not a JSON object with a searchTerm")
			}
			terms, fields = append(terms, t...), append(fields, f...)
		} else {
			terms = append(terms, text)
		}
	}
	return cleanSearch(terms, fields, known)
}

func cleanSearch(terms, fields, known []string) ([]string, []string, *failure) {
	for i := range terms {
		terms[i] = strings.ToLower(strings.TrimSpace(terms[i]))
	}
	terms = slices.DeleteFunc(terms, func(s string) bool { return s == "" })
	for _, field := range fields {
		if !slices.Contains(known, field) {
			return nil, nil, badRequest("unknown search field %q", field)
		}
	}
	return terms, fields, nil
}

// searchObject reads {"searchTerm": text or list, "fields": list}.
func searchObject(raw json.RawMessage) (terms, fields []string, err error) {
	var object struct {
		SearchTerm json.RawMessage `json:"searchTerm"`
		Fields     []string        `json:"fields"`
	}
	if err = json.Unmarshal(raw, &object); err != nil {
		return nil, nil, err //nolint:wrapcheck // only its presence matters
	}
	if len(object.SearchTerm) == 0 {
		return nil, object.Fields, nil
	}
	var one string
	if json.Unmarshal(object.SearchTerm, &one) == nil {
		return []string{one}, object.Fields, nil
	}
	err = json.Unmarshal(object.SearchTerm, &terms)
	return terms, object.Fields, err //nolint:wrapcheck // only its presence matters
}
