package editor

import (
	"context"
	"fmt"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// read looks at the logo that the server serves. That the picture cannot be
// read is part of the reading, unless the same would meet whatever comes next.
func (f *logoFlow) read(ctx context.Context) (logoReading, error) {
	r := logoReading{at: f.opts.Now()}
	err := f.within(ctx, func(ctx context.Context) (err error) {
		r.details, err = f.remote.Details(ctx, f.change.Org)
		return err
	})
	if err != nil {
		return r, f.noted(err)
	}
	if r.none() {
		return r, nil
	}
	err = f.within(ctx, func(ctx context.Context) (err error) {
		r.served, err = f.remote.Logo(ctx, r.details.LogoURL)
		return err
	})
	if err != nil {
		// Only what JumpCloud itself asks for concerns what comes next; whoever
		// keeps the picture knows nothing of the key.
		if domain.CodeOf(err) == domain.CodeRateLimited || ctx.Err() != nil {
			return r, fmt.Errorf("read the present logo: %w", err)
		}
		r.problem = err
		return r, nil //nolint:nilerr // it is told with the reading
	}
	r.small, r.problem = f.shown(r.served)
	r.unusable = r.small == nil
	return r, nil
}

// shown makes what is served small, or says why it cannot.
func (f *logoFlow) shown(served []byte) (*domain.Thumbnail, error) {
	if mediaType(served) == "" || len(served) > domain.MaxLogoOriginal {
		return nil, invalid("The logo that JumpCloud serves is no PNG, JPEG or GIF of at most 2 MiB.", "")
	}
	small, err := f.opts.Thumbnail(served)
	if err != nil {
		return nil, fmt.Errorf("make the logo small: %w", err)
	}
	return &small, nil
}

// within bounds one look at the server, or at what it served.
func (f *logoFlow) within(ctx context.Context, look func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	return look(ctx)
}

// verify reads what became of a write. lost says that its answer was lost.
func (f *logoFlow) verify(ctx context.Context, lost bool) domain.EditOutcome {
	now, err := f.read(ctx)
	state := domain.EditUncertain
	if err == nil {
		// Where pictures are served may lag behind what was written.
		if state = f.judge(ctx, &now); state != domain.EditApplied {
			f.opts.Settle(ctx)
			if again, againErr := f.read(ctx); againErr == nil {
				now, state = again, f.judge(ctx, &again)
			}
		}
	}
	if err == nil {
		err = now.problem
	}
	if err != nil {
		f.opts.Log.Warn("a change could not be read back", "organization", f.change.Org, "field", domain.FieldLogo, "error", err)
	}
	return f.told(ctx, state, now, lost)
}

// judge says what a write came to, from what is served after it. Whether it is
// the old logo is asked first: one that is merely like the new one would pass
// for it.
func (f *logoFlow) judge(ctx context.Context, now *logoReading) domain.EditState {
	before := &f.before
	switch {
	case now.none() && f.wanted == nil:
		return domain.EditApplied
	case now.none() && before.none():
		return domain.EditNotApplied
	case now.none():
		return domain.EditConflict
	case now.small == nil && f.wanted == nil && before.unreadable() && now.details.LogoURL == before.details.LogoURL:
		return domain.EditNotApplied
	case now.small == nil:
		return domain.EditUncertain
	case now.is(before.served, before.small):
		return domain.EditNotApplied
	case f.wanted == nil:
		return domain.EditConflict
	case now.is(f.change.File.Bytes, f.wanted):
		return domain.EditApplied
	}
	var same bool
	err := f.within(ctx, func(ctx context.Context) (err error) {
		same, err = f.opts.SameLogo(ctx, f.change.File.Bytes, now.served)
		return err
	})
	switch {
	case err != nil:
		f.opts.Log.Warn("a logo could not be compared", "organization", f.change.Org, "error", err)
		return domain.EditUncertain
	case same:
		return domain.EditApplied
	}
	return domain.EditConflict
}
