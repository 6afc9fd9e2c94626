package domain

// SettingsChange is a change of an organization's settings; nil parts stay as they are.
type SettingsChange struct {
	RemoteAssist *bool
	ContactName  *string
	ContactEmail *string
	// Logo is the new logo; one without bytes takes the logo away.
	Logo *LogoFile
}

// LogoFile is a picture as it is sent to JumpCloud.
type LogoFile struct {
	// MediaType is "image/png" or "image/jpeg".
	MediaType string
	Bytes     []byte
}
