package session

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/syncer"
)

// Remote is JumpCloud as seen with one key: what synchronisation reads, and
// what the other use cases read and change. Its errors are *domain.Error.
type Remote interface {
	syncer.Remote
	OrganizationWriter
	AdministratorReader
	AdministratorWriter
	InvoiceReader
}

// OrganizationWriter changes organizations, and reads what a listing says of one.
type OrganizationWriter interface {
	CreateOrganization(ctx context.Context, providerID, name string, most *int) (domain.Listed, error)
	RenameOrganization(ctx context.Context, providerID string, org domain.OrgID, name string) (domain.Listed, error)
	SetUserCap(ctx context.Context, providerID string, org domain.OrgID, most *int) (domain.Listed, error)
	UpdateSettings(ctx context.Context, org domain.OrgID, wanted domain.SettingsChange) (domain.Details, error)
	ProviderOrganization(ctx context.Context, providerID string, org domain.OrgID) (domain.Listed, error)
}

// AdministratorReader tells who may do what.
type AdministratorReader interface {
	Administrators(ctx context.Context, providerID string) ([]domain.Administrator, error)
	LocalAdministrators(ctx context.Context, org domain.OrgID) ([]domain.Administrator, error)
	OrganizationAdministrators(ctx context.Context, org domain.OrgID) ([]domain.AccessLink, error)
	AdministratorOrganizations(ctx context.Context, admin domain.AdministratorID) ([]domain.AccessLink, error)
}

// AdministratorWriter changes administrators and what they have access to.
type AdministratorWriter interface {
	CreateAdministrator(ctx context.Context, providerID string, wanted domain.NewAdministrator) (domain.Administrator, error)
	DeleteAdministrator(ctx context.Context, providerID string, admin domain.AdministratorID) error
	AddAccess(ctx context.Context, admin domain.AdministratorID, org domain.OrgID) error
	RemoveAccess(ctx context.Context, admin domain.AdministratorID, org domain.OrgID) error
}

// InvoiceReader reads a provider's invoices.
type InvoiceReader interface {
	Invoices(ctx context.Context, providerID string) ([]domain.Invoice, error)
	InvoicePDF(ctx context.Context, providerID, invoiceID string) ([]byte, error)
}

// Remote gives an account's way to JumpCloud; signed_out where no key of it is
// at hand, not_found where there is no such account. It stays good for what is
// under way when the account is signed out meanwhile.
func (s *Session) Remote(id domain.AccountID) (Remote, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.find(id)
	if m == nil {
		return nil, noAccount()
	}
	if m.engine == nil || m.remote == nil {
		return nil, &domain.Error{
			Code: domain.CodeSignedOut, Message: "No API key of " + m.account.Label + " is known here. Nothing was sent or changed.",
			Hint: "Enter the key, then try again. What is cached can be read meanwhile.",
		}
	}
	return m.remote, nil
}

// KeyRefused marks an account's key as refused, after the server answered 401 to
// what remote asked: the account's Remote, as it was then. Where another key took
// its place meanwhile, the answer is about one that nobody uses any more.
func (s *Session) KeyRefused(id domain.AccountID, remote any) {
	s.judgeKey(id, remote, domain.KeyReady, domain.KeyRefused)
}

// keyAccepted marks a key as good again, after the server answered it, and
// reports whether it had been refused.
func (s *Session) keyAccepted(id domain.AccountID, remote Remote) bool {
	return s.judgeKey(id, remote, domain.KeyRefused, domain.KeyReady)
}

// judgeKey brings the key of remote from one state to another, and reports
// whether it was in the one and is still the account's.
func (s *Session) judgeKey(id domain.AccountID, remote any, from, to domain.KeyState) bool {
	s.mu.Lock()
	m := s.find(id)
	judged := m != nil && m.remote != nil && any(m.remote) == remote && m.key == from
	if judged {
		m.key = to
	}
	s.mu.Unlock()
	if judged {
		s.opts.Watcher.SessionChanged()
	}
	return judged
}
