package bind_test

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/orgdeck/orgdeck/backend/bind"
	"github.com/orgdeck/orgdeck/backend/domain"
)

// logoService answers every change with a conflict, and keeps what was expected.
type logoService struct {
	bind.LogoService
	expected []string
}

func (s *logoService) Remove(_ context.Context, _ domain.AccountID, org domain.OrgID, expected string, _ bool) (domain.EditOutcome, error) {
	s.expected = append(s.expected, expected)
	return domain.EditOutcome{Org: org, Field: domain.FieldLogo, State: domain.EditConflict, Before: expected, Server: "c0ffee"}, nil
}

func (s *logoService) Prepare(
	_ context.Context, account domain.AccountID, org domain.OrgID, id string, recipe domain.LogoRecipe,
) (domain.ReadyLogo, error) {
	made := domain.PreparedLogo{File: domain.LogoFile{MediaType: "image/png", Bytes: []byte(recipe.Shape)}, Enlarged: math.Inf(1)}
	return domain.ReadyLogo{ID: id + "-ready", Account: account, Org: org, PreparedLogo: made}, nil
}

// TestAReadyLogoCanBeEncoded: Wails ends the program over a number that JSON
// lacks, and a nil list would be null where TypeScript says a list.
func TestAReadyLogoCanBeEncoded(t *testing.T) {
	ready, err := bind.NewLogos(area(), &logoService{}, nil, nil).PrepareLogo("us:x", "624d9eae6849cf3b3f93dc56", "t", bind.LogoRecipe{Shape: "keep"})
	if err != nil || ready.Path != "/ready/us:x/t-ready" || ready.Bytes != 4 || ready.Enlarged != 1 {
		t.Errorf("ready is %+v, %v", ready, err)
	}
	if text, err := json.Marshal(ready); err != nil || strings.Contains(string(text), "null") {
		t.Errorf("it crosses as %s, %v", text, err)
	}
}

// TestALogoIsAPathForThePage: and what is no logo's path is never taken for no logo.
func TestALogoIsAPathForThePage(t *testing.T) {
	const org = "624d9eae6849cf3b3f93dc56"
	service := &logoService{}
	logos := bind.NewLogos(area(), service, nil, nil)
	for path, want := range map[string]string{
		"": "", "/logo/us:x/abc.png": "abc", "abc": "abc", "/logo/us:x/.png": "/logo/us:x/.png", "/": "/", ".png": ".png",
	} {
		outcome, err := logos.RemoveLogo("us:x", org, path, false)
		if got := service.expected[len(service.expected)-1]; err != nil || got != want {
			t.Errorf("%q is read as %q, %v", path, got, err)
		}
		if outcome.ServerValue != "/logo/us:x/c0ffee.png" || outcome.Wanted != "" || outcome.Field != "logo" {
			t.Errorf("the outcome is %+v", outcome)
		}
	}
	calls := len(service.expected)
	if _, err := logos.RemoveLogo("us:x", org, strings.Repeat("a", 257), true); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("a long path: %v", err)
	}
	pairs := make([]bind.LogoPair, domain.MaxLogoFiles+1)
	for i := range pairs {
		pairs[i].OrganizationID = org
	}
	if err := logos.StartLogoBatch("us:x", "p", pairs, nil); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("too many pairs: %v", err)
	}
	if err := logos.StartLogoBatch("us:x", "p", []bind.LogoPair{{FileName: "a.png", OrganizationID: "../x"}}, nil); domain.CodeOf(err) != domain.CodeInvalidInput {
		t.Errorf("a pair with no organization: %v", err)
	}
	if len(service.expected) != calls {
		t.Error("a call that was refused reached the service")
	}
}
