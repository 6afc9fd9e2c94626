package bind

import (
	"math"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// Where the window serves the pictures that were taken and those made ready of
// them; Program.Assets answers.
const (
	TakenPrefix = "/taken/"
	ReadyPrefix = "/ready/"
)

func recipeOf(r LogoRecipe) domain.LogoRecipe {
	return domain.LogoRecipe{
		Shape: domain.LogoShape(r.Shape), Background: domain.LogoBackground(r.Background),
		Crop: r.Crop, Tolerance: r.Tolerance, Padding: r.Padding,
	}
}

func newRecipe(r domain.LogoRecipe) LogoRecipe {
	return LogoRecipe{
		Shape: string(r.Shape), Background: string(r.Background), Crop: r.Crop, Tolerance: r.Tolerance, Padding: r.Padding,
	}
}

// pairsOf converts the pairs that the page confirmed; no more than a folder's
// files, each with an organization.
func pairsOf(pairs []LogoPair) ([]domain.LogoPair, error) {
	if len(pairs) > domain.MaxLogoFiles {
		return nil, &domain.Error{Code: domain.CodeInvalidInput, Message: "These are more files than are looked at. Nothing was changed."}
	}
	converted := make([]domain.LogoPair, len(pairs))
	for i, pair := range pairs {
		org, err := organization(pair.OrganizationID)
		if err != nil {
			return nil, err
		}
		converted[i] = domain.LogoPair{FileName: pair.FileName, Org: org}
	}
	return converted, nil
}

// NewTakenLogo converts a picture that was taken.
func NewTakenLogo(t domain.TakenLogo) TakenLogo {
	return TakenLogo{
		ID: t.ID, AccountID: string(t.Account), OrganizationID: string(t.Org), FileName: t.FileName,
		Path: TakenPrefix + string(t.Account) + "/" + t.ID + ".png",
		Kind: t.Source.Kind, Bytes: t.Source.Bytes, Width: t.Source.Width, Height: t.Source.Height,
		Notes: sentences(t.Source.Notes), Suggested: newRecipe(t.Suggested),
	}
}

func newReadyLogo(_ domain.AccountID, r domain.ReadyLogo) ReadyLogo {
	ready := ReadyLogo{
		ID: r.ID, AccountID: string(r.Account), OrganizationID: string(r.Org),
		Path: ReadyPrefix + string(r.Account) + "/" + r.ID, MediaType: r.File.MediaType, Bytes: len(r.File.Bytes),
		Width: r.Width, Height: r.Height, Untouched: r.Untouched, Enlarged: r.Enlarged,
		Steps: make([]LogoStep, len(r.Steps)), Rules: make([]LogoRule, len(r.Rules)), Warnings: sentences(r.Warnings),
	}
	if math.IsNaN(ready.Enlarged) || math.IsInf(ready.Enlarged, 0) {
		ready.Enlarged = 1 // Wails ends the program over a number that JSON lacks
	}
	for i, step := range r.Steps {
		ready.Steps[i] = LogoStep{Code: step.Code, Text: step.Text}
	}
	for i, rule := range r.Rules {
		ready.Rules[i] = LogoRule{Code: rule.Code, Met: rule.Met, Text: rule.Text}
	}
	return ready
}

func newLogoPlan(account domain.AccountID, p domain.LogoPlan) LogoPlan {
	plan := LogoPlan{
		ID: p.ID, AccountID: string(account), Folder: p.Folder, Rows: make([]LogoMatch, len(p.Rows)), Skipped: p.Skipped,
	}
	for i := range p.Rows {
		row := &p.Rows[i]
		plan.Rows[i] = LogoMatch{
			FileName: row.FileName, Bytes: row.Bytes, Match: string(row.Kind), OrganizationID: string(row.Org),
			OrganizationName: row.OrgName, Kind: row.Source.Kind, Width: row.Source.Width, Height: row.Source.Height,
			Problem: problemOf(row.Problem),
		}
	}
	return plan
}

// NewLogoPlanProgress converts how far the looking at a folder has come.
func NewLogoPlanProgress(account domain.AccountID, p domain.LogoPlanProgress, revision int64) LogoPlanProgress {
	return LogoPlanProgress{AccountID: string(account), Revision: revision, Looked: p.Looked, Total: p.Total}
}

// NewLogoBatch converts a batch of logos with all of its rows.
func NewLogoBatch(account domain.AccountID, b domain.LogoBatch, revision int64) LogoBatch {
	batch := NewLogoProgress(account, b, revision)
	batch.Rows = make([]LogoBatchRow, len(b.Rows))
	for i := range b.Rows {
		row := &b.Rows[i]
		batch.Rows[i] = LogoBatchRow{
			FileName: row.FileName, OrganizationID: string(row.Org), OrganizationName: row.OrgName,
			Result: row.Result, Message: row.Message, Hint: row.Hint, Warnings: sentences(row.Warnings),
		}
	}
	return batch
}

// NewLogoProgress converts a batch for the event that tells how it goes:
// without its rows, which are counted all the same.
func NewLogoProgress(account domain.AccountID, b domain.LogoBatch, revision int64) LogoBatch {
	batch := LogoBatch{
		AccountID: string(account), Revision: revision, State: string(b.State), Total: len(b.Rows), Done: b.Done, Set: b.Set,
		Current: b.Current, Rows: []LogoBatchRow{}, Problem: problemOf(b.Problem),
	}
	if batch.State == "" {
		batch.State = string(domain.LogoBatchNever)
	}
	return batch
}

func sentences(texts []string) []string {
	if texts == nil {
		return []string{}
	}
	return texts
}
