package billing_test

import (
	"bytes"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/billing"
	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
	"github.com/orgdeck/orgdeck/backend/sqlite"
	"github.com/orgdeck/orgdeck/backend/testkit"
)

// accounts is one account with its way to JumpCloud.
type accounts struct {
	account domain.Account
	remote  billing.Remote
	refused int
}

func (a *accounts) Account(domain.AccountID) (domain.Account, error) { return a.account, nil }
func (a *accounts) Remote(domain.AccountID) (billing.Remote, error)  { return a.remote, nil }
func (a *accounts) KeyRefused(domain.AccountID, billing.Remote)      { a.refused++ }

type rig struct {
	*billing.Billing
	simulator *simulator.Running
	accounts  *accounts
	db        *sqlite.DB
	id        domain.AccountID
}

func newRig(t *testing.T) *rig {
	t.Helper()
	now := func() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
	r := &rig{simulator: testkit.Simulator(t, simulator.Options{Orgs: 3, Seed: 7, Now: now}), db: testkit.Cache(t, now)}
	r.id = domain.NewAccountID(domain.RegionUS, r.simulator.ProviderID(), false)
	r.accounts = &accounts{remote: testkit.Client(t, r.simulator), account: domain.Account{ID: r.id, Region: domain.RegionUS, ProviderID: r.simulator.ProviderID()}}
	if err := r.db.SaveAccount(t.Context(), r.accounts.account); err != nil {
		t.Fatal(err)
	}
	r.Billing = billing.New(billing.Options{Accounts: r.accounts, Cache: r.db, People: r.db, Now: now, Log: slog.New(slog.DiscardHandler)})
	return r
}

func TestInvoicesRoleByRole(t *testing.T) {
	for role, reads := range map[string]bool{
		"Administrator With Billing": true, "Administrator": false, "Help Desk": false, "Billing Only": true, "Read Only": false,
	} {
		t.Run(role, func(t *testing.T) {
			r := newRig(t)
			r.accounts.account.RoleName = role
			if err := r.simulator.SetRole(role, 0); err != nil {
				t.Fatal(err)
			}
			asleep := domain.Administrator{ID: "5a0000000000000000000002", Email: "asleep@acme.example", RoleName: domain.RoleAdministratorWithBilling, Suspended: true}
			boss := domain.Administrator{ID: "5a0000000000000000000001", Email: "boss@acme.example", RoleName: domain.RoleAdministratorWithBilling}
			if _, err := r.db.SaveAdministrators(t.Context(), r.id, []domain.Administrator{boss, asleep}, time.Now()); err != nil {
				t.Fatal(err)
			}
			if list, err := r.Invoices(t.Context(), r.id); err != nil || list.Reading.State() != domain.ReadNever || list.CannotRead() != "" {
				t.Errorf("before anything was asked: %+v, %v", list, err)
			}
			list, err := r.RefreshInvoices(t.Context(), r.id)
			if err != nil {
				t.Fatal(err)
			}
			if reads && (list.Reading.State() != domain.ReadKnown || len(list.Invoices) < 12 || list.CannotRead() != "" || len(list.Grantors) != 0) {
				t.Errorf("%d invoices, %+v", len(list.Invoices), list.Reading)
			}
			if !reads && (list.Reading.State() != domain.ReadNoAccess || len(list.Invoices) != 0 || !strings.Contains(list.CannotRead(), role) ||
				!strings.Contains(list.CannotRead(), "Administrator With Billing") || !slices.Equal(list.Grantors, []string{"boss@acme.example"})) {
				t.Errorf("%q, %v, %+v", list.CannotRead(), list.Grantors, list.Reading)
			}
			if !reads {
				if _, err := r.InvoicePDF(t.Context(), r.id, "1"); domain.CodeOf(err) != domain.CodeForbidden {
					t.Errorf("the document: %v", err)
				}
				return
			}
			document, err := r.InvoicePDF(t.Context(), r.id, list.Invoices[0].ID)
			if err != nil || !bytes.HasPrefix(document, []byte("%PDF-")) {
				t.Errorf("the document has %d bytes, %v", len(document), err)
			}
		})
	}
}

func TestInvoicesStayWhenTheRightOrTheNetworkGoes(t *testing.T) {
	r := newRig(t)
	list, err := r.RefreshInvoices(t.Context(), r.id)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.simulator.SetRole("Administrator", 0); err != nil {
		t.Fatal(err)
	}
	after, err := r.RefreshInvoices(t.Context(), r.id)
	if err != nil || after.Reading.State() != domain.ReadNoAccess || len(after.Invoices) != len(list.Invoices) || after.Reading.FetchedAt.IsZero() {
		t.Errorf("without the right %d invoices are known, %+v, %v", len(after.Invoices), after.Reading, err)
	}
	if err := r.simulator.SetRole("Billing Only", 0); err != nil {
		t.Fatal(err)
	}
	if after, err = r.RefreshInvoices(t.Context(), r.id); err != nil || after.Reading.State() != domain.ReadKnown {
		t.Errorf("with the right again: %+v, %v", after.Reading, err)
	}
	if err := r.simulator.AddFaults(simulator.Fault{Path: "/api", Kind: simulator.FaultReset}); err != nil {
		t.Fatal(err)
	}
	if _, err = r.RefreshInvoices(t.Context(), r.id); domain.CodeOf(err) != domain.CodeOffline {
		t.Errorf("offline: %v", err)
	}
	if after, err = r.Invoices(t.Context(), r.id); err != nil || len(after.Invoices) != len(list.Invoices) {
		t.Errorf("offline %d invoices are known, %v", len(after.Invoices), err)
	}
	r.simulator.ClearFaults()
	r.simulator.NewKey()
	if _, err = r.RefreshInvoices(t.Context(), r.id); domain.CodeOf(err) != domain.CodeUnauthorized || r.accounts.refused != 1 {
		t.Errorf("with an old key: %v, told %d times", err, r.accounts.refused)
	}
}

func TestDocumentsThatAreNone(t *testing.T) {
	r := newRig(t)
	list, err := r.RefreshInvoices(t.Context(), r.id)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []simulator.FaultKind{simulator.FaultHTML, simulator.FaultGarbage, simulator.FaultEmpty} {
		if err := r.simulator.AddFaults(simulator.Fault{Path: "/api/v2/providers/", Kind: kind, Times: 1}); err != nil {
			t.Fatal(err)
		}
		if document, err := r.InvoicePDF(t.Context(), r.id, list.Invoices[0].ID); domain.CodeOf(err) != domain.CodeProtocol {
			t.Errorf("%s: %d bytes, %v", kind, len(document), err)
		}
		r.simulator.ClearFaults()
	}
	for _, id := range []string{"", "../../../etc/passwd", "1/..", "a b", "1?x"} {
		if _, err := r.InvoicePDF(t.Context(), r.id, id); domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Errorf("%q: %v", id, err)
		}
	}
	if _, err := r.InvoicePDF(t.Context(), r.id, "999999999"); domain.CodeOf(err) != domain.CodeNotFound {
		t.Errorf("an invoice that is not there: %v", err)
	}
}
