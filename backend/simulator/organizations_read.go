package simulator

import (
	"encoding/json"
	"slices"
	"time"
)

func listFieldsV1() []string { return []string{"_id", "displayName", "logoUrl"} }

func listFieldsV2() []string { return []string{"id", "name", "maxSystemUsers"} }

func (c *call) organizationsV1() table[*organization] {
	return table[*organization]{
		names:    listFieldsV1(),
		searched: []string{"displayName", "_id"},
		value: func(o *organization, field string) any {
			switch field {
			case "_id":
				return o.id
			case "displayName":
				return o.name
			default:
				return c.logoURL(o)
			}
		},
	}
}

func organizationsV2() table[*organization] {
	return table[*organization]{
		names:    listFieldsV2(),
		searched: []string{"name", "id"},
		value: func(o *organization, field string) any {
			switch field {
			case "id":
				return o.id
			case "name":
				return o.name
			default:
				return o.profile().maxSystemUsers
			}
		},
	}
}

// logoURL is absolute, on the host the client used. Organizations without a
// logo have either an empty text or no such field: both are seen.
func (c *call) logoURL(o *organization) any {
	logo := o.profile().logo
	if logo.id != "" {
		return c.origin + "/api/v2/logos/" + logo.id
	}
	if o.h&1 == 0 {
		return ""
	}
	return nil
}

// visible gives the organizations of an order that the key's administrator sees.
func (c *call) visible(order index) []*organization {
	if home := c.s.home(); home != nil {
		return []*organization{home}
	}
	if c.self.seesAll() {
		return order.rows
	}
	rows := make([]*organization, 0, len(order.rows))
	for _, o := range order.rows {
		if c.s.sees(c.self, o) {
			rows = append(rows, o)
		}
	}
	return rows
}

// settled leaves out what the V1 lists do not know yet.
func (c *call) settled(rows []*organization) []*organization {
	lag := c.s.state.behaviour.ListLagSeconds
	if lag <= 0 {
		return rows
	}
	until := c.now.Add(-time.Duration(lag) * time.Second)
	return slices.DeleteFunc(slices.Clone(rows), func(o *organization) bool { return o.index < 0 && o.created.After(until) })
}

// listOf pages through the organizations with the prepared order that fits.
func (c *call) listOf(t table[*organization], q query) ([]map[string]any, int) {
	orgs := c.s.state.orgs
	if len(q.sort) == 1 && (q.sort[0].field == "name" || q.sort[0].field == "displayName") {
		key := q.sort[0]
		order := orgs.names
		if key.fold {
			order = orgs.foldedName
		}
		rows := c.visible(order)
		if t.names[0] == "_id" {
			rows = c.settled(rows)
		}
		if key.down {
			rows = slices.Clone(rows)
			slices.Reverse(rows)
		}
		q.sort = nil
		return t.page(q, sliceSource(rows))
	}
	rows := c.visible(orgs.ids)
	if t.names[0] == "_id" {
		rows = c.settled(rows)
	}
	return t.page(q, sliceSource(rows))
}

func listOrganizationsV1(c *call) (answer, *failure) {
	q, bad := parseQuery(c.query, v1, listFieldsV1())
	if bad != nil {
		return answer{}, bad
	}
	rows, total := c.listOf(c.organizationsV1(), q)
	return ok(map[string]any{"results": rows, "totalCount": total})
}

func listOrganizationsV2(c *call) (answer, *failure) {
	q, bad := parseQuery(c.query, v2, listFieldsV2())
	if bad != nil {
		return answer{}, bad
	}
	rows, total := c.listOf(organizationsV2(), q)
	return ok(map[string]any{"results": rows, "totalCount": total})
}

// searchOrganizations takes its query from the body: fields, skip, limit,
// searchFilter as in `search`, and filter as an object of field: value, which
// may be nested in "and" and "or".
func searchOrganizations(c *call) (answer, *failure) {
	var body struct {
		Fields       string          `json:"fields"`
		Filter       map[string]any  `json:"filter"`
		SearchFilter json.RawMessage `json:"searchFilter"`
		Skip         *int            `json:"skip"`
		Limit        *int            `json:"limit"`
	}
	if bad := c.decode(&body); bad != nil {
		return answer{}, bad
	}
	q := query{limit: defaultLimit, fields: splitList([]string{body.Fields}, v1)}
	if body.Limit != nil {
		q.limit = min(*body.Limit, maxLimit)
	}
	if body.Skip != nil {
		q.skip = *body.Skip
	}
	if q.limit < 1 || q.skip < 0 {
		return answer{}, badRequest("limit must be at least 1 and skip at least 0")
	}
	if len(body.SearchFilter) > 0 {
		terms, fields, err := searchObject(body.SearchFilter)
		if err != nil {
			return answer{}, badRequest("searchFilter must have a searchTerm")
		}
		var bad *failure
		if q.terms, q.termFields, bad = cleanSearch(terms, fields, listFieldsV1()); bad != nil {
			return answer{}, bad
		}
	}
	t := c.organizationsV1()
	rows := slices.Clone(c.settled(c.visible(c.s.state.orgs.ids)))
	if len(body.Filter) > 0 {
		rows = slices.DeleteFunc(rows, func(o *organization) bool { return !objectMatches(body.Filter, t, o) })
	}
	page, total := t.page(q, sliceSource(rows))
	return ok(map[string]any{"results": page, "totalCount": total})
}

