package jumpcloud

import (
	"net/netip"
	"net/url"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// endpoint is where the API answers. Its host is the only one the key is sent to.
type endpoint struct {
	scheme, host string
	// loopback says that this is a simulator on this machine.
	loopback bool
}

// newEndpoint gives the endpoint of a region, or of a simulator where apiURL
// is given. No other host is ever accepted.
func newEndpoint(region domain.Region, apiURL string) (endpoint, error) {
	if apiURL != "" {
		return loopbackEndpoint(apiURL)
	}
	info, ok := domain.LookupRegion(string(region))
	if !ok {
		return endpoint{}, invalidInput("That is not one of JumpCloud's regions.", "Choose United States, Europe or India.")
	}
	return endpoint{scheme: "https", host: info.ConsoleHost}, nil
}

func loopbackEndpoint(text string) (endpoint, error) {
	refused := invalidInput("The API address is not an address of this machine.",
		"Only a simulator on this machine can be used, such as http://127.0.0.1:8080.")
	u, err := url.Parse(text)
	if err != nil {
		return endpoint{}, refused
	}
	plain := u.Opaque == "" && u.User == nil && u.RawQuery == "" && !u.ForceQuery && u.Fragment == "" && (u.Path == "" || u.Path == "/")
	if !plain || (u.Scheme != "http" && u.Scheme != "https") || strings.HasSuffix(u.Host, ":") || !loopbackHost(u.Hostname()) {
		return endpoint{}, refused
	}
	return endpoint{scheme: u.Scheme, host: u.Host, loopback: true}, nil
}

// loopbackHost reports whether host is localhost or a loopback address written
// out. Names are compared whole: localhost.evil.example is no loopback.
func loopbackHost(host string) bool {
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Zone() == "" && addr.Unmap().IsLoopback()
}

// is reports whether u is on the API's own host, port and scheme.
func (e endpoint) is(u *url.URL) bool {
	return u.Scheme == e.scheme && strings.EqualFold(u.Host, e.host)
}

// url gives the address of a path made of parts, each escaped, with a query.
func (e endpoint) url(parts []string, query url.Values) *url.URL {
	escaped := make([]string, len(parts))
	for i, part := range parts {
		escaped[i] = url.PathEscape(part)
	}
	return &url.URL{
		Scheme: e.scheme, Host: e.host,
		Path: "/" + strings.Join(parts, "/"), RawPath: "/" + strings.Join(escaped, "/"),
		RawQuery: query.Encode(),
	}
}
