package browser

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// maxLength bounds an address in bytes, once encoded: longer ones do not
// survive the way to the browser on every system.
const maxLength = 16_000

// What makes an address unusable before anyone looks where it leads.
var (
	errControl = errors.New("control characters")
	errLong    = errors.New("too long")
)

// mustEncode are the printable characters that mean something to a shell: what
// opens a browser is a script on some systems.
const mustEncode = " ~()!*;$[]{}|<>\\`\""

// encode percent-encodes what would keep an address from being opened, and
// leaves everything else, so that encoding twice changes nothing. Control
// characters are refused: no honest address has any.
func encode(raw string) (string, error) {
	var b strings.Builder
	for i := range len(raw) {
		c := raw[i]
		switch {
		case c < 0x20 || c == 0x7f:
			return "", fmt.Errorf("byte %d: %w", i, errControl)
		case c >= 0x80 || strings.IndexByte(mustEncode, c) >= 0:
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() > maxLength {
		return "", fmt.Errorf("%d bytes: %w", b.Len(), errLong)
	}
	return b.String(), nil
}

// parse brings an address into its final form and takes that apart. The form
// is final in that neither encoding it nor writing it anew changes it: what
// opens it does both, and must not get anything else than was checked.
func parse(raw string) (final string, u *url.URL, err error) {
	encoded, err := encode(strings.TrimSpace(raw))
	if err != nil {
		return "", nil, err
	}
	for range 2 {
		if u, err = url.Parse(encoded); err != nil {
			return "", nil, fmt.Errorf("not an address: %w", err)
		}
		final, encoded = encoded, u.String()
	}
	if again, err := encode(final); err != nil || again != final || encoded != final {
		return "", nil, errors.Join(errUnstable, err)
	}
	return final, u, nil
}

// errUnstable is an address that changes each time it is written.
var errUnstable = errors.New("an address without a stable form")

// What can be wrong with where an address leads.
var (
	errScheme   = errors.New("only https is opened")
	errUserinfo = errors.New("a user name before the host")
	errHost     = errors.New("another host")
	errQuery    = errors.New("a malformed query")
)

// checkHTTPS checks all of an https address but which host it leads to: the
// host is a bare name, without user, password or port.
func checkHTTPS(u *url.URL) error {
	switch {
	case u.Scheme != "https" || u.Opaque != "":
		return errScheme
	case u.User != nil:
		return errUserinfo
	case u.Host == "" || u.Host != u.Hostname():
		return errHost
	}
	if _, err := url.PathUnescape(u.RawQuery); err != nil {
		return fmt.Errorf("%w: %w", errQuery, err)
	}
	return nil
}
