package simulator

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestStartListensOnLoopbackOnly(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", ":0", "[::]:0", "192.0.2.1:0", "example.com:0", "127.0.0.1", "127.0.0.1.example.com:0"} {
		if run, err := Start(addr, Options{}); err == nil {
			t.Errorf("%s was taken", addr)
			_ = run.Close()
		}
	}
	run, err := Start("127.0.0.1:0", Options{Orgs: 4})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(run.URL, "http://127.0.0.1:") {
		t.Errorf("URL %q", run.URL)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, run.URL+"/api/organizations", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("x-api-key", run.APIKey())
	res, err := http.DefaultClient.Do(r)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("%v %v", res, err)
	}
	_ = res.Body.Close()
	if err := run.Close(); err != nil {
		t.Error(err)
	}
	if res, err := http.DefaultClient.Do(r); err == nil {
		_ = res.Body.Close()
		t.Error("it answers after being closed")
	}
}

func TestCloseEndsRequestsThatHang(t *testing.T) {
	run, err := Start("127.0.0.1:0", Options{Orgs: 4})
	if err != nil {
		t.Fatal(err)
	}
	if err := run.AddFaults(Fault{Kind: FaultTimeout}); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() {
		r, err := http.NewRequestWithContext(context.WithoutCancel(t.Context()), http.MethodGet, run.URL+"/api/organizations", nil)
		if err == nil {
			var res *http.Response
			if res, err = http.DefaultClient.Do(r); err == nil {
				err = res.Body.Close()
			}
		}
		ended <- err
	}()
	for run.Stats().InFlight == 0 {
		select {
		case err := <-ended:
			t.Fatalf("the request did not hang: %v", err)
		case <-time.After(time.Millisecond): // look again
		}
	}
	if err := run.Close(); err != nil {
		t.Error(err)
	}
	if <-ended == nil {
		t.Error("the hanging request got an answer")
	}
}
