//go:build !windows && !darwin

package jumpcloud

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
)

// TestGNOMEProxy reads the settings from a gsettings that stands first on the path.
func TestGNOMEProxy(t *testing.T) {
	const prefix = "org.gnome.system.proxy"
	manual := prefix + " mode 'manual'\n" + prefix + " ignore-hosts ['localhost', '*.corp.example', '10.0.0.0/8']\n"
	https := prefix + ".https host 'proxy.example'\n" + prefix + ".https port 3128\n"
	tests := []struct{ name, settings, exit, address, want string }{
		{"manual", manual + https, "0", "https://console.jumpcloud.com/", "http://proxy.example:3128"},
		{"not for what is left out", manual + https, "0", "https://logos.corp.example/", ""},
		{"socks", manual + prefix + ".socks host 'socks.example'\n" + prefix + ".socks port 1080\n", "0", "https://console.jumpcloud.com/", "socks5://socks.example:1080"},
		{"without a port", manual + prefix + ".https host 'proxy.example'\n" + prefix + ".https port 0\n", "0", "https://console.jumpcloud.com/", ""},
		{"switched off", prefix + " mode 'none'\n" + https, "0", "https://console.jumpcloud.com/", ""},
		{"by a script", prefix + " mode 'auto'\n" + https, "0", "https://console.jumpcloud.com/", ""},
		{"no such settings", manual + https, "1", "https://console.jumpcloud.com/", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			noProxies(t)
			dir := t.TempDir()
			script := "#!/bin/sh\n[ \"$*\" = 'list-recursively org.gnome.system.proxy' ] || exit 9\necho \"" + test.settings + "\"\nexit " + test.exit + "\n"
			if err := os.WriteFile(filepath.Join(dir, "gsettings"), []byte(script), 0o700); err != nil {
				t.Fatal(err)
			}
			t.Setenv("PATH", dir)
			got := ""
			proxy, err := readSystemProxy()(httptest.NewRequest(http.MethodGet, test.address, nil))
			if proxy != nil {
				got = proxy.String()
			}
			if err != nil || got != test.want {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
	noProxies(t)
	t.Setenv("PATH", t.TempDir())
	if proxy, err := readSystemProxy()(httptest.NewRequest(http.MethodGet, "https://console.jumpcloud.com/", nil)); proxy != nil || err != nil {
		t.Errorf("on another desktop: %v, %v", proxy, err)
	}
}
