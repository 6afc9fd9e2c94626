package settings

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// RemoveSetAside removes the damaged files kept beside the preferences, and what
// a crash left of a file being written: they may name an account that is being
// erased (settings_failed where that fails).
func (f *File) RemoveSetAside() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	folder, name := filepath.Split(f.path)
	entries, err := os.ReadDir(filepath.Clean(folder))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return notRemoved(fmt.Errorf("look for files set aside: %w", err))
	}
	for _, entry := range entries {
		aside := strings.HasPrefix(entry.Name(), name+".damaged-") || entry.Name() == name+".tmp"
		if !aside || !entry.Type().IsRegular() {
			continue
		}
		if err := removed(filepath.Join(folder, entry.Name())); err != nil {
			return notRemoved(err)
		}
	}
	f.setAside = ""
	return nil
}

func notRemoved(cause error) error {
	return &domain.Error{
		Code: domain.CodeSettings, Message: "A damaged file of preferences could not be removed.",
		Hint: "It may hold the id of your provider. Delete it yourself.", Cause: cause,
	}
}
