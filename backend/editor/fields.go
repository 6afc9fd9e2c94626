package editor

import (
	"net/mail"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	maxName    = 255       // characters, of an organization's name and of its contact's
	maxAddress = 254       // bytes of an e-mail address (RFC 5321)
	maxUserCap = 1_000_000 // users
)

// activityKind is how the history calls the change of a field; empty for a
// field that does not exist.
func activityKind(field domain.EditField) domain.ActivityKind {
	switch field {
	case domain.FieldName:
		return domain.ActivityOrgRenamed
	case domain.FieldRemoteAssist:
		return domain.ActivityRemoteAssist
	case domain.FieldUserCap:
		return domain.ActivityUserCap
	case domain.FieldContactName:
		return domain.ActivityContactName
	case domain.FieldContactEmail:
		return domain.ActivityContactEmail
	case domain.FieldLogo:
		return domain.ActivityLogo
	}
	return ""
}

// fieldOf is the field that a line of the history tells of; empty where it
// tells of none.
func fieldOf(kind domain.ActivityKind) domain.EditField {
	for _, field := range domain.EditFields() {
		if activityKind(field) == kind {
			return field
		}
	}
	return ""
}

// wanted checks what a field is to become and gives it as it is written.
func wanted(field domain.EditField, value string) (string, error) {
	switch field {
	case domain.FieldName:
		return checkName(value)
	case domain.FieldRemoteAssist:
		if value != string(domain.RemoteAssistOn) && value != string(domain.RemoteAssistOff) {
			return "", invalid("Remote Assist can be on or off. Nothing was changed.", "")
		}
		return value, nil
	case domain.FieldUserCap:
		most, err := checkCap(value)
		return capText(most), err
	case domain.FieldContactName:
		return checkContactName(value)
	case domain.FieldContactEmail:
		return checkContactEmail(value)
	case domain.FieldLogo: // changed by SetLogo
	}
	return "", invalid("This cannot be edited here. Nothing was changed.", "")
}

// checkName gives a name as it is sent, without white space around it.
func checkName(name string) (string, error) {
	name = strings.TrimSpace(name)
	switch {
	case name == "":
		return "", invalid("An organization needs a name. Nothing was changed.", "")
	case utf8.RuneCountInString(name) > maxName:
		return "", invalid("An organization's name has at most 255 characters. Nothing was changed.", "Enter a shorter one.")
	}
	return name, checkCharacters("name", name)
}

func checkContactName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if utf8.RuneCountInString(name) > maxName {
		return "", invalid("A contact's name has at most 255 characters. Nothing was changed.", "Enter a shorter one.")
	}
	return name, checkCharacters("contact's name", name)
}

func checkContactEmail(address string) (string, error) {
	address = strings.TrimSpace(address)
	if address == "" {
		return "", nil
	}
	parsed, err := mail.ParseAddress(address)
	_, host, _ := strings.Cut(address, "@")
	if err != nil || parsed.Address != address || len(address) > maxAddress || !strings.Contains(strings.Trim(host, "."), ".") {
		return "", invalid("This is not an e-mail address. Nothing was changed.", "Enter one such as name@example.com, or nothing.")
	}
	return address, nil
}

// checkCap reads a user cap; nil for none.
func checkCap(text string) (*int, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	most, err := strconv.Atoi(text)
	if err != nil || most < 1 || most > maxUserCap || strings.HasPrefix(text, "+") {
		return nil, invalid("A user cap is a whole number from 1 to 1,000,000. Nothing was changed.", "Enter one without separators, or nothing for no cap.")
	}
	return &most, nil
}

// capText is a user cap as text; empty for none.
func capText(most *int) string {
	if most == nil {
		return ""
	}
	return strconv.Itoa(*most)
}

// seen gives what the person saw as the server's values are compared.
func seen(field domain.EditField, expected string) string {
	if field == domain.FieldUserCap {
		if most, err := checkCap(expected); err == nil {
			return capText(most)
		}
	}
	return expected
}

// took reports whether a server that was given wanted holds it: it may
// normalise letters and white space, and the case of an address.
func took(field domain.EditField, server, wanted string) bool {
	if field == domain.FieldContactEmail {
		return strings.EqualFold(server, wanted)
	}
	return norm.NFC.String(strings.TrimSpace(server)) == norm.NFC.String(wanted)
}

func invalid(message, hint string) *domain.Error {
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message, Hint: hint}
}
