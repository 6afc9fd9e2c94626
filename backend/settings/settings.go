// Package settings keeps what a person prefers in one small file: where the
// window was, how the grid is sorted, which columns it has. It holds no secret
// and nothing that cannot be chosen again; a file that cannot be read is set
// aside, never overwritten.
package settings

import (
	"maps"
	"reflect"
	"regexp"
	"slices"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Settings are a person's preferences. The zero value of each field means that
// nothing was chosen.
type Settings struct {
	Window Window `json:"window,omitzero"`
	Sort   Sort   `json:"sort,omitzero"`
	// Columns are those of the grid in their order.
	Columns []Column `json:"columns,omitempty"`
	// LaunchTemplates are the addresses that Launch opens, by region.
	LaunchTemplates map[domain.Region]string `json:"launchTemplates,omitempty"`
	// LaunchHintDismissed says that the hint after a launch is not shown again.
	LaunchHintDismissed bool `json:"launchHintDismissed,omitempty"`
	// SingleKeysOff says that a printable key alone is no shortcut.
	SingleKeysOff bool `json:"singleKeysOff,omitempty"`
	// LastAccount is the account shown last.
	LastAccount domain.AccountID `json:"lastAccount,omitempty"`
	// PanelWidth is that of the side panel, in pixels.
	PanelWidth int `json:"panelWidth,omitempty"`
}

// Window is the window's size and place in pixels.
type Window struct {
	Width     int  `json:"width,omitempty"`
	Height    int  `json:"height,omitempty"`
	Maximised bool `json:"maximised,omitempty"`
	// Place is the window's corner; nil lets the system choose.
	Place *Place `json:"place,omitempty"`
}

// Place is a point on the screens, which may be left of or above the first one.
type Place struct {
	X int `json:"x"`
	Y int `json:"y"`
}

// Sort is how the grid is sorted.
type Sort struct {
	// Column is a column's id; empty is the grid's own order.
	Column     string `json:"column,omitempty"`
	Descending bool   `json:"descending,omitempty"`
}

// Column is one column of the grid.
type Column struct {
	ID      string `json:"id"`
	Visible bool   `json:"visible"`
	// Width is in pixels; 0 is the column's own.
	Width int `json:"width,omitempty"`
}

// Bounds outside which a value is dropped: nobody chose it, or it would leave
// a window that cannot be used.
const (
	MinWindowWidth, MinWindowHeight = 640, 400
	MinPanelWidth, MaxPanelWidth    = 240, 1600
	MinColumnWidth, MaxColumnWidth  = 24, 2000

	maxWindow    = 16_384
	maxPlace     = 32_767
	maxColumns   = 64
	maxTemplate  = 2000
	maxAccountID = 200
)

// normalize gives the settings without values that cannot be used; each is
// dropped by itself, the others stay.
func (s Settings) normalize() Settings {
	s.Window = s.Window.normalize()
	if !validColumnID(s.Sort.Column) {
		s.Sort = Sort{}
	}
	s.Columns = normalizeColumns(s.Columns)
	templates := make(map[domain.Region]string)
	for region, template := range s.LaunchTemplates {
		if _, ok := domain.LookupRegion(string(region)); ok && template != "" && len(template) <= maxTemplate {
			templates[region] = template
		}
	}
	s.LaunchTemplates = templates
	if len(s.LastAccount) > maxAccountID {
		s.LastAccount = ""
	}
	if s.PanelWidth < MinPanelWidth || s.PanelWidth > MaxPanelWidth {
		s.PanelWidth = 0
	}
	return s
}

// normalize gives the window without a size or a place that cannot be used.
func (w Window) normalize() Window {
	if w.Width < MinWindowWidth || w.Width > maxWindow || w.Height < MinWindowHeight || w.Height > maxWindow {
		w.Width, w.Height = 0, 0
	}
	if p := w.Place; p != nil && (p.X < -maxPlace || p.X > maxPlace || p.Y < -maxPlace || p.Y > maxPlace) {
		w.Place = nil
	}
	return w
}

// normalizeColumns gives the columns that have an id, each once.
func normalizeColumns(columns []Column) []Column {
	kept := []Column{}
	for _, c := range columns {
		known := slices.ContainsFunc(kept, func(k Column) bool { return k.ID == c.ID })
		if c.ID == "" || !validColumnID(c.ID) || known || len(kept) == maxColumns {
			continue
		}
		if c.Width < MinColumnWidth || c.Width > MaxColumnWidth {
			c.Width = 0
		}
		kept = append(kept, c)
	}
	return kept
}

// validColumnID reports whether a text has the form of a column's id; the
// empty one has.
func validColumnID(id string) bool {
	return regexp.MustCompile(`^[A-Za-z0-9_-]{0,40}$`).MatchString(id)
}

// clone gives a copy that shares nothing.
func (s Settings) clone() Settings {
	s.Columns = slices.Clone(s.Columns)
	s.LaunchTemplates = maps.Clone(s.LaunchTemplates)
	if s.Window.Place != nil {
		place := *s.Window.Place
		s.Window.Place = &place
	}
	return s
}

// equal reports whether two settings say the same.
func (s Settings) equal(o Settings) bool { return reflect.DeepEqual(s, o) }
