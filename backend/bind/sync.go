package bind

import (
	"context"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// SyncService starts, stops and tells of synchronisations.
type SyncService interface {
	// Start begins a run in the background; busy when one is running.
	Start(ctx context.Context, account domain.AccountID) error
	Cancel(ctx context.Context, account domain.AccountID) error
	Status(ctx context.Context, account domain.AccountID) (domain.SyncStatus, error)
	// SetVisible says which organizations are on screen, to be read first.
	SetVisible(ctx context.Context, account domain.AccountID, visible []domain.OrgID) error
}

// maxVisible bounds how many rows a page may call visible.
const maxVisible = 500

// Sync is the bound area of synchronisation.
type Sync struct {
	area    Area
	service SyncService
}

// NewSync makes the area.
func NewSync(area Area, service SyncService) *Sync { return &Sync{area: area, service: service} }

// Start begins a synchronisation in the background. Progress arrives as EventSync.
func (s *Sync) Start(accountID string) (err error) {
	defer guard(s.area.Log, "Sync.Start", &err)
	return s.forAccount(accountID, s.service.Start)
}

// Cancel stops the running synchronisation; what it has read is kept.
func (s *Sync) Cancel(accountID string) (err error) {
	defer guard(s.area.Log, "Sync.Cancel", &err)
	return s.forAccount(accountID, s.service.Cancel)
}

// Status gives how the newest synchronisation stands.
func (s *Sync) Status(accountID string) (status SyncStatus, err error) {
	defer guard(s.area.Log, "Sync.Status", &err)
	id, err := account(accountID)
	if err != nil {
		return SyncStatus{}, err
	}
	ctx, err := s.area.Lifetime()
	if err != nil {
		return SyncStatus{}, err
	}
	revision := s.area.Revision()
	current, err := s.service.Status(ctx, id)
	if err != nil {
		return SyncStatus{}, err
	}
	return NewSyncStatus(id, current, revision), nil
}

// SetVisible says which organizations are on screen, so that a synchronisation
// reads them first.
func (s *Sync) SetVisible(accountID string, orgIDs []string) (err error) {
	defer guard(s.area.Log, "Sync.SetVisible", &err)
	id, err := account(accountID)
	if err != nil {
		return err
	}
	visible := make([]domain.OrgID, 0, min(len(orgIDs), maxVisible))
	for _, text := range orgIDs[:min(len(orgIDs), maxVisible)] {
		org, err := organization(text)
		if err != nil {
			return err
		}
		visible = append(visible, org)
	}
	ctx, err := s.area.Lifetime()
	if err != nil {
		return err
	}
	return s.service.SetVisible(ctx, id, visible)
}

func (s *Sync) forAccount(accountID string, act func(context.Context, domain.AccountID) error) error {
	id, err := account(accountID)
	if err != nil {
		return err
	}
	ctx, err := s.area.Lifetime()
	if err != nil {
		return err
	}
	return act(ctx, id)
}
