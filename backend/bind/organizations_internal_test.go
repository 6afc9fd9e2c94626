package bind

import (
	"slices"
	"testing"

	"github.com/orgdeck/orgdeck/backend/domain"
)

func TestRoughlySorted(t *testing.T) {
	var given []domain.Organization
	for _, name := range []string{"zeta", "Beta", "", "alpha", "Zeta", "beta"} {
		given = append(given, domain.Organization{Name: name})
	}
	var got []string
	for _, o := range roughlySorted(given) {
		got = append(got, o.Name)
	}
	// Equal ones stay in the order in which they came.
	if want := []string{"", "alpha", "Beta", "beta", "zeta", "Zeta"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if given[0].Name != "zeta" {
		t.Error("what was given was changed")
	}
}
