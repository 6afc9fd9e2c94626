package jumpcloud_test

import (
	"errors"
	"net/http"
	"testing"
	"unicode/utf8"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// FuzzAnswer feeds every decoder whatever a server may send: nothing may panic,
// every error is a *domain.Error with words, and every id is well-formed.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{
		`{"results":[{"id":"` + someOrg + `","_id":"` + someOrg + `","name":"x","maxSystemUsers":1}],"totalCount":1}`,
		`{"results":null,"totalCount":0}`, `[{"administrator":"` + someOrg + `","organization":"` + someOrg + `"}]`,
		`{"_id":"` + someOrg + `","settings":{"features":{"remoteAssist":{"enabled":true}}},"entitlement":{"entitlementProducts":[{}]}}`,
		`{"records":[{"id":"7","dueDate":"2021-08-07"}],"totalCount":1}`, `{"message":"` + "\u202e" + `"}`, "<html>", "", "null",
	} {
		f.Add(200, []byte(seed))
		f.Add(403, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status > 599 || status == 429 || status >= 500 {
			return // what is tried again is tested elsewhere
		}
		base := roundTripFunc(func(req *http.Request) (*http.Response, error) {
			return reply(req, status, nil, string(body)), nil
		})
		client := newClient(t, "http://127.0.0.1", base)
		for _, err := range everyCall(t, client) {
			if err == nil {
				continue
			}
			found, ok := errors.AsType[*domain.Error](err)
			if !ok || found.Message == "" || !utf8.ValidString(found.Message) {
				t.Fatalf("%T %v", err, err)
			}
		}
		items, _ := listOnce(t, client)
		for _, item := range items {
			if !item.ID.Valid() {
				t.Fatalf("id %q came through", item.ID)
			}
		}
	})
}
