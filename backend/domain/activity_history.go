package domain

// What changes of administrators and of figures are recorded as.
const (
	// ActivityAdministratorAdded has the e-mail in After; Org is set for one
	// that is local to an organization.
	ActivityAdministratorAdded ActivityKind = "administrator_added"
	// ActivityAdministratorRemoved has the e-mail in Before.
	ActivityAdministratorRemoved ActivityKind = "administrator_removed"
	// ActivityAccessGiven has the e-mail in After, and the organization.
	ActivityAccessGiven ActivityKind = "access_given"
	// ActivityAccessTaken has the e-mail in Before, and the organization.
	ActivityAccessTaken ActivityKind = "access_taken"
	// ActivityAccessChanged tells of many organizations at once, noticed by a
	// refresh: e-mail and number before and after.
	ActivityAccessChanged ActivityKind = "access_changed"
	// ActivityUsersChanged has the number of users before and after.
	ActivityUsersChanged ActivityKind = "users_changed"
	// ActivityPendingDelete has what DeletionText says before and after.
	ActivityPendingDelete ActivityKind = "pending_delete_changed"
	// ActivityInvoiceSaved has the invoice's number in After.
	ActivityInvoiceSaved ActivityKind = "invoice_saved"
)

// DeletionText says whether support was asked to delete an organization.
func DeletionText(pending bool) string {
	if pending {
		return "requested"
	}
	return "not requested"
}

// HistoryFilter chooses lines of an account's history for a person to read.
type HistoryFilter struct {
	ActivityFilter
	// Kinds keeps only these; empty keeps all.
	Kinds []ActivityKind
	// Source keeps only what came from there; empty keeps all.
	Source ActivitySource
	// Text keeps only lines that have it in the organization's name, the actor,
	// or the values, whatever the case.
	Text string
}

// HistoryLine is an activity with the name its organization has now.
type HistoryLine struct {
	Activity
	// OrgName is empty where the line concerns the account, or the organization
	// is not known any more.
	OrgName string
}
