package jumpcloud

import (
	"errors"
	"net/netip"
	"strings"
	"syscall"
)

var errPrivateAddress = errors.New("the address is not a public one")

// publicHost reports whether a host's name may be one on the public internet;
// what it resolves to is checked when it is dialled.
func publicHost(host string) bool {
	if addr, err := netip.ParseAddr(host); err == nil {
		return publicAddress(addr)
	}
	name := strings.ToLower(strings.TrimSuffix(host, "."))
	return name != "localhost" && !strings.HasSuffix(name, ".localhost") && strings.Contains(name, ".")
}

// refusePrivate is a dialer's Control hook. It sees the address that the name
// was resolved to, so that a name cannot lead into the local network.
func refusePrivate(_, address string, _ syscall.RawConn) error {
	where, err := netip.ParseAddrPort(address)
	if err != nil || !publicAddress(where.Addr()) {
		return errPrivateAddress
	}
	return nil
}

// publicAddress reports whether addr is a unicast address of the public
// internet: not this machine, not the local network, not a tunnel into it.
func publicAddress(addr netip.Addr) bool {
	addr = addr.Unmap()
	if !addr.IsValid() || addr.Zone() != "" || !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, text := range []string{
		"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
		"::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/32", "2001:db8::/32", "2002::/16", "fec0::/10",
	} {
		if netip.MustParsePrefix(text).Contains(addr) {
			return false
		}
	}
	return true
}
