package domain

// LogoShape is the size that a logo is made to.
type LogoShape string

// The shapes. JumpCloud's help page recommends the first two, and asks for at
// least 400 by 400 pixels.
const (
	LogoShapeWide   LogoShape = "1200x400"
	LogoShapeMedium LogoShape = "800x400"
	LogoShapeKeep   LogoShape = "keep" // the picture's own shape, at least 400 by 400
)

// LogoBackground is what a logo's empty space is made of.
type LogoBackground string

// The backgrounds that JumpCloud's help page allows.
const (
	LogoTransparent LogoBackground = "transparent"
	LogoWhite       LogoBackground = "white"
)

// What a recipe may ask for.
const (
	MaxLogoTolerance = 64 // of 255, a channel
	MaxLogoPadding   = 25 // percent of the logo's height
)

// LogoRecipe is how a picture is made into a logo.
type LogoRecipe struct {
	Shape      LogoShape
	Background LogoBackground
	// Crop cuts off the white or transparent space around the picture.
	Crop bool
	// Tolerance is how far a channel of a pixel may be from the empty space's
	// colour and still count as empty: 0 to MaxLogoTolerance.
	Tolerance int
	// Padding is the space left free around the picture, in percent of the
	// logo's height: 0 to MaxLogoPadding.
	Padding int
}

// LogoSource is a picture that came in, as its bytes tell.
type LogoSource struct {
	// Kind is how people call its format: "PNG", "JPEG", "GIF", "BMP", "TIFF" or "WebP".
	Kind          string
	Bytes         int
	Width, Height int // pixels, upright
	// Notes are sentences on what a person would not expect, such as that only
	// the first frame of an animated file is used.
	Notes []string
}

// LogoStep is something that was done to a picture, and why.
type LogoStep struct {
	// Code names the step for programs, Text for people.
	Code, Text string
}

// LogoRule is one of JumpCloud's rules for logos.
type LogoRule struct {
	// Code is "type", "bytes", "pixels" or "background".
	Code string
	Met  bool
	Text string
}

// PreparedLogo is a picture made ready for JumpCloud.
type PreparedLogo struct {
	File          LogoFile
	Width, Height int
	// Untouched says that the picture met every rule and the recipe asked for
	// nothing else, so that File holds the very bytes that came in.
	Untouched bool
	// Enlarged is the factor by which the picture was made larger; 1 where it was not.
	Enlarged float64
	Steps    []LogoStep
	Rules    []LogoRule
	// Warnings are sentences on what a person should look at before setting it.
	Warnings []string
}
