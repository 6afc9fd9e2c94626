package jumpcloud_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func ptr[T any](v T) *T { return &v }

func TestCreateRenameAndCap(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 3})
	provider := r.sim.ProviderID()
	made, err := r.client.CreateOrganization(t.Context(), provider, "Harbour & Söhne", ptr(25))
	if err != nil || made.Name != "Harbour & Söhne" || made.MaxSystemUsers == nil || *made.MaxSystemUsers != 25 {
		t.Fatalf("%+v, %v", made, err)
	}
	_, err = r.client.CreateOrganization(t.Context(), provider, "Harbour & Söhne", nil)
	if failed := wantCode(t, err, domain.CodeConflict); failed.Uncertain || !strings.Contains(failed.Message, "Nothing was changed") {
		t.Errorf("%+v", failed)
	}
	renamed, err := r.client.RenameOrganization(t.Context(), provider, made.ID, "Harbour")
	if err != nil || renamed.Name != "Harbour" {
		t.Errorf("%+v, %v", renamed, err)
	}
	for _, most := range []*int{ptr(40), nil} {
		capped, err := r.client.SetUserCap(t.Context(), provider, made.ID, most)
		if err != nil || capped.Name != "Harbour" || (capped.MaxSystemUsers == nil) != (most == nil) || most != nil && *capped.MaxSystemUsers != *most {
			t.Errorf("%+v, %v", capped, err)
		}
		read, err := r.client.ProviderOrganization(t.Context(), provider, made.ID)
		if err != nil || read.Name != "Harbour" || (read.MaxSystemUsers == nil) != (most == nil) {
			t.Errorf("read back %+v, %v", read, err)
		}
	}
	_, err = r.client.ProviderOrganization(t.Context(), provider, someOrg)
	wantCode(t, err, domain.CodeNotFound)
	_, err = r.client.RenameOrganization(t.Context(), provider, someOrg, "x")
	wantCode(t, err, domain.CodeNotFound)
	_, err = r.client.SetUserCap(t.Context(), provider, made.ID, ptr(-1))
	wantCode(t, err, domain.CodeInvalidInput)
	_, err = r.client.CreateOrganization(t.Context(), provider, "x", ptr(10_000_001))
	wantCode(t, err, domain.CodeInvalidInput)
}

func TestUpdateSettings(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 1})
	id := r.organizations()[0].ID
	if err := r.sim.PatchOrganization(string(id), simulator.OrganizationPatch{RemoteAssist: simulator.Off, Logo: ptr("")}); err != nil {
		t.Fatal(err)
	}
	details, err := r.client.UpdateSettings(t.Context(), id, domain.SettingsChange{RemoteAssist: ptr(true), ContactName: ptr("Ana"), ContactEmail: ptr("ana@example.com")})
	if err != nil || details.RemoteAssist != domain.RemoteAssistOn || details.ContactName != "Ana" || details.ContactEmail != "ana@example.com" {
		t.Errorf("%+v, %v", details, err)
	}
	details, err = r.client.UpdateSettings(t.Context(), id, domain.SettingsChange{ContactName: ptr("")})
	if err != nil || details.RemoteAssist != domain.RemoteAssistOn || details.ContactName != "" || details.ContactEmail != "ana@example.com" {
		t.Errorf("what was not meant changed too: %+v, %v", details, err)
	}
	details, err = r.client.UpdateSettings(t.Context(), id, domain.SettingsChange{Logo: &domain.LogoFile{MediaType: "image/png", Bytes: drawing(t)}})
	if err != nil || details.LogoURL == "" {
		t.Fatalf("%+v, %v", details, err)
	}
	got, err := r.client.Logo(t.Context(), details.LogoURL)
	if err != nil || !bytes.Equal(got, drawing(t)) {
		t.Errorf("the logo that is served is another one (%d bytes, %v)", len(got), err)
	}
	details, err = r.client.UpdateSettings(t.Context(), id, domain.SettingsChange{Logo: &domain.LogoFile{}})
	if err != nil || details.LogoURL != "" {
		t.Errorf("%+v, %v", details, err)
	}
	for _, logo := range []domain.LogoFile{{MediaType: "image/gif", Bytes: []byte("GIF8")}, {MediaType: "image/png", Bytes: make([]byte, 788_001)}} {
		_, err = r.client.UpdateSettings(t.Context(), id, domain.SettingsChange{Logo: &logo})
		wantCode(t, err, domain.CodeInvalidInput)
	}
}

