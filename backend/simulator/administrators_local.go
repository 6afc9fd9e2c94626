package simulator

import (
	"strings"
	"time"
)

func localFields() []string {
	return []string{
		"_id", "email", "firstname", "lastname", "created", "enableMultiFactor", "totpEnrolled", "suspended", "role", "roleName",
		"roleNames", "roles", "apiKeyAllowed", "apiKeySet", "organization",
	}
}

// localAdministrators belong to the organization itself and not to the provider.
func localAdministrators(o *organization, p profile) []map[string]any {
	d := roll(o.h, forLocal)
	n := []int{0, 0, 1, 1, 1, 2, 2, 3}[d.below(8)]
	if p.sizes.users == 0 {
		n = 0
	}
	rows := make([]map[string]any, 0, n)
	for i := range n {
		first, last := d.pick(firstNames()), d.pick(surnameWords())
		role := []string{roleAdministrator, roleManager, roleHelpDesk, roleReadOnly}[d.below(4)]
		created := o.created.Add(time.Duration(1+i) * 37 * time.Hour)
		mfa, key := d.chance(70), d.chance(20)
		rows = append(rows, map[string]any{
			"_id": newObjectID(created, serialTail(d.next(), int64(i))), "created": stamp(created), "organization": o.id,
			"email": strings.ToLower(first) + "." + newObjectIDTailText(d.next()) + "@" + p.domain, "firstname": first, "lastname": last,
			"enableMultiFactor": mfa, "totpEnrolled": mfa, "suspended": d.chance(8),
			"role": roleID(role), "roleName": role, "roleNames": []string{role}, "roles": []string{roleID(role)},
			"apiKeyAllowed": key, "apiKeySet": key,
		})
	}
	return rows
}

func listLocalAdministrators(c *call) (answer, *failure) {
	q, bad := parseQuery(c.query, v1, localFields())
	if bad != nil {
		return answer{}, bad
	}
	rows := localAdministrators(c.org, c.org.profile())
	page, total := byFields(localFields(), []string{"email"}).page(q, sliceSource(rows))
	return ok(map[string]any{"results": page, "totalCount": total})
}
