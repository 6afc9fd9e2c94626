//go:build windows || darwin

package jumpcloud

import "github.com/mattn/go-ieproxy"

// readSystemProxy asks for the proxies of the system's network settings, the
// scripts in them included. The environment goes before them.
func readSystemProxy() proxyFunc {
	ieproxy.ReloadConf()
	return ieproxy.GetProxyFunc()
}