func drawing(t *testing.T) []byte {
	t.Helper()
	picture := image.NewGray(image.Rect(0, 0, 400, 400))
	picture.SetGray(10, 10, color.Gray{200})
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestAdministrators(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 150})
	provider := r.sim.ProviderID()
	made, err := r.client.CreateAdministrator(t.Context(), provider, domain.NewAdministrator{
		Email: "kim@msp.example", FirstName: "Kim", LastName: "Lee", RoleName: "Help Desk", MultiFactor: true, NoOrganizations: true,
	})
	if err != nil || made.Email != "kim@msp.example" || made.RoleName != "Help Desk" || !made.MultiFactor || made.Registered == nil {
		t.Fatalf("%+v, %v", made, err)
	}
	all, err := r.client.Administrators(t.Context(), provider)
	if err != nil || !slices.ContainsFunc(all, func(a domain.Administrator) bool { return a.ID == made.ID }) {
		t.Fatalf("%d administrators, %v", len(all), err)
	}
	if !slices.ContainsFunc(all, func(a domain.Administrator) bool { return a.APIKeySet && !a.KeyExpiresAt.IsZero() && a.KeyPrefix != "" }) {
		t.Error("no administrator's key is told of")
	}
	for _, org := range r.organizations()[:110] {
		if err := r.client.AddAccess(t.Context(), made.ID, org.ID); err != nil {
			t.Fatal(err)
		}
	}
	org := r.organizations()[0].ID
	link := domain.AccessLink{Administrator: made.ID, Organization: org}
	links, err := r.client.AdministratorOrganizations(t.Context(), made.ID)
	if err != nil || len(links) != 110 || !slices.Contains(links, link) {
		t.Errorf("%d links, %v", len(links), err)
	}
	if links, err = r.client.OrganizationAdministrators(t.Context(), org); err != nil || !slices.Contains(links, link) {
		t.Errorf("%v, %v", links, err)
	}
	if err := r.client.RemoveAccess(t.Context(), made.ID, org); err != nil {
		t.Error(err)
	}
	if links, err = r.client.OrganizationAdministrators(t.Context(), org); err != nil || slices.Contains(links, link) {
		t.Errorf("%v, %v", links, err)
	}
	wantCode(t, r.client.RemoveAccess(t.Context(), made.ID, org), domain.CodeNotFound)
	if err := r.client.DeleteAdministrator(t.Context(), provider, made.ID); err != nil {
		t.Error(err)
	}
	wantCode(t, r.client.DeleteAdministrator(t.Context(), provider, made.ID), domain.CodeNotFound)
	for _, email := range []string{"", "kim", "@msp.example", "kim@"} {
		_, err = r.client.CreateAdministrator(t.Context(), provider, domain.NewAdministrator{Email: email})
		wantCode(t, err, domain.CodeInvalidInput)
	}
}

func TestLocalAdministrators(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 30})
	found := 0
	for _, org := range r.organizations() {
		admins, err := r.client.LocalAdministrators(t.Context(), org.ID)
		if err != nil {
			t.Fatal(err)
		}
		for _, admin := range admins {
			if !admin.Local || admin.Registered != nil || !strings.Contains(admin.Email, "@") {
				t.Errorf("%+v", admin)
			}
			found++
		}
	}
	if found == 0 {
		t.Error("no organization has administrators of its own")
	}
}

