//go:build !windows && !darwin

package jumpcloud

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
	"time"

	"golang.org/x/net/http/httpproxy"
)

// settingsPatience is how long GNOME's settings may take.
const settingsPatience = 2 * time.Second

// readSystemProxy asks for the proxies of the environment, and where it names
// none for those of GNOME's network settings, scripts left out.
func readSystemProxy() proxyFunc {
	config := httpproxy.FromEnvironment()
	if config.HTTPProxy == "" && config.HTTPSProxy == "" {
		config = gnomeProxy()
	}
	find := config.ProxyFunc()
	return func(req *http.Request) (*url.URL, error) { return find(req.URL) }
}

// gnomeProxy reads GNOME's proxies; none on another desktop.
func gnomeProxy() *httpproxy.Config {
	ctx, done := context.WithTimeout(context.Background(), settingsPatience)
	defer done()
	command := exec.CommandContext(ctx, "gsettings", "list-recursively", "org.gnome.system.proxy")
	command.WaitDelay = settingsPatience
	text, err := command.Output()
	if err != nil {
		return &httpproxy.Config{}
	}
	values := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if words := strings.SplitN(strings.TrimSpace(line), " ", 3); len(words) == 3 {
			key := strings.TrimPrefix(strings.TrimPrefix(words[0], "org.gnome.system.proxy"), ".") + " " + words[1]
			values[key] = strings.Trim(words[2], "'")
		}
	}
	if values[" mode"] != "manual" {
		return &httpproxy.Config{}
	}
	config := &httpproxy.Config{
		HTTPProxy: address("http", values["http host"], values["http port"]), HTTPSProxy: address("http", values["https host"], values["https port"]),
		NoProxy: strings.NewReplacer("[", "", "]", "", "'", "", " ", "", "*.", ".").Replace(values[" ignore-hosts"]),
	}
	if socks := address("socks5", values["socks host"], values["socks port"]); config.HTTPSProxy == "" {
		config.HTTPSProxy = socks
	}
	return config
}

// address gives a proxy's address; empty where there is none.
func address(scheme, host, port string) string {
	if host == "" || port == "" || port == "0" {
		return ""
	}
	return (&url.URL{Scheme: scheme, Host: net.JoinHostPort(host, port)}).String()
}
