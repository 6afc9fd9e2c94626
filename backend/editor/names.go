package editor

import (
	"context"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// checkCharacters refuses what cannot be seen: it would make two names look
// the same, or one look like another.
func checkCharacters(what, text string) error {
	hidden := func(c rune) bool {
		return unicode.IsControl(c) || unicode.Is(unicode.Zl, c) || unicode.Is(unicode.Zp, c) ||
			unicode.Is(unicode.Bidi_Control, c) || c == '\u200b' || c == '\ufeff' || c == utf8.RuneError
	}
	if strings.ContainsFunc(text, hidden) {
		return invalid("The "+what+" has characters in it that cannot be seen, such as line breaks. Nothing was changed.",
			"Type it instead of pasting it.")
	}
	return nil
}

// nameKey is what two names have in common that people would take for the same.
func nameKey(name string) string {
	// A folded letter may have to be composed again.
	return strings.TrimSpace(norm.NFKC.String(cases.Fold().String(norm.NFKC.String(name))))
}

// names are organizations by nameKey.
type names map[string]domain.Organization

// cachedNames gives the listed organizations of an account; names come twice
// where JumpCloud has them twice, and any of those stands for them.
func (e *Editor) cachedNames(ctx context.Context, account domain.AccountID) (names, error) {
	organizations, err := e.opts.Cache.Organizations(ctx, account)
	if err != nil {
		return nil, fmt.Errorf("read the names: %w", err)
	}
	found := make(names, len(organizations))
	for i := range organizations {
		if organizations[i].GoneAt == nil && organizations[i].Name != "" {
			found[nameKey(organizations[i].Name)] = organizations[i]
		}
	}
	return found, nil
}

// checkFree refuses a name that another organization of the cache has.
func (e *Editor) checkFree(ctx context.Context, account domain.AccountID, name string, except domain.OrgID) error {
	organizations, err := e.opts.Cache.Organizations(ctx, account)
	if err != nil {
		return fmt.Errorf("read the names: %w", err)
	}
	key := nameKey(name)
	for i := range organizations {
		o := &organizations[i]
		if o.ID != except && o.GoneAt == nil && nameKey(o.Name) == key {
			return taken(o.Name)
		}
	}
	return nil
}

// taken is the refusal of a name that another organization has.
func taken(name string) error {
	return &domain.Error{
		Code: domain.CodeConflict, Message: "There is an organization named " + quoted(name) + " already. Nothing was sent or changed.",
		Hint: "Choose another name.",
	}
}

// quoted is a text in a sentence.
func quoted(text string) string { return "“" + text + "”" }