func TestInvoices(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 2})
	invoices, err := r.client.Invoices(t.Context(), r.sim.ProviderID())
	if err != nil || len(invoices) == 0 {
		t.Fatalf("%d invoices, %v", len(invoices), err)
	}
	for _, invoice := range invoices {
		if invoice.DueDate.IsZero() || invoice.Currency == "" || invoice.Billed == "" || invoice.Status == "" {
			t.Errorf("%+v", invoice)
		}
	}
	document, err := r.client.InvoicePDF(t.Context(), r.sim.ProviderID(), invoices[0].ID)
	if err != nil || !bytes.HasPrefix(document, []byte("%PDF-")) {
		t.Errorf("%d bytes, %v", len(document), err)
	}
	for _, id := range []string{"", ".", "..", "a/b", "-x", strings.Repeat("1", 65), "1?x=1"} {
		_, err := r.client.InvoicePDF(t.Context(), r.sim.ProviderID(), id)
		wantCode(t, err, domain.CodeInvalidInput)
	}
	if err := r.sim.SetRole("Help Desk", 0); err != nil {
		t.Fatal(err)
	}
	_, err = r.client.Invoices(t.Context(), r.sim.ProviderID())
	wantCode(t, err, domain.CodeForbidden)
	for _, body := range []string{"", "hello", "<html>sign in</html>"} {
		server := serve(t, http.StatusOK, map[string]string{"Content-Type": "application/pdf"}, body)
		_, err := newClient(t, server.URL, nil).InvoicePDF(t.Context(), someProvider, "7")
		wantCode(t, err, domain.CodeProtocol)
	}
}

// A change whose answer is lost is neither done nor refused, and is sent once:
// a repetition could undo what somebody else did in between.
func TestLostAnswers(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 2})
	ctx, provider, org := t.Context(), r.sim.ProviderID(), r.organizations()[0].ID
	doomed, err := r.client.CreateAdministrator(ctx, provider, domain.NewAdministrator{Email: "x@msp.example"})
	if err != nil {
		t.Fatal(err)
	}
	changes := map[string]func() error{
		http.MethodPost: func() error {
			_, err := r.client.CreateOrganization(ctx, provider, "Lost & Found", nil)
			return err
		},
		http.MethodPut: func() error {
			_, err := r.client.RenameOrganization(ctx, provider, org, "Renamed")
			return err
		},
		http.MethodDelete: func() error { return r.client.DeleteAdministrator(ctx, provider, doomed.ID) },
	}
	for method, change := range changes {
		r.spoil(simulator.Fault{Method: method, Kind: simulator.FaultLost})
		before := r.client.Load().Calls
		failed := wantCode(t, change(), domain.CodeOffline)
		if !failed.Uncertain || !strings.Contains(failed.Message, "may have been made") {
			t.Errorf("%s: %+v", method, failed)
		}
		if sent := r.client.Load().Calls - before; sent != 1 {
			t.Errorf("a %s was sent %d times", method, sent)
		}
	}
	r.sim.ClearFaults()
	if held := r.sim.OrganizationsNamed("Lost & Found"); len(held) != 1 {
		t.Errorf("%d organizations were made", len(held))
	}
	if held := r.sim.OrganizationsNamed("Renamed"); len(held) != 1 {
		t.Errorf("%d organizations were renamed", len(held))
	}
	err = r.client.DeleteAdministrator(ctx, provider, doomed.ID)
	wantCode(t, err, domain.CodeNotFound)
}

// A change that the server put off was not made, and is sent again.
func TestAChangePutOffIsSentAgain(t *testing.T) {
	r := newRig(t, simulator.Options{Orgs: 1})
	r.spoil(simulator.Fault{Method: http.MethodPut, Kind: simulator.FaultStatus, Status: http.StatusTooManyRequests, Times: 2})
	got, err := r.client.RenameOrganization(t.Context(), r.sim.ProviderID(), r.organizations()[0].ID, "Renamed")
	if err != nil || got.Name != "Renamed" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestPOSTIsRepeatedWhereItNeverLeft(t *testing.T) {
	for name, tc := range map[string]struct {
		fail  func() error
		calls int
	}{
		"dial":  {func() error { return &net.OpError{Op: "dial", Err: context.DeadlineExceeded} }, 2},
		"read":  {func() error { return &net.OpError{Op: "read", Err: net.ErrClosed} }, 1},
		"write": {func() error { return &net.OpError{Op: "write", Err: net.ErrClosed} }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			base := roundTripFunc(func(req *http.Request) (*http.Response, error) {
				if calls++; calls == 1 {
					return nil, tc.fail()
				}
				return reply(req, 201, nil, `{"id":"`+someOrg+`","name":"x"}`), nil
			})
			_, err := newClient(t, "http://127.0.0.1", base).CreateOrganization(t.Context(), someProvider, "x", nil)
			if calls != tc.calls || (err == nil) != (tc.calls == 2) {
				t.Errorf("%d calls, %v", calls, err)
			}
		})
	}
}

