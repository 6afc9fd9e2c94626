package roster

import (
	"context"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/orgdeck/orgdeck/backend/domain"
)

const (
	maxEmail = 254 // characters of an address that can be delivered to
	maxName  = 255
	// maxChosen bounds how many organizations one request may name.
	maxChosen = 20_000
)

func invalid(message, hint string) error {
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message + " Nothing was sent.", Hint: hint}
}

// checkWish trims a wish and refuses what cannot be sent.
func checkWish(wish *domain.AdministratorWish) error {
	wish.Email = strings.TrimSpace(wish.Email)
	wish.FirstName, wish.LastName = strings.TrimSpace(wish.FirstName), strings.TrimSpace(wish.LastName)
	parsed, err := mail.ParseAddress(wish.Email)
	if err != nil || parsed.Address != wish.Email || parsed.Name != "" || len(wish.Email) > maxEmail {
		return invalid("That is no e-mail address.", "Enter an address such as sam@example.com.")
	}
	for _, name := range []string{wish.FirstName, wish.LastName} {
		if utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
			return invalid("A name has at most 255 characters, and no line breaks.", "")
		}
	}
	if !slices.Contains(domain.RoleNames(), wish.RoleName) {
		return invalid("Choose one of JumpCloud's roles.", "")
	}
	switch wish.Access {
	case domain.AccessDefault, domain.AccessNone:
		wish.Organizations = nil
	case domain.AccessChosen:
		slices.Sort(wish.Organizations)
		wish.Organizations = slices.Compact(wish.Organizations)
		if len(wish.Organizations) == 0 || len(wish.Organizations) > maxChosen {
			return invalid("Choose the organizations to enter, or none of them.", "")
		}
	default:
		return invalid("Choose which organizations the administrator may enter.", "")
	}
	wish.NoOrganizations = wish.Access != domain.AccessDefault
	return nil
}

// creation is one new administrator on the way.
type creation struct {
	act
	wish domain.AdministratorWish
}

// Create adds an administrator to the provider and gives access to the
// organizations chosen: each request once, and then reads back. An e-mail
// address that an administrator has already is refused before anything is sent.
func (r *Roster) Create(ctx context.Context, id domain.AccountID, wish domain.AdministratorWish) (domain.ActOutcome, error) {
	wish.Organizations = slices.Clone(wish.Organizations)
	if err := checkWish(&wish); err != nil {
		return domain.ActOutcome{}, err
	}
	v, release, err := r.change(id)
	if err != nil {
		return domain.ActOutcome{}, err
	}
	defer release()
	c := &creation{
		act:  act{visit: v, kind: domain.ActivityAdministratorAdded, what: "add the administrator", after: wish.Email},
		wish: wish,
	}
	now, err := c.look(ctx)
	if err != nil {
		return domain.ActOutcome{}, c.failed(ctx, err)
	}
	if known := now.named(wish.Email); known != nil {
		return domain.ActOutcome{}, &domain.Error{
			Code: domain.CodeConflict, Message: known.Email + " is an administrator of the provider already. Nothing was sent.",
			Hint: "Give the administrator access to more organizations instead.",
		}
	}
	err = c.send(ctx, func(ctx context.Context) error {
		_, err := c.remote.CreateAdministrator(ctx, v.account.ProviderID, wish.NewAdministrator)
		return err
	})
	if err != nil && !uncertain(err) {
		return domain.ActOutcome{}, c.failed(ctx, err)
	}
	return c.verify(ctx, uncertain(err)), nil
}

// verify looks for the newcomer, and goes on with what they may enter.
func (c *creation) verify(ctx context.Context, lost bool) domain.ActOutcome {
	outcome := domain.ActOutcome{Administrator: domain.Administrator{Email: c.wish.Email, RoleName: c.wish.RoleName}}
	now, err := c.reread(ctx, func(p *present) bool { return p.named(c.wish.Email) != nil })
	if err != nil {
		outcome.State = domain.ActUncertain
		outcome.Message = "It is not known whether " + c.wish.Email + " was added: JumpCloud could not be read after it was asked."
		outcome.Hint = "Refresh the list when JumpCloud can be reached, before you try again."
		if len(c.wish.Organizations) > 0 {
			outcome.Message += " Access to the chosen organizations was not given."
		}
		return c.done(ctx, outcome)
	}
	who := now.named(c.wish.Email)
	if who == nil {
		outcome.State = domain.ActNotApplied
		outcome.Message = "JumpCloud accepted the request, but " + c.wish.Email + " is not among the administrators."
		outcome.Hint = "Look in the portal before you try again."
		if lost {
			outcome.Message = "The connection was lost on the way, and " + c.wish.Email + " is not among the administrators. The request may yet arrive."
			outcome.Hint = "Refresh the list in a minute before you try again."
		}
		return c.done(ctx, outcome)
	}
	if err := c.keepAdministrators(ctx, now.people, who.ID); err != nil {
		c.opts.Log.Error("the administrators could not be kept", "error", err)
	}
	outcome.Administrator = *who
	outcome.Failed = c.let(ctx, who.ID)
	return c.done(ctx, c.compare(ctx, outcome, lost))
}

