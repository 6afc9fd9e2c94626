package browser

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const org = domain.OrgID("5f00000000000000000000a1")

// openable fails unless the shell would open the address as it is.
func openable(t *testing.T, address string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatalf("%q: %v", address, err)
	}
	if u.String() != address {
		t.Errorf("%q is rewritten to %q on the way", address, u.String())
	}
	if bad := regexp.MustCompile("[~()!*;$\\[\\]{}|<>\\\\`\\s\\x00-\\x20\\x7f-\\x{10ffff}]").FindString(u.String()); bad != "" {
		t.Errorf("%q has %q, which is not opened", address, bad)
	}
	if again, err := encode(address); err != nil || again != address {
		t.Errorf("encoded twice: %q, %v", again, err)
	}
}

func TestLaunchURL(t *testing.T) {
	tests := []struct {
		name, template string
		region         domain.Region
		org            domain.OrgID
		want           string
	}{
		{"default", "", domain.RegionUS, org, "https://console.jumpcloud.com/?orgId=5f00000000000000000000a1"},
		{"default by name", DefaultTemplate, domain.RegionEU, org, "https://console.eu.jumpcloud.com/?orgId=5f00000000000000000000a1"},
		{"blank", "  \t", domain.RegionIndia, org, "https://console.in.jumpcloud.com/?orgId=5f00000000000000000000a1"},
		{"no organization in it", "https://{consoleHost}/", domain.RegionUS, org, "https://console.jumpcloud.com/"},
		{"host written out", "https://console.jumpcloud.com/#/orgs/{orgId}", domain.RegionUS, org, "https://console.jumpcloud.com/#/orgs/5f00000000000000000000a1"},
		{"surrounding space", " https://{consoleHost}/{orgId} ", domain.RegionUS, org, "https://console.jumpcloud.com/5f00000000000000000000a1"},
		{"twice", "https://{consoleHost}/{orgId}?o={orgId}", domain.RegionUS, "a", "https://console.jumpcloud.com/a?o=a"},
		{"characters the shell refuses", "https://{consoleHost}/~x/(a)!*;$[1]|<b>`?q=ü c", domain.RegionUS, org, "https://console.jumpcloud.com/%7Ex/%28a%29%21%2A%3B%24%5B1%5D%7C%3Cb%3E%60?q=%C3%BC%20c"},
		{"hostile id", DefaultTemplate, domain.RegionUS, "../@evil.example/?x=1&y#z {orgId}", "https://console.jumpcloud.com/?orgId=..%2F%40evil.example%2F%3Fx%3D1%26y%23z+%7BorgId%7D"},
		{"hostile id at the host", "https://{consoleHost}/{orgId}", domain.RegionUS, "@evil.example", "https://console.jumpcloud.com/%40evil.example"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := LaunchURL(test.template, test.region, test.org)
			if err != nil || got != test.want {
				t.Fatalf("%q, %v; want %q", got, err, test.want)
			}
			openable(t, got)
		})
	}
}

func TestTemplatesRefused(t *testing.T) {
	templates := []string{
		"http://{consoleHost}/?orgId={orgId}",
		"//{consoleHost}/",
		"{consoleHost}",
		"javascript:alert('{orgId}')",
		"file:///etc/passwd?{consoleHost}",
		"https:{consoleHost}",
		"https:///{consoleHost}",
		"https://",
		"https://{orgId}/",
		"https://{consoleHost}.evil.example/",
		"https://evil.example/{consoleHost}/{orgId}",
		"https://evil.example#{consoleHost}",
		"https://evil.example?{consoleHost}",
		"https://{consoleHost}@evil.example/",
		"https://{consoleHost}:443/",
		"https://{consoleHost}:/",
		"https://user@{consoleHost}/",
		"https://user:password@{consoleHost}/",
		"https://@{consoleHost}/",
		"https://{consoleHost}\\@evil.example/",
		"https://{consoleHost}\\.evil.example/",
		"https://evil.example\\{consoleHost}/",
		"https://{consoleHost}%2eevil.example/",
		"https://CONSOLE.JUMPCLOUD.COM/",
		"https://console.eu.jumpcloud.com/{orgId}",
		"https://console.jumpcloud.com./{orgId}",
		"https://console\u200b.jumpcloud.com/",
		"https://сonsole.jumpcloud.com/", // a Cyrillic letter
		"https://{consolehost}/",
		"https://{consoleHost}/{orgName}",
		"https://{consoleHost}/{orgId",
		"https://{consoleHost}/orgId}",
		"https://{consoleHost}/{}",
		"https://{consoleHost}/{{orgId}}",
		"https://{consoleHost}/\n{orgId}",
		"https://{consoleHost}/\x00",
		"https://{consoleHost}/%zz",
		"https://{consoleHost}/?q=%zz",
		"https://{consoleHost}/" + strings.Repeat("a", maxLength),
		"https://[::1]/{consoleHost}",
		" ",
	}
	for _, template := range templates[:len(templates)-1] {
		t.Run(template, func(t *testing.T) {
			got, err := LaunchURL(template, domain.RegionUS, org)
			if domain.CodeOf(err) != domain.CodeInvalidInput || got != "" {
				t.Errorf("%q, %v; want a refusal", got, err)
			}
			if CheckTemplate(template, domain.RegionUS) == nil {
				t.Error("CheckTemplate lets it pass")
			}
		})
	}
	if err := CheckTemplate(" ", domain.RegionUS); err != nil {
		t.Errorf("the default: %v", err)
	}
	if err := CheckTemplate("", "mars"); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("a region that does not exist: %v", err)
	}
}

