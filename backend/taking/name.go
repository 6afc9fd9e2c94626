package taking

import (
	"strings"
	"unicode"
)

// maxShownName bounds the name of a file, in characters.
const maxShownName = 200

// ShownName gives a file's name as it may be shown: without folders before it,
// and without what is not to be seen or turns the direction of text.
func ShownName(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	shown := []rune(strings.TrimSpace(name))
	return string(shown[:min(len(shown), maxShownName)])
}
