//go:build !dev

package main

import "github.com/orgdeck/orgdeck/backend/program"

// checkDemo does nothing: what checks the contract is no part of what people get.
func checkDemo(*program.Options) error { return nil }
