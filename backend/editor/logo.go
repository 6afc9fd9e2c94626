package editor

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// SetLogo changes the logo of an organization, or takes it away: it reads the
// one that JumpCloud serves, keeps it, writes once unless somebody else changed
// it, and reads again. The outcome tells what JumpCloud serves then; an error
// means that nothing was changed.
func (e *Editor) SetLogo(ctx context.Context, id domain.AccountID, change domain.LogoChange) (domain.EditOutcome, error) {
	wanted, err := e.wantedLogo(change.File)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	release, err := e.take(id, string(change.Org))
	if err != nil {
		return domain.EditOutcome{}, err
	}
	defer release()
	account, remote, err := e.reach(id)
	if err != nil {
		return domain.EditOutcome{}, err
	}
	known, err := e.opts.Cache.Organization(ctx, id, change.Org)
	f := &logoFlow{
		Editor: e, account: account, remote: remote, change: change, wanted: wanted, label: e.labelOf(ctx, id, change.Org),
		unseen: err == nil && change.Expected == "" && known.LogoURL != "",
	}
	return f.run(ctx)
}

// wantedLogo makes a logo's thumbnail; nil for none.
func (e *Editor) wantedLogo(file domain.LogoFile) (*domain.Thumbnail, error) {
	if len(file.Bytes) == 0 {
		return nil, nil
	}
	if kind := mediaType(file.Bytes); kind != file.MediaType || !settable(kind) {
		return nil, invalid("JumpCloud takes logos as PNG or JPEG only. Nothing was sent.", "Choose the picture anew.")
	}
	if len(file.Bytes) > domain.MaxLogoOriginal {
		return nil, invalid("The logo is larger than JumpCloud takes. Nothing was sent.", "Choose the picture anew.")
	}
	small, err := e.opts.Thumbnail(file.Bytes)
	if err != nil {
		return nil, fmt.Errorf("make the new logo small: %w", err)
	}
	return &small, nil
}

// mediaType tells what kind of logo the bytes are; empty where of none that
// JumpCloud serves.
func mediaType(data []byte) string {
	for _, kind := range []struct{ begins, name string }{
		{"\x89PNG\r\n\x1a\n", "image/png"}, {"\xff\xd8\xff", "image/jpeg"}, {"GIF8", "image/gif"},
	} {
		if bytes.HasPrefix(data, []byte(kind.begins)) {
			return kind.name
		}
	}
	return ""
}

// settable reports whether JumpCloud takes logos of a kind.
func settable(mediaType string) bool { return mediaType == "image/png" || mediaType == "image/jpeg" }

// logoFlow is one change of a logo on its way.
type logoFlow struct {
	*Editor
	account domain.Account
	remote  Remote
	change  domain.LogoChange
	label   string
	// wanted is nil where the logo is to go.
	wanted *domain.Thumbnail
	// unseen says that the organization had a logo that the person saw nothing of.
	unseen bool
	// before is what the server served when it was first read; sent says that
	// the change was sent since.
	before logoReading
	sent   bool
	// kept says that the logo before can be set again.
	kept bool
}

// logoReading is what a look at the server told of a logo.
type logoReading struct {
	at      time.Time
	details domain.Details
	served  []byte
	// small is nil where there is no logo, or none that can be read; then
	// problem says why, and unusable that what was read is no picture.
	small    *domain.Thumbnail
	problem  error
	unusable bool
}

// none reports whether there is no logo.
func (r *logoReading) none() bool { return r.details.LogoURL == "" }

// unreadable reports whether there is a logo that cannot be read.
func (r *logoReading) unreadable() bool { return !r.none() && r.small == nil }

// value is a logo as the history has it.
func (r *logoReading) value() string {
	switch {
	case r.none():
		return ""
	case r.small == nil:
		return domain.LogoUnreadable
	}
	return r.small.Hash
}

// is reports whether a picture is what is served, pixel by pixel.
func (r *logoReading) is(file []byte, small *domain.Thumbnail) bool {
	return r.small != nil && small != nil && (bytes.Equal(r.served, file) || r.small.Hash == small.Hash)
}

// value is what the logo is to become, as the history has it.
func (f *logoFlow) value() string {
	if f.wanted == nil {
		return ""
	}
	return f.wanted.Hash
}

func (f *logoFlow) run(ctx context.Context) (domain.EditOutcome, error) {
	now, err := f.read(ctx)
	if err != nil {
		return domain.EditOutcome{}, f.failed(ctx, err)
	}
	f.before = now
	switch {
	case f.wanted == nil && now.none(), now.is(f.change.File.Bytes, f.wanted):
		return f.told(ctx, domain.EditUnchanged, now, false), nil
	case now.value() != f.change.Expected, now.unreadable() && !f.change.Overwrite:
		return f.told(ctx, domain.EditConflict, now, false), nil
	}
	if err := f.keepFiles(ctx); err != nil {
		return domain.EditOutcome{}, f.failed(ctx, err)
	}
	err = f.write(ctx)
	if err != nil && !uncertain(err) {
		return domain.EditOutcome{}, f.failed(ctx, err)
	}
	f.sent = true
	lost := err != nil
	if lost {
		f.opts.Log.Info("the answer to a change was lost", "organization", f.change.Org, "field", domain.FieldLogo, "error", err)
	}
	return f.verify(ctx, lost), nil
}

// keepFiles keeps the logo that is to be replaced and the one that replaces it.
func (f *logoFlow) keepFiles(ctx context.Context) error {
	if before := &f.before; before.small != nil {
		kind := mediaType(before.served)
		err := f.keepFile(ctx, *before.small, domain.LogoFile{MediaType: kind, Bytes: before.served})
		if err != nil {
			return fmt.Errorf("keep the logo that is to be replaced: %w", notKept(err))
		}
		f.kept = settable(kind)
	}
	if f.wanted != nil {
		if err := f.keepFile(ctx, *f.wanted, f.change.File); err != nil {
			return fmt.Errorf("keep the new logo: %w", notKept(err))
		}
	}
	return nil
}

func (f *logoFlow) keepFile(ctx context.Context, small domain.Thumbnail, file domain.LogoFile) error {
	return f.opts.Originals.SaveLogoOriginal(ctx, f.account.ID, f.change.Org, domain.LogoOriginal{Thumbnail: small, File: file})
}

// write sends the change once.
func (f *logoFlow) write(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	_, err := f.remote.UpdateSettings(ctx, f.change.Org, domain.SettingsChange{Logo: &f.change.File})
	return f.noted(err)
}

// noted tells the account that its key was refused, where that is the error.
func (f *logoFlow) noted(err error) error {
	if domain.CodeOf(err) == domain.CodeUnauthorized {
		f.opts.Accounts.KeyRefused(f.account.ID, f.remote)
	}
	return err
}
