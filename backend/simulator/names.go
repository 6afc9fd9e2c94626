package simulator

import (
	"strings"
	"unicode"
)

// specialsFrom is the smallest provider that has the special, equal and missing
// names: below it a test counts on ordinary customers only.
const specialsFrom = 30

// organizationNames gives n names. They are unique, ignoring case, but for the
// deliberate pairs; an empty one is an organization without a name. Known says
// that the roster comes first.
func organizationNames(seed uint64, n int, known bool) []string {
	w := words()
	names := make([]string, 0, n)
	taken := make(map[string]bool, n)
	add := func(name string) bool {
		key := strings.ToLower(name)
		if taken[key] {
			return false
		}
		taken[key] = true
		names = append(names, name)
		return true
	}
	for i := 0; known && i < len(w.roster) && len(names) < n; i++ {
		add(w.roster[i])
	}
	if n >= specialsFrom {
		for _, name := range w.special {
			add(name)
		}
		names = append(names, "")
	}
	for try := uint64(0); len(names) < n; try++ {
		d := roll(seed, forName, try)
		if name := inventName(w, d); !add(name) && try%3 == 0 {
			add(name + " of " + d.pick(w.places) + " " + d.pick(w.features)) // so that the words never run out
		}
	}
	spoilNames(seed, names)
	return names
}

// spoilNames makes the pairs of equal names and the missing ones of a big
// provider, away from the roster and the special names.
func spoilNames(seed uint64, names []string) {
	n := len(names)
	if n < specialsFrom {
		return
	}
	first := len(rosterNames()) + len(specialNames()) + 1
	if n-first < 2 {
		return
	}
	d := roll(seed, forName, 1<<62)
	for range 1 + n/400 {
		from, to := first+d.below(n-first), first+d.below(n-first)
		if from != to && names[from] != "" {
			names[to] = names[from]
		}
	}
	for range n / 1000 {
		names[first+d.below(n-first)] = ""
	}
}

func inventName(w nameWords, d *dice) string {
	switch d.below(10) {
	case 0:
		return d.pick(w.surnames) + " & " + d.pick(w.surnames) + d.pick([]string{" LLP", " Law", " CPA", " Architects", " Advisors"})
	case 1:
		return d.pick(w.surnames) + " " + d.pick(w.trades)
	case 2:
		return d.pick(w.surnames) + " " + d.pick(w.trades) + " " + d.pick(w.suffixes)
	case 3:
		return d.pick(w.streets) + " " + d.pick(w.features) + " " + d.pick(w.trades)
	case 4:
		return d.pick(w.places) + d.pick([]string{"ton", "ville", "field", "wood", "mont", "bury"}) + " " + d.pick(w.trades)
	case 5:
		return "The " + d.pick(w.places) + " " + d.pick(w.trades)
	default:
		return d.pick(w.places) + " " + d.pick(w.features) + " " + d.pick(w.trades)
	}
}

// domainOf makes a mail domain of a name; names without letters of the Latin
// alphabet get a plain one.
func domainOf(name string, h uint64) string {
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		case unicode.IsSpace(r) || r == '-':
			dash = true
		}
		if b.Len() >= 28 {
			break
		}
	}
	if b.Len() < 3 {
		return "client-" + newObjectIDTailText(h) + ".example"
	}
	return b.String() + ".example"
}

// newObjectIDTailText is four hex digits of h.
func newObjectIDTailText(h uint64) string {
	const digits = "0123456789abcdef"
	b := []byte{digits[h>>12&15], digits[h>>8&15], digits[h>>4&15], digits[h&15]}
	return string(b)
}

func firstNames() []string {
	return []string{
		"Ada", "Amara", "Andre", "Bianca", "Caleb", "Chloe", "Dario", "Elena", "Emil", "Farah", "Felix", "Grace", "Hana", "Hugo",
		"Imani", "Ines", "Jonas", "Julia", "Kai", "Karim", "Lena", "Leo", "Lucia", "Malik", "Marta", "Mei", "Mina", "Nadia",
		"Noah", "Nora", "Olga", "Omar", "Owen", "Paula", "Priya", "Rafael", "Rosa", "Ruth", "Sami", "Sara", "Simon", "Sofia",
		"Tariq", "Tess", "Theo", "Uma", "Vera", "Victor", "Wendy", "Yusuf", "Zoe",
	}
}
