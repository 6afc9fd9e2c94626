package simulator

import (
	"fmt"
	"strings"
	"time"
)

// listFlow pages through the records of a flow, making only those it needs.
func (c *call) listFlow(kind uint64, t table[map[string]any], record func(f flow, p profile, serial int64) map[string]any) (answer, *failure) {
	q, bad := parseQuery(c.query, v1, t.names)
	if bad != nil {
		return answer{}, bad
	}
	p := c.org.profile()
	f := c.org.flow(kind, p)
	lo, hi := f.span(c.s.drift(c.now))
	page, total := t.page(q, source[map[string]any]{
		n:  int(hi - lo),
		at: func(i int) map[string]any { return record(f, p, lo+int64(i)) },
	})
	return ok(map[string]any{"results": page, "totalCount": total})
}

func userFields() []string {
	return []string{
		"_id", "username", "email", "firstname", "lastname", "displayname", "activated", "suspended", "account_locked", "state",
		"created", "department", "jobTitle", "totp_enabled", "organization", "password_expired", "mfa",
	}
}

func listUsers(c *call) (answer, *failure) {
	t := byFields(userFields(), []string{"username", "email", "firstname", "lastname", "displayname"})
	return c.listFlow(forUsers, t, func(f flow, p profile, serial int64) map[string]any {
		d := roll(f.owner, uint64(serial)) //nolint:gosec // any bits will do
		first, last := d.pick(firstNames()), d.pick(surnameWords())
		name := strings.ToLower(first+"."+last) + fmt.Sprint(uint64(serial)%1000) //nolint:gosec // any bits will do
		active := !d.chance(4)
		state := "ACTIVATED"
		if !active {
			state = "SUSPENDED"
		}
		return map[string]any{
			"_id": f.id(serial), "created": stamp(f.bornAt(serial)), "organization": c.org.id,
			"username": name, "email": name + "@" + p.domain, "firstname": first, "lastname": last, "displayname": first + " " + last,
			"activated": active, "suspended": !active, "account_locked": d.chance(1), "state": state, "password_expired": d.chance(3),
			"department":   d.pick([]string{"Accounts", "Front desk", "Operations", "Management", "Sales", "Workshop"}),
			"jobTitle":     d.pick([]string{"Assistant", "Coordinator", "Lead", "Manager", "Specialist", "Technician"}),
			"totp_enabled": d.chance(60), "mfa": map[string]any{"configured": d.chance(60), "exclusion": false},
		}
	})
}

func deviceFields() []string {
	return []string{
		"_id", "displayName", "hostname", "os", "osFamily", "version", "arch", "active", "agentVersion", "remoteAssistAgentVersion",
		"created", "lastContact", "organization", "serialNumber", "templateName", "hwVendor",
	}
}

func listDevices(c *call) (answer, *failure) {
	t := byFields(deviceFields(), []string{"hostname", "displayName", "serialNumber"})
	return c.listFlow(forDevices, t, func(f flow, p profile, serial int64) map[string]any {
		d := roll(f.owner, uint64(serial)) //nolint:gosec // any bits will do
		os := []struct{ name, family, version, template, vendor string }{
			{"Windows", "windows", "11 Pro", "windows", "Dell Inc."}, {"Windows", "windows", "10 Pro", "windows", "LENOVO"},
			{"Mac OS X", "darwin", "15.3", "darwin", "Apple Inc."}, {"Ubuntu", "linux", "24.04", "ubuntu", "HP"},
		}[min(d.below(6), 3)]
		host := strings.ToUpper(strings.SplitN(p.domain, "-", 2)[0])
		if len(host) > 8 {
			host = host[:8]
		}
		host = fmt.Sprintf("%s-%s%03d", strings.TrimSuffix(host, ".EXAMPLE"), []string{"LT", "PC", "WS"}[d.below(3)], uint64(serial)%1000) //nolint:gosec // any bits will do
		m := map[string]any{
			"_id": f.id(serial), "created": stamp(f.bornAt(serial)), "organization": c.org.id, "hostname": host, "displayName": host,
			"os": os.name, "osFamily": os.family, "version": os.version, "templateName": os.template, "hwVendor": os.vendor,
			"arch": "x86_64", "active": d.chance(90), "agentVersion": "1.142.3",
			"serialNumber": strings.ToUpper(newObjectIDTailText(d.next()) + newObjectIDTailText(d.next())),
			"lastContact":  stamp(c.now.Truncate(time.Hour).Add(-time.Duration(d.below(72)) * time.Hour)),
		}
		if p.remoteAssist != nil && *p.remoteAssist && d.chance(85) {
			m["remoteAssistAgentVersion"] = "0.318.0"
		}
		return m
	})
}

func applicationFields() []string {
	return []string{
		"_id", "active", "beta", "color", "config", "created", "description", "displayLabel", "displayName", "learnMore",
		"name", "organization", "sso", "ssoUrl",
	}
}

// Kinds of applications, as sso.type tells them.
const (
	kindSAML     = "saml"
	kindOIDC     = "oidc"
	kindBookmark = "bookmark"
)

func applicationKind(f flow, serial int64) string {
	switch k := mix(f.owner, forApplications, uint64(serial)) % 20; { //nolint:gosec // any bits will do
	case k < 13:
		return kindSAML
	case k < 17:
		return kindBookmark
	default:
		return kindOIDC
	}
}

// samlCount is how many applications of an organization are SAML at a time.
func samlCount(f flow, now time.Time) int {
	n := 0
	for lo, hi := f.span(now); lo < hi; lo++ {
		if applicationKind(f, lo) == kindSAML {
			n++
		}
	}
	return n
}

// listApplications sends config, name and ssoUrl whatever `fields` says, because
// the published schema requires them.
func listApplications(c *call) (answer, *failure) {
	t := byFields(applicationFields(), []string{"displayLabel", "name"})
	t.always = []string{"config", "name", "ssoUrl"}
	products := []string{
		"Google Workspace", "Microsoft 365", "Slack", "Zoom", "Salesforce", "HubSpot", "Dropbox", "Box", "Asana", "Atlassian Cloud",
		"GitHub", "Zendesk", "DocuSign", "Egnyte", "Gusto", "Expensify", "Miro", "Notion", "Canva", "Adobe Creative Cloud",
		"AWS IAM Identity Center", "Datadog", "PagerDuty", "Freshservice", "BambooHR", "Lucidchart", "KnowBe4", "Bitwarden",
	}
	return c.listFlow(forApplications, t, func(f flow, _ profile, serial int64) map[string]any {
		product := products[(f.owner+uint64(serial)*5)%uint64(len(products))] //nolint:gosec // any bits will do
		kind := applicationKind(f, serial)
		slug := strings.ToLower(strings.ReplaceAll(product, " ", "-"))
		m := map[string]any{
			"_id": f.id(serial), "created": stamp(f.bornAt(serial)), "organization": c.org.id, "active": true, "beta": false,
			"name": slug, "displayName": product, "displayLabel": product, "description": "", "color": "#202D38",
			"learnMore": "https://support.example/" + slug, "config": map[string]any{},
			"sso":    map[string]any{"type": kind, "beta": false, "hidden": false, "jit": kind == kindSAML},
			"ssoUrl": "https://sso.example/" + kind + "/" + slug,
		}
		if kind == kindSAML {
			m["config"] = map[string]any{
				"acsUrl":      map[string]any{"label": "ACS URL", "type": "text", "value": "https://" + slug + ".example/acs", "visible": true},
				"idpEntityId": map[string]any{"label": "IdP Entity ID", "type": "text", "value": c.org.id, "visible": true},
			}
		}
		return m
	})
}
