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

// CloseObjects makes every object of the document that lists its fields refuse
// all others, except where the document says what others may be. It is for
// documents, such as a vendor's, that leave their objects open; call it before
// the first check.
func (c *Checker) CloseObjects() {
	seen := map[*openapi3.Schema]bool{}
	if c.doc.Components != nil {
		for _, ref := range c.doc.Components.Schemas {
			closeSchema(ref, seen)
		}
	}
	for _, item := range c.doc.Paths.Map() {
		for _, operation := range item.Operations() {
			if operation.RequestBody != nil {
				closeContent(operation.RequestBody.Value.Content, seen)
			}
			for _, response := range operation.Responses.Map() {
				closeContent(response.Value.Content, seen)
			}
		}
	}
}

func closeContent(content openapi3.Content, seen map[*openapi3.Schema]bool) {
	for _, media := range content {
		closeSchema(media.Schema, seen)
	}
}

func closeSchema(ref *openapi3.SchemaRef, seen map[*openapi3.Schema]bool) {
	if ref == nil || ref.Value == nil || seen[ref.Value] {
		return
	}
	schema := ref.Value
	seen[schema] = true
	open := schema.AdditionalProperties
	if len(schema.Properties) > 0 && len(schema.AllOf) == 0 && open.Has == nil && open.Schema == nil {
		no := false
		schema.AdditionalProperties.Has = &no
	}
	for _, property := range schema.Properties {
		closeSchema(property, seen)
	}
	closeSchema(schema.Items, seen)
}
