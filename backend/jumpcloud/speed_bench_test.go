package jumpcloud_test

import (
	"sync"
	"testing"
	"time"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/jumpcloud"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

// BenchmarkSync reads what a synchronisation of 1,000 organizations at 50 ms
// latency reads, and gives its time against the ideal: calls × latency ÷ the
// most calls in flight. At most 1.2 is wanted.
func BenchmarkSync(b *testing.B) {
	const latency = 50 * time.Millisecond
	sim, err := simulator.Start("127.0.0.1:0", simulator.Options{Orgs: 1000, Latency: latency, Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = sim.Close() }()
	for b.Loop() {
		client, err := jumpcloud.New(jumpcloud.Options{APIURL: sim.URL, APIKey: sim.APIKey(), Clock: jumpcloud.NewClock(time.Now)})
		if err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		readAll(b, client, sim.ProviderID())
		calls := client.Load().Calls
		ideal := time.Duration(calls) * latency / 24
		b.ReportMetric(float64(time.Since(start))/float64(ideal), "ratio")
		b.ReportMetric(float64(calls), "calls")
		client.Close()
	}
}

func readAll(b *testing.B, client *jumpcloud.Client, provider string) {
	b.Helper()
	ids := make(chan domain.OrgID, 2000)
	var listing sync.WaitGroup
	listing.Go(func() {
		defer close(ids)
		for page, err := range client.ProviderOrganizations(b.Context(), provider) {
			if err != nil {
				b.Error(err)
				return
			}
			for _, org := range page.Items {
				ids <- org.ID
			}
		}
	})
	var workers sync.WaitGroup
	for range 32 {
		workers.Go(func() {
			for id := range ids {
				if _, err := client.Details(b.Context(), id); err != nil {
					b.Error(err)
				}
				for _, kind := range domain.FigureKinds() {
					if _, err := client.Count(b.Context(), id, kind); err != nil {
						b.Error(err)
					}
				}
			}
		})
	}
	listing.Wait()
	workers.Wait()
}
