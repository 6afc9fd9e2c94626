package browser

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// DefaultTemplate is the address of an organization's console unless a person
// chose another. No published address leads to an organization: the query is a
// guess that does no harm where the console does not know it.
const DefaultTemplate = "https://{consoleHost}/?orgId={orgId}"

var (
	errPlaceholder = errors.New("an unknown placeholder")
	errRegion      = errors.New("an unknown region")
)

// LaunchURL gives the address that a template makes of an organization in a
// region; an empty template is the default one. Placeholders are {consoleHost},
// the host of the region's console, and {orgId}, which is percent-encoded.
// Whatever the template, the address is https on exactly the console of the
// region. A template that leads elsewhere is refused as invalid_input.
func LaunchURL(template string, region domain.Region, org domain.OrgID) (string, error) {
	info, ok := domain.LookupRegion(string(region))
	if !ok {
		return "", refuseTemplate(fmt.Errorf("%w: %q", errRegion, region), info)
	}
	if strings.TrimSpace(template) == "" {
		template = DefaultTemplate
	}
	address, err := expand(template, map[string]string{
		"{consoleHost}": info.ConsoleHost,
		"{orgId}":       url.QueryEscape(string(org)),
	})
	if err != nil {
		return "", refuseTemplate(err, info)
	}
	encoded, u, err := parse(address)
	if err == nil {
		err = checkHTTPS(u)
	}
	if err == nil && u.Host != info.ConsoleHost {
		err = fmt.Errorf("%w: %q", errHost, u.Host)
	}
	if err != nil {
		return "", refuseTemplate(err, info)
	}
	return encoded, nil
}

// CheckTemplate reports why a template cannot be used in a region; nil where it can.
func CheckTemplate(template string, region domain.Region) error {
	_, err := LaunchURL(template, region, domain.OrgID(strings.Repeat("0", 24)))
	return err
}

// expand replaces the placeholders of a template and refuses unknown ones.
func expand(template string, values map[string]string) (string, error) {
	var unknown error
	// Compiled here and not at the package's top: a launch happens now and then.
	address := regexp.MustCompile(`\{[^{}]*\}?`).ReplaceAllStringFunc(template, func(name string) string {
		value, ok := values[name]
		if !ok && unknown == nil {
			unknown = fmt.Errorf("%w: %s", errPlaceholder, name)
		}
		return value
	})
	if unknown == nil && strings.Contains(address, "}") {
		unknown = fmt.Errorf("%w: }", errPlaceholder)
	}
	return address, unknown
}

// refuseTemplate is the answer to a template that cannot be used.
func refuseTemplate(cause error, info domain.RegionInfo) error {
	message := "The launch address cannot be used, so nothing was opened."
	switch {
	case errors.Is(cause, errPlaceholder):
		message = "The launch address has a placeholder that does not exist, so nothing was opened. There are {consoleHost} and {orgId}."
	case errors.Is(cause, errScheme):
		message = "The launch address does not begin with https://, so nothing was opened."
	case errors.Is(cause, errHost), errors.Is(cause, errUserinfo):
		message = "The launch address leads to another host than " + info.ConsoleHost + ", so nothing was opened."
	}
	return &domain.Error{
		Code: domain.CodeInvalidInput, Message: message,
		Hint: "Change the launch address in the settings, or reset it.", Cause: cause,
	}
}