func objectMatches(filter map[string]any, t table[*organization], o *organization) bool {
	for field, want := range filter {
		switch list := want.(type) {
		case []any:
			hit := func(x any) bool {
				inner, isObject := x.(map[string]any)
				return isObject && objectMatches(inner, t, o)
			}
			if field == "or" && !slices.ContainsFunc(list, hit) {
				return false
			}
			if field == "and" && slices.ContainsFunc(list, func(x any) bool { return !hit(x) }) {
				return false
			}
		default:
			if !slices.Contains(t.names, field) || !equalText(plain(want), plain(t.value(o, field))) {
				return false
			}
		}
	}
	return true
}

func getOrganization(c *call) (answer, *failure) {
	q, bad := parseQuery(c.query, v1, detailFields())
	if bad != nil {
		return answer{}, bad
	}
	return ok(c.details(q.fields))
}

func detailFields() []string {
	return []string{
		"_id", "accessRestriction", "created", "displayName", "entitlement", "hasCreditCard", "hasStripeCustomerId",
		"lastEstimateCalculationTimeStamp", "logoUrl", "provider", "settings", "totalBillingEstimate",
	}
}

// details is one organization, whole.
func (c *call) details(fields []string) map[string]any {
	o, p := c.org, c.org.profile()
	ent, estimate := c.entitlement(o, p)
	all := map[string]any{
		"_id": o.id, "displayName": o.name, "created": stamp(o.created), "provider": c.s.provider,
		"accessRestriction": "", "hasCreditCard": false, "hasStripeCustomerId": false,
		"entitlement": ent, "totalBillingEstimate": estimate,
		"lastEstimateCalculationTimeStamp": stamp(c.now.Truncate(24 * time.Hour)),
		"settings":                         settingsOf(o, p),
	}
	if url := c.logoURL(o); url != nil {
		all["logoUrl"] = url
	}
	if c.s.home() != nil {
		delete(all, "provider")
	}
	return byFields(detailFields(), nil).project(fields, all)
}

func settingsOf(o *organization, p profile) map[string]any {
	features := map[string]any{
		"directoryInsights": map[string]any{"enabled": true},
		"systemInsights":    map[string]any{"enabled": o.h&2 != 0},
	}
	if p.remoteAssist != nil {
		features["remoteAssist"] = map[string]any{"enabled": *p.remoteAssist}
	}
	settings := map[string]any{
		"name": o.name, "maxSystemUsers": p.maxSystemUsers, "features": features,
		"pendingDelete": p.pendingDelete, "requireAdminMFA": o.h&4 != 0, "disableLdap": o.h&8 != 0,
		"disableUM": false, "showIntro": false, "systemUsersCanEdit": o.h&16 != 0,
		"systemUserPasswordExpirationInDays": 90,
		"passwordPolicy":                     map[string]any{"enableMinLength": true, "minLength": 12},
	}
	if p.contactName != "" {
		settings["contactName"] = p.contactName
	}
	if p.contactEmail != "" {
		settings["contactEmail"] = p.contactEmail
	}
	return settings
}

// entitlement is what the organization's users cost, in whole US dollars.
func (c *call) entitlement(o *organization, p profile) (map[string]any, int) {
	d := roll(o.h, forInvoice)
	lo, hi := o.flow(forUsers, p).span(c.s.drift(c.now))
	users := int(hi - lo)
	product := map[string]any{
		"name": "JumpCloud Platform", "productCode": "JC-PLAT-MSP", "productCategory": "Platform",
		"contractType": "MSP", "pricePerUser": 11,
		"committedUsers": 0, "uncommittedUsers": users, "maxUserCount": p.maxSystemUsers,
	}
	price := 11
	products := []any{product}
	if d.chance(35) {
		products = append(products, map[string]any{
			"name": "Device Management", "productCode": "JC-DEV-MSP", "productCategory": "Add-on",
			"contractType": "MSP", "pricePerUser": 5, "committedUsers": 0, "uncommittedUsers": users, "maxUserCount": p.maxSystemUsers,
		})
		price += 5
	}
	if d.chance(20) {
		products = append(products, map[string]any{
			"name": "Premium Support", "productCode": "JC-SUP-MSP", "productCategory": "Support",
			"contractType": "MSP", "pricePerUser": 3, "committedUsers": 0, "uncommittedUsers": users, "maxUserCount": p.maxSystemUsers,
		})
		price += 3
	}
	return map[string]any{
		"billingModel": "PAYG", "purchaseChannel": "MSP", "isManuallyBilled": false,
		"capUserQuantity": p.maxSystemUsers > 0, "maxUserQuantity": p.maxSystemUsers,
		"pricePerUserSum": price, "entitlementProducts": products,
	}, price * users
}

// getProvider is open to every role: it holds no figures.
func getProvider(c *call) (answer, *failure) {
	t := byFields([]string{"id", "disallowOrgCreation"}, nil)
	return ok(t.project(splitList(c.query["fields"], v2), map[string]any{
		"id": c.s.provider, "disallowOrgCreation": c.s.state.behaviour.DisallowOrgCreation,
	}))
}
