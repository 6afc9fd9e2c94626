package bind

// UsageRow is one organization's usage.
type UsageRow struct {
	OrganizationID   string `json:"organizationId"`
	OrganizationName string `json:"organizationName"`
	Users            Figure `json:"users"`
	// MaxSystemUsers is the user cap; null where none is set.
	MaxSystemUsers *int `json:"maxSystemUsers"`
	// HighWaterMark is the month's highest number of users that Orgdeck saw;
	// null where it saw none. MarkSince is when it first looked that month,
	// MarkAt when it first saw the highest number.
	HighWaterMark *int  `json:"highWaterMark"`
	MarkSince     int64 `json:"markSince"`
	MarkAt        int64 `json:"markAt"`
	// BillingModel and Products are the entitlement; Products may be empty.
	BillingModel string    `json:"billingModel"`
	Products     []Product `json:"products"`
	// Estimate is as JumpCloud gives it; null while unknown or not to be seen.
	Estimate *int `json:"estimate"`
	// DetailsAt is when entitlement and estimate were read; 0 when never.
	DetailsAt     int64 `json:"detailsAt"`
	DetailsDenied bool  `json:"detailsDenied"`
}

// Product is one product of an entitlement.
type Product struct {
	Name           string `json:"name"`
	Code           string `json:"code"`
	CommittedUsers int    `json:"committedUsers"`
	MaxUsers       int    `json:"maxUsers"`
	PricePerUser   int    `json:"pricePerUser"`
}

// UsageMark is one month's highest number of users.
type UsageMark struct {
	// Month is such as "2026-11", in UTC.
	Month string `json:"month"`
	Users int    `json:"users"`
	Since int64  `json:"since"`
	At    int64  `json:"at"`
}

// OrganizationUsage is the Usage & Billing tab of one organization.
type OrganizationUsage struct {
	AccountID string   `json:"accountId"`
	Month     string   `json:"month"`
	Row       UsageRow `json:"row"`
	// Marks are the months Orgdeck has seen, newest first, at most 12.
	Marks []UsageMark `json:"marks"`
}

// UsageTotals are sums over the organizations of a page.
type UsageTotals struct {
	Organizations int `json:"organizations"`
	// Users and HighWaterMark are sums of what is known; UsersUnknown and
	// MarksUnknown say how many organizations are not in them.
	Users         int `json:"users"`
	UsersUnknown  int `json:"usersUnknown"`
	HighWaterMark int `json:"highWaterMark"`
	MarksUnknown  int `json:"marksUnknown"`
	// OverCap is how many organizations have more users than their cap allows,
	// NearCap how many have reached nine tenths of it or all of it.
	OverCap int `json:"overCap"`
	NearCap int `json:"nearCap"`
	// Estimate is null where no organization tells one.
	Estimate         *int `json:"estimate"`
	EstimatesUnknown int  `json:"estimatesUnknown"`
}

// UsagePage is the usage of every listed organization.
type UsagePage struct {
	AccountID string      `json:"accountId"`
	Month     string      `json:"month"`
	Rows      []UsageRow  `json:"rows"`
	Totals    UsageTotals `json:"totals"`
}

// Invoice is one bill. Amounts are decimal texts such as "200.00".
type Invoice struct {
	ID       string `json:"id"`
	Currency string `json:"currency"`
	// DueAt is midnight UTC of the day; 0 where it is unknown.
	DueAt  int64  `json:"dueAt"`
	Billed string `json:"billed"`
	Paid   string `json:"paid"`
	Owed   string `json:"owed"`
	// Status is JumpCloud's own word, such as "Partially Paid".
	Status string `json:"status"`
	// Overdue says that something is owed and the day has passed.
	Overdue bool `json:"overdue"`
}

// InvoiceTotal is the sum of the invoices of one currency, exact to the last digit.
type InvoiceTotal struct {
	Currency string `json:"currency"`
	Invoices int    `json:"invoices"`
	Billed   string `json:"billed"`
	Paid     string `json:"paid"`
	Owed     string `json:"owed"`
	// Unreadable is how many invoices have an amount that is no number; they
	// are not in the sums.
	Unreadable int `json:"unreadable"`
}

// InvoicesPage is the provider's invoices from the cache, newest first.
type InvoicesPage struct {
	AccountID string `json:"accountId"`
	// Reading's state is "no_access" where the key's role may not read invoices.
	Reading  Reading        `json:"reading"`
	Invoices []Invoice      `json:"invoices"`
	Totals   []InvoiceTotal `json:"totals"`
	// NoAccess explains a missing right and who can grant it; empty with it.
	NoAccess string `json:"noAccess"`
	// Grantors are the e-mails of known administrators who can grant it.
	Grantors []string `json:"grantors"`
}

// SavedFile says where a file was saved.
type SavedFile struct {
	AccountID string `json:"accountId"`
	// Path is empty where the person chose no place; nothing was saved then.
	Path string `json:"path"`
	// Rows is how many lines a table has; 0 for a document.
	Rows int `json:"rows"`
}
