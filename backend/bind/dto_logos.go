package bind

// LogoRecipe is how a picture is made into a logo.
type LogoRecipe struct {
	// Shape is "1200x400", "800x400" or "keep".
	Shape string `json:"shape"`
	// Background is "transparent" or "white".
	Background string `json:"background"`
	Crop       bool   `json:"crop"`
	// Tolerance of the crop is 0 to 64 of 255; Padding 0 to 25 percent of the height.
	Tolerance int `json:"tolerance"`
	Padding   int `json:"padding"`
}

// TakenLogo is a picture that came in for one organization.
type TakenLogo struct {
	ID             string `json:"id"`
	AccountID      string `json:"accountId"`
	OrganizationID string `json:"organizationId"`
	FileName       string `json:"fileName"`
	// Path serves the picture as it came in, made small, in this window.
	Path string `json:"path"`
	// Kind is "PNG", "JPEG", "GIF", "BMP", "TIFF" or "WebP".
	Kind   string `json:"kind"`
	Bytes  int    `json:"bytes"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	// Notes are sentences to show.
	Notes     []string   `json:"notes"`
	Suggested LogoRecipe `json:"suggested"`
}

// LogoStep is something that was done to a picture, and why.
type LogoStep struct {
	Code string `json:"code"`
	Text string `json:"text"`
}

// LogoRule is one of JumpCloud's rules for logos.
type LogoRule struct {
	// Code is "type", "bytes", "pixels" or "background".
	Code string `json:"code"`
	Met  bool   `json:"met"`
	Text string `json:"text"`
}

// ReadyLogo is a taken picture after its recipe.
type ReadyLogo struct {
	ID             string `json:"id"`
	AccountID      string `json:"accountId"`
	OrganizationID string `json:"organizationId"`
	// Path serves the file in this window, byte for byte as it would be sent.
	Path      string `json:"path"`
	MediaType string `json:"mediaType"`
	Bytes     int    `json:"bytes"`
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Untouched bool   `json:"untouched"`
	// Enlarged is the factor by which it was made larger; 1 where it was not.
	Enlarged float64    `json:"enlarged"`
	Steps    []LogoStep `json:"steps"`
	Rules    []LogoRule `json:"rules"`
	Warnings []string   `json:"warnings"`
}

// LogoMatch is a file of a folder with the organization its name says.
type LogoMatch struct {
	FileName string `json:"fileName"`
	Bytes    int64  `json:"bytes"`
	// Match is "id", "name", "alike", "many" or "none".
	Match            string `json:"match"`
	OrganizationID   string `json:"organizationId"`
	OrganizationName string `json:"organizationName"`
	// Kind is empty, and the pixels are 0, where only sending it will tell.
	Kind   string `json:"kind"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
	// Problem says why the file cannot be used; null where it can.
	Problem *Problem `json:"problem"`
}

// LogoPlan is a folder of pictures matched to organizations; its id is empty
// where the person chose no folder.
type LogoPlan struct {
	ID        string      `json:"id"`
	AccountID string      `json:"accountId"`
	Folder    string      `json:"folder"`
	Rows      []LogoMatch `json:"rows"`
	Skipped   int         `json:"skipped"`
}

// LogoPlanProgress is the event EventLogoPlan: how far the looking at a folder
// has come.
type LogoPlanProgress struct {
	AccountID string `json:"accountId"`
	// Revision grows with every event (see EventSession).
	Revision int64 `json:"revision"`
	Looked   int   `json:"looked"`
	// Total is how many files are looked at, as far as is known.
	Total int `json:"total"`
}

// LogoPair is a file of a plan for an organization, as the person confirmed it.
type LogoPair struct {
	FileName       string `json:"fileName"`
	OrganizationID string `json:"organizationId"`
}

// LogoBatchRow is what became of one file.
type LogoBatchRow struct {
	FileName         string `json:"fileName"`
	OrganizationID   string `json:"organizationId"`
	OrganizationName string `json:"organizationName"`
	// Result is "ok", a state of EditOutcome, the code of a failure, or "not_tried".
	Result  string `json:"result"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
	// Warnings are sentences on the logo that was made of the file.
	Warnings []string `json:"warnings"`
}

// LogoBatch is the newest batch of logos of an account; it is also the event
// EventLogos, without its rows.
type LogoBatch struct {
	AccountID string `json:"accountId"`
	// Revision grows with every event (see EventSession).
	Revision int64 `json:"revision"`
	// State is "never", "running", "done", "canceled" or "stopped".
	State   string         `json:"state"`
	Total   int            `json:"total"`
	Done    int            `json:"done"`
	Set     int            `json:"set"`
	Current string         `json:"current"`
	Rows    []LogoBatchRow `json:"rows"`
	Problem *Problem       `json:"problem"`
}

// DroppedFiles is the event EventDrop: files were dropped on the window. Their
// paths stay in Go; the id lets the page take them.
type DroppedFiles struct {
	ID string `json:"id"`
	// X and Y are where, in CSS pixels of the window.
	X int `json:"x"`
	Y int `json:"y"`
	// Names are the names of the files; Folder says that one folder was dropped.
	Names  []string `json:"names"`
	Folder bool     `json:"folder"`
}
