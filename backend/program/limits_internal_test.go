package program

import (
	"log/slog"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
)

// TestTheCeilingOnCallsIsInForce, and is no hindrance: 24 calls in flight at a
// latency of 50 ms are what the budget for a synchronisation is reckoned with.
func TestTheCeilingOnCallsIsInForce(t *testing.T) {
	p := &Program{opts: Options{Now: time.Now, Log: slog.New(slog.DiscardHandler), Version: "test"}}
	remote, err := p.dial("")(domain.RegionUS, "jca_test")
	if err != nil {
		t.Fatal(err)
	}
	client, ok := remote.(*jumpcloud.Client)
	if !ok {
		t.Fatalf("the way to JumpCloud is a %T", remote)
	}
	defer client.Close()
	const inFlight, latency = 24, 50 * time.Millisecond
	if got := client.Load().PerSecond; got < inFlight/latency.Seconds() || got > 2*inFlight/latency.Seconds() {
		t.Errorf("at most %v calls a second", got)
	}
}
