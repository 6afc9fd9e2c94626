package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

func TestRunPrintsOneLineAndServes(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"--orgs", "12", "--seed", "3", "--latency", "0"}, write)
		_ = write.Close()
		done <- err
	}()
	var line struct{ URL, APIKey, ProviderID string }
	d := json.NewDecoder(read)
	if err := d.Decode(&line); err != nil {
		t.Fatal(err, <-done)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, line.URL+"/api/v2/providers/"+line.ProviderID+"/organizations", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("x-api-key", line.APIKey)
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var list struct{ TotalCount int }
	if err := json.NewDecoder(res.Body).Decode(&list); err != nil || list.TotalCount != 12 {
		t.Errorf("%d organizations: %v", list.TotalCount, err)
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{
		{"--addr", "0.0.0.0:0"}, {"--addr", ":8080"}, {"--role", "King"}, {"--orgs", "many"}, {"extra"},
	} {
		if err := run(t.Context(), args, io.Discard); err == nil {
			t.Errorf("%v was taken", args)
		}
	}
}

func TestContractViolationsAreTold(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	read, write := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"--orgs", "12", "--latency", "0", "--contract"}, write)
		_ = write.Close()
		done <- err
	}()
	var line struct{ URL, APIKey string }
	if err := json.NewDecoder(read).Decode(&line); err != nil {
		t.Fatal(err, <-done)
	}
	ask := func(target string) (violations int) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, line.URL+target, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("x-api-key", line.APIKey)
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var stats struct{ Violations int }
		if err := json.NewDecoder(res.Body).Decode(&stats); err != nil {
			t.Fatal(err)
		}
		return stats.Violations
	}
	ask("/api/organizations?limit=100&skip=0&sort=_id")
	if n := ask("/__sim/stats"); n != 0 {
		t.Errorf("%d violations by a good request", n)
	}
	ask("/api/organizations?colour=red")
	if n := ask("/__sim/stats"); n == 0 {
		t.Error("a request with an unknown parameter is no violation")
	}
	stop()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
