//go:build dev

package main

import (
	"net/http"
	"os"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/program"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// checkDemo holds every exchange with the demo's server against the contract
// where ORGDECK_CHECK_DEMO=1, and logs what breaks it. Only the development
// build can: the tests in a browser read that log.
func checkDemo(opts *program.Options) error {
	if os.Getenv("ORGDECK_CHECK_DEMO") != "1" {
		return nil
	}
	checker, err := contract.Load("")
	if err != nil {
		return err //nolint:wrapcheck // says all there is to say
	}
	opts.WrapDemo = func(server *simulator.Server) http.Handler {
		return checker.Handler(server, func(err error) { opts.Log.Error("contract broken", "error", err) })
	}
	return nil
}
