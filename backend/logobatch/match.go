package logobatch

import (
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// idLength is how many characters an organization's id has.
	idLength = 24
	// minGuess is how many bytes of words two names must share to be alike, so
	// that "a.png" is not guessed to be "Plan A".
	minGuess = 3
)

// matcher finds the organization that a file's name says.
type matcher struct {
	byID map[domain.OrgID]*domain.Organization
	// exact and loose are organizations by their exactKey and by their words without spaces.
	exact, loose map[string][]*domain.Organization
	// byWord are organizations by each word of their names, and words how many
	// different ones their names have.
	byWord map[string][]*domain.Organization
	words  map[*domain.Organization]int
}

// newMatcher makes a matcher of the organizations that are still listed.
func newMatcher(organizations []domain.Organization) *matcher {
	m := &matcher{
		byID: map[domain.OrgID]*domain.Organization{}, exact: map[string][]*domain.Organization{},
		loose: map[string][]*domain.Organization{}, byWord: map[string][]*domain.Organization{},
		words: map[*domain.Organization]int{},
	}
	for i := range organizations {
		o := &organizations[i]
		if o.GoneAt != nil {
			continue
		}
		m.byID[o.ID] = o
		if key := exactKey(o.Name); key != "" {
			m.exact[key] = append(m.exact[key], o)
		}
		words := wordsOf(o.Name)
		if key := strings.Join(words, ""); key != "" {
			m.loose[key] = append(m.loose[key], o)
		}
		words = distinct(words)
		m.words[o] = len(words)
		for _, word := range words {
			m.byWord[word] = append(m.byWord[word], o)
		}
	}
	return m
}

// match gives how a file's name fits, and the organization; nil where none, or
// more than one, does. What follows its last point may be a part of a name, as
// in "Acme St. Johns", unless it is the ending of a picture.
func (m *matcher) match(fileName string) (domain.LogoMatchKind, *domain.Organization) {
	bare := strings.TrimSuffix(fileName, filepath.Ext(fileName))
	if namedPicture(fileName) || bare == "" {
		return m.matchBare(bare)
	}
	kind, found := m.matchBare(fileName)
	if kind == domain.LogoMatchID || kind == domain.LogoMatchName {
		return kind, found
	}
	if sure, other := m.matchBare(bare); kind == domain.LogoMatchNone || sure == domain.LogoMatchID || sure == domain.LogoMatchName {
		return sure, other
	}
	return kind, found
}

// matchBare does so for a name without its ending.
func (m *matcher) matchBare(name string) (domain.LogoMatchKind, *domain.Organization) {
	if found := m.ids(name); len(found) > 0 {
		return only(domain.LogoMatchID, found)
	}
	// An exact name goes before one that differs by an accent.
	if found := m.exact[exactKey(name)]; len(found) > 0 {
		return only(domain.LogoMatchName, found)
	}
	words := wordsOf(name)
	if found := m.loose[strings.Join(words, "")]; len(found) > 0 {
		return only(domain.LogoMatchName, found)
	}
	if found := m.guess(words); found != nil {
		return domain.LogoMatchAlike, found
	}
	return domain.LogoMatchNone, nil
}

// ids gives the organizations whose ids stand anywhere in a name.
func (m *matcher) ids(name string) []*domain.Organization {
	name = strings.ToLower(name)
	var found []*domain.Organization
	for at := 0; at+idLength <= len(name); at++ {
		if o := m.byID[domain.OrgID(name[at:at+idLength])]; o != nil && !slices.Contains(found, o) {
			found = append(found, o)
		}
	}
	return found
}

func only(kind domain.LogoMatchKind, found []*domain.Organization) (domain.LogoMatchKind, *domain.Organization) {
	if len(found) > 1 {
		return domain.LogoMatchMany, nil
	}
	return kind, found[0]
}

// guess gives the organization whose name is most alike: all words of one are
// words of the other. Where two are as much alike there is none.
func (m *matcher) guess(words []string) *domain.Organization {
	words = slices.DeleteFunc(distinct(words), noise)
	if found := m.loose[strings.Join(words, "")]; len(found) == 1 {
		return found[0] // such as "acmecorp-logo" for "Acme Corp"
	}
	type shared struct{ words, bytes int }
	common := map[*domain.Organization]shared{}
	for _, word := range words {
		for _, o := range m.byWord[word] {
			s := common[o]
			common[o] = shared{s.words + 1, s.bytes + len(word)}
		}
	}
	var best *domain.Organization
	highest, tied := 0.0, false
	for o, s := range common {
		theirs := m.words[o]
		if s.bytes < minGuess || s.words < min(theirs, len(words)) {
			continue
		}
		// The share of the longer name's words: 1 where the words are the same.
		switch score := float64(s.words) / float64(max(theirs, len(words))); {
		case score > highest:
			best, highest, tied = o, score, false
		case score == highest:
			tied = true
		}
	}
	if tied {
		return nil
	}
	return best
}

// noise reports whether a word of a file's name says what the file is, and not
// whose: "logo", or a size such as 1200x400.
func noise(word string) bool {
	if word == "logo" || word == "logos" {
		return true
	}
	w, h, found := strings.Cut(word, "x")
	return found && digits(w) && digits(h)
}

func digits(text string) bool {
	return text != "" && !strings.ContainsFunc(text, func(c rune) bool { return c < '0' || c > '9' })
}

// exactKey is what two spellings of a name have in common that differ in case
// or in how their letters are composed.
func exactKey(name string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name)))), " ")
}

// plain are letters that people write without their strokes where a keyboard
// lacks them, and that no decomposition takes apart.
var plain = strings.NewReplacer("ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "æ", "ae", "œ", "oe", "ı", "i")

// wordsOf gives the words of a name without case, accents and punctuation.
// Marks of scripts in which they make another letter, as in Hindi, stay.
func wordsOf(name string) []string {
	bare := strings.Map(func(c rune) rune {
		if c >= 0x300 && c <= 0x36F || c == '\'' || c == '’' || c == '`' {
			return -1 // an accent; and "O'Brien" is one word
		}
		return c
	}, norm.NFKD.String(cases.Fold().String(norm.NFKC.String(name))))
	return strings.FieldsFunc(plain.Replace(norm.NFKC.String(bare)), func(c rune) bool {
		return !unicode.IsLetter(c) && !unicode.IsNumber(c) && !unicode.IsMark(c)
	})
}

// distinct gives each word once, in their order.
func distinct(words []string) []string {
	var found []string
	for _, word := range words {
		if !slices.Contains(found, word) {
			found = append(found, word)
		}
	}
	return found
}
