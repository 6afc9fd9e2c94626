package bind_test

import (
	"context"
	"fmt"
	"reflect"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// rosters gives the same answers whatever is asked.
type rosters struct {
	organization domain.OrganizationRoster
	provider     domain.ProviderRoster
	preview      domain.DeletionPreview
	outcome      domain.ActOutcome
}

func (r rosters) Organization(context.Context, domain.AccountID, domain.OrgID) (domain.OrganizationRoster, error) {
	return r.organization, nil
}

func (r rosters) RefreshOrganization(context.Context, domain.AccountID, domain.OrgID) (domain.OrganizationRoster, error) {
	return r.organization, nil
}

func (r rosters) Provider(context.Context, domain.AccountID) (domain.ProviderRoster, error) {
	return r.provider, nil
}

func (r rosters) RefreshProvider(context.Context, domain.AccountID) (domain.ProviderRoster, error) {
	return r.provider, nil
}

func (r rosters) PreviewDeletion(context.Context, domain.AccountID, domain.AdministratorID) (domain.DeletionPreview, error) {
	return r.preview, nil
}

func (r rosters) TakeAccess(context.Context, domain.AccountID, domain.OrgID, domain.AdministratorID) (domain.ActOutcome, error) {
	return r.outcome, nil
}

func (r rosters) GiveAccess(context.Context, domain.AccountID, domain.OrgID, domain.AdministratorID) (domain.ActOutcome, error) {
	return r.outcome, nil
}

func (r rosters) Delete(context.Context, domain.AccountID, domain.AdministratorID, string) (domain.ActOutcome, error) {
	return r.outcome, nil
}

func (r rosters) Create(context.Context, domain.AccountID, domain.AdministratorWish) (domain.ActOutcome, error) {
	return r.outcome, nil
}

// bills knows nothing.
type bills struct{}

func (bills) Usage(context.Context, domain.AccountID) (domain.UsageReport, error) {
	return domain.UsageReport{Organizations: []domain.OrganizationUsage{{}}}, nil
}

func (bills) OrganizationUsage(context.Context, domain.AccountID, domain.OrgID) (domain.OrganizationUsage, error) {
	return domain.OrganizationUsage{}, nil
}

func (bills) Invoices(context.Context, domain.AccountID) (domain.InvoiceList, error) {
	return domain.InvoiceList{}, nil
}

func (bills) RefreshInvoices(context.Context, domain.AccountID) (domain.InvoiceList, error) {
	return domain.InvoiceList{}, nil
}

// histories knows nothing.
type histories struct{}

func (histories) History(context.Context, domain.AccountID, domain.HistoryFilter) ([]domain.HistoryLine, error) {
	return nil, nil
}

func (histories) ExportHistory(context.Context, domain.AccountID, domain.HistoryFilter) (domain.SavedFile, error) {
	return domain.SavedFile{}, nil
}

const someID = "624d9eae6849cf3b3f93dc56"

// TestNoListOfAdministratorsOrBillsIsNull looks into the lists' records too.
func TestNoListOfAdministratorsOrBillsIsNull(t *testing.T) {
	r := rosters{
		organization: domain.OrganizationRoster{Provider: []domain.Administrator{{ID: "a"}}, Linked: []domain.AdministratorID{"a", "stranger"}, Local: []domain.Administrator{{ID: "l", Local: true}}},
		provider:     domain.ProviderRoster{Administrators: []domain.Administrator{{ID: "a"}}},
	}
	people := bind.NewAdministrators(area(), r, r, time.Now)
	none := bind.NewAdministrators(area(), rosters{}, rosters{}, time.Now)
	billing := bind.NewBilling(area(), bills{}, nil, time.Now)
	history := bind.NewHistory(area(), histories{})
	check := func(result any, err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		noNulls(t, fmt.Sprintf("%T", result), reflect.ValueOf(result))
	}
	for _, area := range []*bind.Administrators{people, none} {
		check(area.ReadAdministrators("us:x", someID))
		check(area.AdministratorsPage("us:x"))
		check(area.PreviewDeletion("us:x", someID))
		check(area.TakeAccess("us:x", someID, someID))
		check(area.CreateAdministrator("us:x", bind.NewAdministrator{}))
	}
	check(billing.UsagePage("us:x"))
	check(billing.OrganizationUsage("us:x", someID))
	check(billing.Invoices("us:x"))
	check(history.Activities("us:x", "", bind.ActivityQuery{}))
}

func noNulls(t *testing.T, where string, value reflect.Value) {
	t.Helper()
	switch value.Kind() {
	case reflect.Struct:
		for i := range value.NumField() {
			noNulls(t, where+"."+value.Type().Field(i).Name, value.Field(i))
		}
	case reflect.Slice:
		if value.IsNil() {
			t.Errorf("%s is null", where)
		}
		for i := range value.Len() {
			noNulls(t, where, value.Index(i))
		}
	default:
	}
}

// TestTheMatrixCrossesAsPlaces: every administrator's places name exactly the
// listed organizations that may be entered.
func TestTheMatrixCrossesAsPlaces(t *testing.T) {
	at := time.Unix(1000, 0)
	roster := domain.ProviderRoster{
		Account:        domain.Account{Email: "self@x.example", RoleName: "Help Desk"},
		Administrators: []domain.Administrator{{ID: "all", Suspended: true}, {ID: "some"}, {ID: "unread"}, {ID: "self", Email: "SELF@x.example"}},
		Organizations:  []domain.OrgID{"o1", "o2", "o3"},
		Access: map[domain.AdministratorID]domain.Access{
			"all":  {Organizations: []domain.OrgID{"o3", "o1", "o2", "gone"}, Reading: domain.Reading{FetchedAt: at}},
			"some": {Organizations: []domain.OrgID{"o3", "o2"}, Reading: domain.Reading{FetchedAt: at}},
		},
	}
	page, err := bind.NewAdministrators(area(), rosters{provider: roster}, nil, time.Now).AdministratorsPage("us:x")
	if err != nil {
		t.Fatal(err)
	}
	told := func(i int) string {
		row := page.Administrators[i]
		count := -1
		if row.Administrator.Organizations != nil {
			count = *row.Administrator.Organizations
		}
		return fmt.Sprintf("%v %v %d %s", row.All, row.Indexes, count, row.Access.State)
	}
	for i, want := range []string{"true [] 3 known", "false [1 2] 2 known", "false [] -1 never", "false [] -1 never"} {
		if got := told(i); got != want {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
	if !page.Administrators[3].Administrator.Self || page.Administrators[3].Administrator.Protected == "" || page.CannotManage == "" {
		t.Errorf("you are told as %+v, %q", page.Administrators[3].Administrator, page.CannotManage)
	}
	if fmt.Sprint(page.Administrators[0].Administrator.Warnings) != "[no_mfa suspended_linked]" {
		t.Errorf("warned of %v", page.Administrators[0].Administrator.Warnings)
	}
}
