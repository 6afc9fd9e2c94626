package domain

// FieldLogo is an organization's logo. As a text it is the hash of its
// thumbnail, empty for none. It is changed by a LogoChange and not by an Edit.
const FieldLogo EditField = "logo"

// ActivityLogo has the hashes of the thumbnails before and after; empty for no
// logo, LogoUnreadable for one that could not be read.
const ActivityLogo ActivityKind = "logo_changed"

// LogoUnreadable stands for the hash of a logo that is there, but cannot be
// read or shown.
const LogoUnreadable = "unreadable"

// LogoText puts a logo, as the history has it, into words.
func LogoText(value string) string {
	switch value {
	case "":
		return "no logo"
	case LogoUnreadable:
		return "a logo that cannot be read"
	}
	return "a logo"
}

// LogoOriginal is a logo with the file it was made from or is served as, kept
// so that it can be set again.
type LogoOriginal struct {
	Thumbnail Thumbnail
	// File has at most MaxLogoOriginal bytes. Its MediaType is also "image/gif"
	// for an old one, which JumpCloud does not take any more.
	File LogoFile
}

// MaxLogoOriginal bounds an original that is kept, in bytes: as much as is read
// of a logo.
const MaxLogoOriginal = 2 << 20

// LogoChange is a wanted logo of one organization.
type LogoChange struct {
	Org OrgID
	// File is the new logo; one without bytes takes the logo away.
	File LogoFile
	// Expected is the hash of the thumbnail that the person saw; empty for none,
	// LogoUnreadable where the person was told that it cannot be read.
	Expected string
	// Overwrite says that Expected is somebody else's logo, which the person was
	// shown and wants replaced. Another one than that is a conflict all the same.
	Overwrite bool
}

// TakenLogo is a picture that came in for one organization of one account.
type TakenLogo struct {
	// ID names it until the program ends or newer ones displace it.
	ID      string
	Account AccountID
	Org     OrgID
	// FileName is what the person called it; it decides nothing.
	FileName string
	Source   LogoSource
	// Suggested is the recipe to begin with.
	Suggested LogoRecipe
}

// ReadyLogo is a taken picture after its recipe, ready to be set on the
// organization it was taken for.
type ReadyLogo struct {
	ID      string
	Account AccountID
	Org     OrgID
	PreparedLogo
}

// LogoMatchKind says how a file was matched to an organization.
type LogoMatchKind string

// How a file's name is matched. What is only alike has to be confirmed.
const (
	LogoMatchID    LogoMatchKind = "id"    // the name is, or holds, the organization's id
	LogoMatchName  LogoMatchKind = "name"  // the name is the organization's, but for case, accents and punctuation
	LogoMatchAlike LogoMatchKind = "alike" // a guess
	LogoMatchMany  LogoMatchKind = "many"  // several organizations have this name
	LogoMatchNone  LogoMatchKind = "none"
)

// LogoMatch is a file of a folder with the organization its name says.
type LogoMatch struct {
	FileName string
	Bytes    int64
	Kind     LogoMatchKind
	// Org is empty where no organization, or more than one, fits.
	Org     OrgID
	OrgName string
	// Problem says why the file cannot be used; nil where it can as far as its
	// header tells.
	Problem *Error
	// Source has no Kind where the file was too much to be read only for that.
	Source LogoSource
}

// LogoPlan is a folder of pictures matched to the organizations of an account.
type LogoPlan struct {
	// ID is empty where the person chose no folder.
	ID      string
	Account AccountID
	// Folder is how the folder is called.
	Folder string
	Rows   []LogoMatch
	// Skipped is how many files are no pictures, or beyond MaxLogoFiles.
	Skipped int
}

// LogoPlanProgress is how far the looking at a folder has come.
type LogoPlanProgress struct {
	// Looked is how many files were looked at, of Total as far as is known.
	Looked, Total int
}

// MaxLogoFiles bounds how many files of a folder are looked at.
const MaxLogoFiles = 2000

// LogoPair is a file of a plan for an organization, as a person confirmed it.
type LogoPair struct {
	FileName string
	Org      OrgID
}

// LogoBatchState says how a batch of logos stands.
type LogoBatchState string

// The states of a batch.
const (
	LogoBatchNever    LogoBatchState = "never"
	LogoBatchRunning  LogoBatchState = "running"
	LogoBatchDone     LogoBatchState = "done"
	LogoBatchCanceled LogoBatchState = "canceled"
	LogoBatchStopped  LogoBatchState = "stopped" // by a failure that would meet every other file too
)

// LogoBatchRow is what became of one file.
type LogoBatchRow struct {
	LogoPair
	OrgName string
	// Result is ResultOK, an EditState, the code of a failure, or "not_tried".
	Result        string
	Message, Hint string
	// Warnings are sentences on the logo that was made of the file, and Steps
	// what was done to it; none where none was made.
	Warnings, Steps []string
}

// LogoBatch is the newest batch of an account.
type LogoBatch struct {
	Account AccountID
	State   LogoBatchState
	// Done is how many of the rows are settled; Set how many of them with the
	// new logo, or with it already.
	Done, Set int
	// Current is the name of the organization whose logo is being set.
	Current string
	Rows    []LogoBatchRow
	// Problem is why a stopped batch stopped; nil otherwise.
	Problem *Error
}
