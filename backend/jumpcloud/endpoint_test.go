package jumpcloud

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestRegionsHaveTheirHosts(t *testing.T) {
	for region, host := range map[domain.Region]string{
		"us": "console.jumpcloud.com", "eu": "console.eu.jumpcloud.com", "in": "console.in.jumpcloud.com",
	} {
		e, err := newEndpoint(region, "")
		if err != nil || e.scheme != "https" || e.host != host || e.loopback {
			t.Errorf("%s: %+v, %v", region, e, err)
		}
	}
	for _, region := range []domain.Region{"", "US", "uk", "us ", "console.jumpcloud.com", "us\x00"} {
		if _, err := newEndpoint(region, ""); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%q: %v", region, err)
		}
	}
}

func TestOnlyLoopbackAddressesAreTaken(t *testing.T) {
	for _, good := range []string{
		"http://127.0.0.1:8080", "http://127.0.0.1", "http://127.0.0.1:8080/", "https://localhost:1", "http://localhost",
		"http://[::1]:99", "http://127.9.8.7:1", "http://[::ffff:127.0.0.1]:1",
	} {
		if e, err := newEndpoint("", good); err != nil || !e.loopback {
			t.Errorf("%s: %+v, %v", good, e, err)
		}
	}
	for _, bad := range []string{
		"http://localhost.evil.com", "http://127.0.0.1.evil.com", "http://user@127.0.0.1", "http://127.0.0.1@evil.com",
		"http://127.0.0.1:80@evil.com", "http://evil.com#127.0.0.1", "http://evil.com/127.0.0.1", "http://evil.com?127.0.0.1",
		"http://127.0.0.1?x", "http://127.0.0.1?", "http://127.0.0.1#x", "http://127.0.0.1/api", "http://127.0.0.1:", "ftp://127.0.0.1", "127.0.0.1:80",
		"//127.0.0.1", "http:127.0.0.1", "http://", "http://0.0.0.0", "http://[::]", "http://10.0.0.1", "http://169.254.169.254",
		"http://127.1", "http://2130706433", "http://0x7f000001", "http://0177.0.0.1", "http://127.0.0.1.", "http://localhost.", "http://LOCALHOST.evil.com",
		"http://[::1%25lo]:1", "http://127.0.0.1\\@evil.com", "http://127.0.0.1 .evil.com", "https://console.jumpcloud.com", "http://[fe80::1]",
		"http://127.0.0.1:99999999999999999999x", "http://localhost\x00.evil.com", "javascript://127.0.0.1", "http://127。0。0。1",
	} {
		if e, err := newEndpoint("us", bad); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%q was taken as %+v (%v)", bad, e, err)
		}
	}
}

func TestPathPartsAreEscaped(t *testing.T) {
	e := endpoint{scheme: "https", host: "console.jumpcloud.com"}
	got := e.url([]string{"api", "a/b?c#d", "é %"}, url.Values{"limit": {"1"}, "fields": {"_id name"}}).String()
	if want := "https://console.jumpcloud.com/api/a%2Fb%3Fc%23d/%C3%A9%20%25?fields=_id+name&limit=1"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestNewRefuses(t *testing.T) {
	good := Options{Region: "us", APIKey: "jca_x", Clock: NewClock(time.Now)}
	if _, err := New(good); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name   string
		change func(*Options)
		code   domain.Code
	}{
		{"no key", func(o *Options) { o.APIKey = "" }, domain.CodeInvalidInput},
		{"blank key", func(o *Options) { o.APIKey = " \t\n" }, domain.CodeInvalidInput},
		{"key with a line break inside", func(o *Options) { o.APIKey = "jca\r\nX-Evil: 1" }, domain.CodeInvalidInput},
		{"key with a space inside", func(o *Options) { o.APIKey = "jca x" }, domain.CodeInvalidInput},
		{"key with other letters", func(o *Options) { o.APIKey = "jca_é" }, domain.CodeInvalidInput},
		{"endless key", func(o *Options) { o.APIKey = strings.Repeat("k", 1025) }, domain.CodeInvalidInput},
		{"no region", func(o *Options) { o.Region = "" }, domain.CodeInvalidInput},
		{"no clock", func(o *Options) { o.Clock = nil }, domain.CodeInternal},
	}
	for _, tc := range tests {
		options := good
		tc.change(&options)
		if _, err := New(options); domain.CodeOf(err) != tc.code {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
	for _, key := range []string{" jca_x\n", "0123456789abcdef", "x"} {
		options := good
		options.APIKey = key
		if _, err := New(options); err != nil {
			t.Errorf("key %q: %v", key, err)
		}
	}
}

func TestUserAgent(t *testing.T) {
	for version, want := range map[string]string{"1.2.3": "Orgdeck/1.2.3", "": "Orgdeck/dev", "1\r\nX: y": "Orgdeck/1X:y"} {
		if got := userAgent(version); got != want {
			t.Errorf("%q: %q", version, got)
		}
	}
}

func TestPublicAddresses(t *testing.T) {
	for _, text := range []string{"8.8.8.8", "1.1.1.1", "2606:4700::1111", "::ffff:8.8.8.8"} {
		if !publicAddress(netip.MustParseAddr(text)) {
			t.Errorf("%s was refused", text)
		}
	}
	for _, text := range []string{
		"127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "0.1.2.3", "224.0.0.1", "255.255.255.255", "240.0.0.1",
		"192.0.2.1", "198.18.0.1", "::", "::1", "::127.0.0.1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
	} {
		if publicAddress(netip.MustParseAddr(text)) {
			t.Errorf("%s was taken", text)
		}
	}
	for host, want := range map[string]bool{
		"cdn.example.com": true, "localhost": false, "LOCALHOST.": false, "a.localhost": false, "intranet": false, "127.0.0.1": false, "8.8.8.8": true,
	} {
		if got := publicHost(host); got != want {
			t.Errorf("%s: %v", host, got)
		}
	}
}