func TestListsThatDoNotEnd(t *testing.T) {
	link := `{"administrator":"` + someProvider + `","organization":"` + someOrg + `"}`
	full := "[" + strings.Repeat(link+",", 99) + link + "]"
	for name, body := range map[string]string{"the same page for ever": full, "null": "null", "object": "{}", "a null link": "[null]", "malformed": `[{"administrator":"x"}]`} {
		t.Run(name, func(t *testing.T) {
			calls := 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				calls++
				w.Header().Set("Content-Type", "application/json")
				_, _ = w.Write([]byte(body))
			}))
			defer server.Close()
			_, err := newClient(t, server.URL, nil).OrganizationAdministrators(t.Context(), someOrg)
			wantCode(t, err, domain.CodeProtocol)
			if calls > 2 {
				t.Errorf("%d calls", calls)
			}
		})
	}
}

func TestAnswersToWritesAreChecked(t *testing.T) {
	other := `{"id":"` + someProvider + `","_id":"` + someProvider + `","administrator":"` + someOrg + `","organization":"` + someOrg + `"}`
	for _, body := range []string{other, `{"id":"x","_id":"x"}`, `null`, `[]`} {
		server := serve(t, http.StatusOK, nil, body)
		client := newClient(t, server.URL, nil)
		_, renamed := client.RenameOrganization(t.Context(), someProvider, someOrg, "x")
		_, settings := client.UpdateSettings(t.Context(), someOrg, domain.SettingsChange{ContactName: ptr("x")})
		access := client.AddAccess(t.Context(), someProvider, someOrg)
		for _, err := range []error{renamed, settings, access} {
			if failed := wantCode(t, err, domain.CodeProtocol); !failed.Uncertain {
				t.Errorf("%+v for %s", failed, body)
			}
		}
	}
}

func TestWritesAreCheckedBeforeTheyLeave(t *testing.T) {
	base := roundTripFunc(func(*http.Request) (*http.Response, error) {
		t.Error("a malformed id left")
		return nil, net.ErrClosed
	})
	c := newClient(t, "http://127.0.0.1", base)
	const bad = "../x"
	ctx := t.Context()
	check := func(err error) {
		t.Helper()
		wantCode(t, err, domain.CodeInvalidInput)
	}
	_, err := c.CreateOrganization(ctx, bad, "x", nil)
	check(err)
	_, err = c.RenameOrganization(ctx, someProvider, bad, "x")
	check(err)
	_, err = c.SetUserCap(ctx, bad, someOrg, nil)
	check(err)
	_, err = c.UpdateSettings(ctx, bad, domain.SettingsChange{})
	check(err)
	_, err = c.ProviderOrganization(ctx, someProvider, bad)
	check(err)
	_, err = c.Administrators(ctx, bad)
	check(err)
	_, err = c.LocalAdministrators(ctx, bad)
	check(err)
	_, err = c.OrganizationAdministrators(ctx, bad)
	check(err)
	_, err = c.AdministratorOrganizations(ctx, bad)
	check(err)
	_, err = c.CreateAdministrator(ctx, bad, domain.NewAdministrator{Email: "a@b.example"})
	check(err)
	_, err = c.Invoices(ctx, bad)
	check(err)
	_, err = c.InvoicePDF(ctx, bad, "7")
	check(err)
	check(c.DeleteAdministrator(ctx, someProvider, bad))
	check(c.AddAccess(ctx, bad, someOrg))
	check(c.RemoveAccess(ctx, someProvider, bad))
}
