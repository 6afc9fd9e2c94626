package browser

import (
	"errors"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	// supportAddress is the one address mail may be drafted to.
	supportAddress = "support@jumpcloud.com"
	// repository is the one place on GitHub that links may lead to.
	repositoryHost = "github.com"
	repositoryPath = "/orgdeck/orgdeck"
)

var (
	errNotListed = errors.New("not an address that Orgdeck links to")
	errMail      = errors.New("a mail to someone else, or with more than a subject and a text")
)

// linkHosts are the hosts that links may lead to, besides the repository.
func linkHosts() []string {
	hosts := []string{"jumpcloud.com", "www.jumpcloud.com", "support.jumpcloud.com", "community.jumpcloud.com"}
	for _, region := range domain.Regions() {
		hosts = append(hosts, region.ConsoleHost)
	}
	return hosts
}

// CheckLink gives a link in the form in which it can be opened: https to one of
// a few hosts, or a mail to JumpCloud Support with a subject and a text.
// Everything else is refused as link_refused.
func CheckLink(raw string) (string, error) {
	encoded, u, err := parse(raw)
	if err == nil {
		err = checkTarget(u)
	}
	if err != nil {
		return "", &domain.Error{
			Code: domain.CodeLinkRefused, Message: "Orgdeck does not open this link. Nothing was opened.",
			Hint: "Copy it and open it in your browser if you trust it.", Cause: err,
		}
	}
	return encoded, nil
}

// checkTarget reports why a link may not be opened.
func checkTarget(u *url.URL) error {
	if u.Scheme == "mailto" {
		return checkMail(u)
	}
	if err := checkHTTPS(u); err != nil {
		return err
	}
	if u.Host == repositoryHost {
		// Browsers resolve dots in a path before they ask for it.
		clean := path.Clean(u.Path)
		if clean == repositoryPath || strings.HasPrefix(clean, repositoryPath+"/") {
			return nil
		}
		return fmt.Errorf("%w: %s%s", errNotListed, u.Host, u.Path)
	}
	if !slices.Contains(linkHosts(), u.Host) {
		return fmt.Errorf("%w: %q", errNotListed, u.Host)
	}
	return nil
}

// checkMail lets a draft to JumpCloud Support pass.
func checkMail(u *url.URL) error {
	if u.Opaque != supportAddress || u.Fragment != "" {
		return errMail
	}
	fields, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return fmt.Errorf("%w: %w", errQuery, err)
	}
	for name := range fields {
		if name != "subject" && name != "body" {
			return fmt.Errorf("%w: %q", errMail, name)
		}
	}
	// Mail programs that believe a line break in a subject take what follows
	// for another header.
	if slices.ContainsFunc(fields["subject"], func(s string) bool { return strings.ContainsAny(s, "\r\n") }) {
		return errMail
	}
	return nil
}