func TestCheckLink(t *testing.T) {
	tests := []struct{ link, want string }{ // want is empty where it is refused
		{"https://jumpcloud.com", "https://jumpcloud.com"},
		{"https://www.jumpcloud.com/pricing?a=b&c=d#e", "https://www.jumpcloud.com/pricing?a=b&c=d#e"},
		{"https://support.jumpcloud.com/s/article/a-(b)!", "https://support.jumpcloud.com/s/article/a-%28b%29%21"},
		{"https://community.jumpcloud.com/t/~me", "https://community.jumpcloud.com/t/%7Eme"},
		{"https://console.in.jumpcloud.com/#/settings", "https://console.in.jumpcloud.com/#/settings"},
		{"https://github.com/orgdeck/orgdeck", "https://github.com/orgdeck/orgdeck"},
		{"https://github.com/orgdeck/orgdeck/issues/new?title=a b", "https://github.com/orgdeck/orgdeck/issues/new?title=a%20b"},
		{"mailto:support@jumpcloud.com", "mailto:support@jumpcloud.com"},
		{
			"mailto:support@jumpcloud.com?subject=Remove%20Acme (id)&body=Please; [x]",
			"mailto:support@jumpcloud.com?subject=Remove%20Acme%20%28id%29&body=Please%3B%20%5Bx%5D",
		},

		{"", ""},
		{"http://jumpcloud.com", ""},
		{"HTTPS://jumpcloud.com:8443/", ""},
		{"https://evil.jumpcloud.com", ""},
		{"https://jumpcloud.com.evil.example", ""},
		{"https://evil.example/jumpcloud.com", ""},
		{"https://jumpcloud.com@evil.example", ""},
		{"https://evil@jumpcloud.com", ""},
		{"https://jumpcloud.com\\@evil.example", ""},
		{"https:\\\\jumpcloud.com", ""},
		{"https:jumpcloud.com", ""},
		{"//jumpcloud.com", ""},
		{"/jumpcloud.com", ""},
		{"https://github.com/orgdeck", ""},
		{"https://github.com/orgdeck/orgdeck-evil", ""},
		{"https://github.com/orgdeck/orgdeck/../../evil/x", ""},
		{"https://github.com/orgdeck/orgdeck/%2e%2e/%2E%2E/evil", ""},
		{"https://github.com/evil/orgdeck", ""},
		{"https://gist.github.com/orgdeck/orgdeck", ""},
		{"javascript:alert(1)", ""},
		{"data:text/html,x", ""},
		{"file:///etc/passwd", ""},
		{"ssh://jumpcloud.com", ""},
		{"https://jumpcloud.com/\r\nX: y", ""},
		{"https://jumpcloud.com/?a=%", ""},
		{"https://jump\u00adcloud.com/", ""},
		{"mailto:evil@evil.example", ""},
		{"mailto:support@jumpcloud.com,evil@evil.example", ""},
		{"mailto:evil@evil.example?to=support@jumpcloud.com", ""},
		{"mailto:support@jumpcloud.com?bcc=evil@evil.example", ""},
		{"mailto:support@jumpcloud.com?subject=x&ATTACH=/etc/passwd", ""},
		{"mailto:support@jumpcloud.com?subject=x;bcc=evil@evil.example", "mailto:support@jumpcloud.com?subject=x%3Bbcc=evil@evil.example"},
		{"mailto:support@jumpcloud.com?subject=%0d%0aBcc:evil", ""},
		{"mailto:support@jumpcloud.com?body=a%0D%0Ab", "mailto:support@jumpcloud.com?body=a%0D%0Ab"},
		{"https://jumpcloud.com/#", "https://jumpcloud.com/"},
		{"mailto://support@jumpcloud.com", ""},
		{"mailto:support@jumpcloud.com#x", ""},
	}
	for _, test := range tests {
		t.Run(test.link, func(t *testing.T) {
			got, err := CheckLink(test.link)
			if got != test.want {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
			if test.want != "" && got != "" {
				openable(t, got)
			}
			if test.want == "" && domain.CodeOf(err) != domain.CodeLinkRefused {
				t.Errorf("error is %v, want link_refused", err)
			}
		})
	}
}

func FuzzCheckLink(f *testing.F) {
	for _, seed := range []string{"https://jumpcloud.com/a?b#c", "mailto:support@jumpcloud.com?body=x", "https://github.com/orgdeck/orgdeck/..", "https://jumpcloud.com\\@x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := CheckLink(raw)
		if err != nil {
			return
		}
		openable(t, got)
		u, err := url.Parse(got)
		if err != nil || u.User != nil || u.Port() != "" {
			t.Errorf("%q gives %q", raw, got)
		}
	})
}
