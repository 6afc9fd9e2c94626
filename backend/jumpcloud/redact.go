package jumpcloud

import (
	"errors"
	"net/url"
	"strings"
	"unicode"
)

// redactor takes the key out of text. The client never puts it there; servers
// and proxies that echo a request may.
type redactor struct{ replacer *strings.Replacer }

func newRedactor(key string) redactor {
	return redactor{strings.NewReplacer(key, "[key]", url.QueryEscape(key), "[key]", url.PathEscape(key), "[key]")}
}

func (r redactor) text(s string) string { return r.replacer.Replace(s) }

// err gives err back, or its redacted text alone where it holds the key.
func (r redactor) err(err error) error {
	if err == nil {
		return nil
	}
	if clean := r.text(err.Error()); clean != err.Error() {
		return errors.New(clean)
	}
	return err
}

const maxServerWords = 300 // runes of a server's message that are shown

// serverWords makes a server's own message fit to be shown: one line, without
// control or invisible formatting characters, of bounded length, without the key.
func (r redactor) serverWords(s string) string {
	var b strings.Builder
	count, space := 0, false
	for _, c := range r.text(s) {
		if unicode.IsSpace(c) {
			space = b.Len() > 0
			continue
		}
		if !unicode.IsGraphic(c) {
			continue
		}
		if space {
			b.WriteByte(' ')
			count, space = count+1, false
		}
		if count >= maxServerWords-1 {
			b.WriteRune('…')
			break
		}
		b.WriteRune(c)
		count++
	}
	return b.String()
}
