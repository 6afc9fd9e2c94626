package bind

// Column is one column of the grid.
type Column struct {
	ID      string `json:"id"`
	Visible bool   `json:"visible"`
}

// Settings is what a person chose. Window size and place are kept by the
// program itself and are not part of it.
type Settings struct {
	// SortColumn is a column's id; SortDescending its direction.
	SortColumn     string   `json:"sortColumn"`
	SortDescending bool     `json:"sortDescending"`
	Columns        []Column `json:"columns"`
	// Region is that of the account shown, whose LaunchTemplate this is. What is
	// saved is saved for the region named, whichever account is shown by then;
	// where it is empty the template is left as it is.
	Region string `json:"region"`
	// LaunchTemplate is the URL that Launch opens, with {consoleHost} and {orgId}.
	LaunchTemplate string `json:"launchTemplate"`
	// DefaultLaunchTemplate is what LaunchTemplate is reset to.
	DefaultLaunchTemplate string `json:"defaultLaunchTemplate"`
	// LaunchHintDismissed says that the hint after a launch is not to be shown again.
	LaunchHintDismissed bool `json:"launchHintDismissed"`
	// SingleKeyShortcuts says that a printable key alone may be a shortcut.
	SingleKeyShortcuts bool `json:"singleKeyShortcuts"`
}

// LaunchPreview is what a launch template would open.
type LaunchPreview struct {
	URL string `json:"url"`
}
