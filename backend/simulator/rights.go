package simulator

// right is something a role may allow.
type right int

const (
	anyone             right = iota // every valid key
	readPortal                      // organizations, administrators, figures
	readInvoices                    //
	createOrganization              //
	renameOrganization              //
	editContact                     // contact, logo and other settings
	editRemoteAssist                //
	editCap                         // user caps
	editAdministrators              // create, delete, links
)

const (
	roleBilling       = "Administrator With Billing"
	roleAdministrator = "Administrator"
	roleManager       = "Manager"
	roleRunnerBilling = "Command Runner With Billing"
	roleRunner        = "Command Runner"
	roleHelpDesk      = "Help Desk"
	roleBillingOnly   = "Billing Only"
	roleReadOnly      = "Read Only"
)

// Roles gives the names of all roles, the one with every right first.
func Roles() []string {
	return []string{
		roleBilling, roleAdministrator, roleManager, roleRunnerBilling,
		roleRunner, roleHelpDesk, roleBillingOnly, roleReadOnly,
	}
}

// allows says what a role may do. Published: only Administrator With Billing
// creates organizations, edits administrators and caps; Billing Only has the
// invoices and nothing else. That a Manager may flip Remote Assist and an
// Administrator may rename and edit settings is inferred.
func allows(role string, need right) bool {
	switch need {
	case anyone:
		return true
	case readPortal:
		return role != roleBillingOnly
	case readInvoices:
		return role == roleBilling || role == roleRunnerBilling || role == roleBillingOnly
	case renameOrganization, editContact:
		return role == roleBilling || role == roleAdministrator
	case editRemoteAssist:
		return role == roleBilling || role == roleAdministrator || role == roleManager
	case createOrganization, editCap, editAdministrators:
		return role == roleBilling
	default:
		return false
	}
}

func (c *call) require(need right) *failure {
	if allows(c.self.role, need) {
		return nil
	}
	return forbidden("the role %s does not allow this", c.self.role)
}