// let gives access to the organizations chosen, one request each. What concerns
// every call ends it, and the rest fails for the same reason.
func (c *creation) let(ctx context.Context, who domain.AdministratorID) []domain.AccessFailure {
	var failures []domain.AccessFailure
	var stopped *domain.Error
	for _, org := range c.wish.Organizations {
		problem := stopped
		if problem == nil {
			err := c.send(ctx, func(ctx context.Context) error { return c.remote.AddAccess(ctx, who, org) })
			switch domain.CodeOf(err) {
			case "", domain.CodeConflict: // a conflict says that access is there already
				continue
			case domain.CodeForbidden, domain.CodeNotFound, domain.CodeRejected, domain.CodeServer, domain.CodeProtocol:
				problem = problemOf(err)
			default:
				stopped = problemOf(err)
				problem = stopped
			}
		}
		failures = append(failures, domain.AccessFailure{Org: org, Problem: problem})
	}
	return failures
}

// compare reads what the newcomer may enter and holds it against the wish.
func (c *creation) compare(ctx context.Context, outcome domain.ActOutcome, lost bool) domain.ActOutcome {
	who := &outcome.Administrator
	outcome.State = domain.ActApplied
	outcome.Message = asked(lost) + who.Email + " was added as " + who.RoleName
	links, err := c.entered(ctx, who.ID)
	if err != nil {
		outcome.State = domain.ActPartial
		outcome.Message += ". What they may enter could not be read back."
		outcome.Hint = "Refresh the list when JumpCloud can be reached."
		return outcome
	}
	if _, err := c.opts.Keeper.SaveAdministratorLinks(ctx, c.account.ID, who.ID, links, c.opts.Now()); err != nil {
		c.opts.Log.Error("what the new administrator may enter could not be kept", "error", err)
	}
	outcome.Organizations = len(links)
	outcome.Message += fmt.Sprintf(". Organizations they may enter: %d.", len(links))
	outcome.Failed = c.missing(links, outcome.Failed)
	c.recordAccess(ctx, who, links)
	switch {
	case len(outcome.Failed) > 0:
		outcome.State = domain.ActPartial
		outcome.Message += fmt.Sprintf(" Access could not be given to %d of the %d chosen.", len(outcome.Failed), len(c.wish.Organizations))
		outcome.Hint = "Give access to these in their Administrators tab."
	case c.wish.Access == domain.AccessNone && len(links) > 0:
		outcome.State = domain.ActPartial
		outcome.Message += " None were wanted: JumpCloud gave access all the same."
	}
	if who.RoleName != c.wish.RoleName {
		outcome.State = domain.ActPartial
		outcome.Message += " The role wanted was " + c.wish.RoleName + "."
		outcome.Hint = "Change the role in the portal."
	}
	return outcome
}

// errNotLinked is the hidden reason of access that was accepted and is not there.
var errNotLinked = errors.New("reading back does not show the link")

// missing gives the chosen organizations that cannot be entered, each with its
// reason. A failure whose change was made all the same is none.
func (c *creation) missing(links []domain.AccessLink, failures []domain.AccessFailure) []domain.AccessFailure {
	entered := make(map[domain.OrgID]bool, len(links))
	for _, link := range links {
		entered[link.Organization] = true
	}
	reasons := make(map[domain.OrgID]*domain.Error, len(failures))
	for _, failure := range failures {
		reasons[failure.Org] = failure.Problem
	}
	var missing []domain.AccessFailure
	for _, org := range c.wish.Organizations {
		if entered[org] {
			continue
		}
		problem := reasons[org]
		if problem == nil {
			problem = &domain.Error{
				Code: domain.CodeRejected, Message: "JumpCloud accepted the request, but gave no access.", Cause: errNotLinked,
			}
		}
		missing = append(missing, domain.AccessFailure{Org: org, Problem: problem})
	}
	return missing
}

// recordAccess tells the organizations' own histories of a chosen newcomer.
func (c *creation) recordAccess(ctx context.Context, who *domain.Administrator, links []domain.AccessLink) {
	var lines []domain.Activity
	for _, link := range links {
		if _, chosen := slices.BinarySearch(c.wish.Organizations, link.Organization); chosen {
			lines = append(lines, domain.Activity{
				Org: link.Organization, Kind: domain.ActivityAccessGiven, Source: domain.SourceOrgdeck, After: who.Email, Result: resultOK,
			})
		}
	}
	c.record(ctx, lines...)
}
