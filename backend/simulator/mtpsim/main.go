// Command mtpsim serves the simulated JumpCloud API on a loopback address, for
// tests in other processes and for trying the program by hand. It prints one
// line of JSON, {"url","apiKey","providerId"}, and serves until interrupted.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "mtpsim:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("mtpsim", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:0", "loopback `address` to listen on")
	opts := simulator.Options{Now: time.Now}
	flags.IntVar(&opts.Orgs, "orgs", 1000, "how many organizations")
	flags.Uint64Var(&opts.Seed, "seed", 7, "what everything is made from")
	flags.StringVar(&opts.Company, "company", "", "name of the provider, empty for Northwind MSP")
	flags.DurationVar(&opts.Latency, "latency", 50*time.Millisecond, "wait before every answer")
	flags.DurationVar(&opts.Jitter, "jitter", 0, "at most this much more")
	flags.Float64Var(&opts.Rate, "rate", 0, "requests a second before 429, 0 for no limit")
	flags.StringVar(&opts.Role, "role", "", "role of the key's administrator")
	flags.IntVar(&opts.Scope, "scope", 0, "percent of the organizations it sees, 0 for all")
	flags.BoolVar(&opts.NoDrift, "no-drift", false, "counts stay as they are")
	flags.Float64Var(&opts.DriftSpeed, "drift-speed", 1, "how much faster than the clock counts drift")
	checked := flags.Bool("contract", false, "check every exchange against the project's description of the API; /__sim/stats tells violations")
	if err := flags.Parse(args); errors.Is(err, flag.ErrHelp) {
		return nil
	} else if err != nil {
		return fmt.Errorf("flags: %w", err)
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if opts.Role != "" && !slices.Contains(simulator.Roles(), opts.Role) {
		return fmt.Errorf("unknown role %q; one of %q", opts.Role, simulator.Roles())
	}
	sim, err := start(*addr, opts, *checked) //nolint:contextcheck // it lives until it is closed
	if err != nil {
		return fmt.Errorf("start: %w", err)
	}
	line := map[string]string{"url": sim.URL, "apiKey": sim.APIKey(), "providerId": sim.ProviderID()}
	if err = json.NewEncoder(out).Encode(line); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	<-ctx.Done()
	if err = sim.Close(); err != nil { //nolint:contextcheck // ctx has ended by now
		return fmt.Errorf("stop: %w", err)
	}
	return nil
}

func start(addr string, opts simulator.Options, checked bool) (*simulator.Running, error) {
	if !checked {
		return simulator.Start(addr, opts)
	}
	checker, err := contract.Load("")
	if err != nil {
		return nil, fmt.Errorf("load the contract: %w", err)
	}
	return simulator.StartWrapped(addr, opts, func(s *simulator.Server) http.Handler {
		return checker.Handler(s, s.ReportViolation)
	})
}
