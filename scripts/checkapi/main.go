// Command checkapi holds the simulator to an OpenAPI file from outside the
// repository: it calls every operation of the file and checks every exchange.
//
//	go run ./scripts/checkapi file.json
package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/orgdeck/orgdeck/backend/contract"
	"github.com/orgdeck/orgdeck/backend/simulator"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: checkapi file.json")
		os.Exit(2)
	}
	if err := run(context.Background(), os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "checkapi:", err)
		os.Exit(1)
	}
}

// run makes every call and tells of each breach and each operation left out.
func run(ctx context.Context, path string, out io.Writer) error {
	checker, err := contract.Load(path)
	if err != nil {
		return err
	}
	sim := simulator.New(simulator.Options{Orgs: 150, Seed: 7, Now: time.Now})
	breaches := &breaches{}
	server := httptest.NewServer(checker.Handler(sim, breaches.add, contract.AnswersOnly()))
	defer server.Close()

	c := &caller{ctx: ctx, base: server.URL, key: sim.APIKey(), provider: sim.ProviderID(), client: server.Client(), made: map[string]int{}}
	for _, key := range []string{sim.APIKey(), "not-the-key"} {
		c.key = key
		if err = c.everything(); err != nil {
			return err
		}
	}
	missing := 0
	for _, operation := range slices.Sorted(slices.Values(checker.Operations())) {
		fmt.Fprintf(out, "%5d  %s\n", c.made[operation], operation)
		if c.made[operation] == 0 {
			missing++
		}
	}
	for _, text := range breaches.list {
		fmt.Fprintln(out, "breach:", text)
	}
	fmt.Fprintf(out, "%d calls, %d breaches, %d operations never called; %d errors were JSON where the file declares only its own type\n",
		c.total, len(breaches.list), missing, breaches.exempt)
	if len(breaches.list) > 0 || missing > 0 {
		return errors.New("the simulator and the file disagree")
	}
	return nil
}

// breaches collects what the checker reports, from many requests at once.
type breaches struct {
	mu     sync.Mutex
	list   []string
	exempt int
}

// A file may declare the error of a picture or a PDF as a picture or a PDF,
// which no server can mean: such errors are JSON, as all others are.
const errorOfFile = `content type "application/json" is not declared`

func (b *breaches) add(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if strings.HasSuffix(err.Error(), errorOfFile) {
		b.exempt++
		return
	}
	b.list = append(b.list, err.Error())
}

// caller sends requests and counts them by operation.
type caller struct {
	ctx          context.Context //nolint:containedctx // one run, one context
	base, key    string
	provider     string
	client       *http.Client
	made         map[string]int
	total        int
	orgs, admins []string
	invoices     []string
	logo         string
}

// call sends one request for an operation of the file. The words {name} of the
// path are filled from fill, in their order.
func (c *caller) call(method, path, query, org string, body any, fill ...string) ([]byte, error) {
	c.made[method+" "+path]++
	c.total++
	url := path
	for _, value := range fill {
		before, rest, _ := strings.Cut(url, "{")
		_, after, _ := strings.Cut(rest, "}")
		url = before + value + after
	}
	var payload io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", method, path, err)
		}
		payload = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(c.ctx, method, c.base+url+query, payload)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	req.Header.Set("x-api-key", c.key)
	if body != nil {
		req.Header.Set("content-type", "application/json")
	}
	if org != "" {
		req.Header.Set("x-org-id", org)
	}
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", method, path, err)
	}
	defer resp.Body.Close() //nolint:errcheck // read to its end
	return io.ReadAll(resp.Body)
}

// ids gives the ids in a list's answer: of results, records or a bare array,
// under "id" or "_id".
func ids(answer []byte) []string {
	type record struct {
		ID    string `json:"id"`
		Under string `json:"_id"`
	}
	var list struct{ Results, Records []record }
	var bare []record
	if json.Unmarshal(answer, &list) != nil {
		_ = json.Unmarshal(answer, &bare)
	}
	var found []string
	for _, r := range slices.Concat(list.Results, list.Records, bare) {
		if id := r.ID + r.Under; id != "" {
			found = append(found, id)
		}
	}
	return found
}

// picture is a PNG of the smallest size a logo may have, as a data URL.
func picture() (string, error) {
	var out bytes.Buffer
	if err := png.Encode(&out, image.NewNRGBA(image.Rect(0, 0, 400, 400))); err != nil {
		return "", fmt.Errorf("draw: %w", err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes()), nil
}
