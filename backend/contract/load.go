package contract

import (
	"context"
	_ "embed"
	"fmt"
	"os"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

//go:embed openapi.yaml
var description []byte

// Description gives the text of the embedded OpenAPI document, for whoever
// wants to read it with other tools.
func Description() []byte { return append([]byte(nil), description...) }

// Checker holds exchanges against an OpenAPI document. It is made by Load and
// may be used by many goroutines at once.
type Checker struct {
	router routers.Router
	doc    *openapi3.T
}

// Load reads the OpenAPI document at path, or the embedded one where path is
// empty. It fails where the document cannot be read or is not valid OpenAPI.
func Load(path string) (*Checker, error) {
	text := description
	if path != "" {
		read, err := os.ReadFile(path) // #nosec G304 -- test support; the caller's own file
		if err != nil {
			return nil, fmt.Errorf("read contract: %w", err)
		}
		text = read
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("parse contract: %w", err)
	}
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("validate contract: %w", err)
	}
	// Hosts differ in every test, so the document's servers play no part.
	doc.Servers = nil
	router, err := legacy.NewRouter(doc)
	if err != nil {
		return nil, fmt.Errorf("route contract: %w", err)
	}
	return &Checker{router: router, doc: doc}, nil
}

// Operations lists every operation of the document as "METHOD path", in no
// particular order.
func (c *Checker) Operations() []string {
	var names []string
	for path, item := range c.doc.Paths.Map() {
		for method := range item.Operations() {
			names = append(names, method+" "+path)
		}
	}
	return names
}
