package contract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
)

const organizationHeader = "X-Org-Id"

// exchange is one call as the checker sees it: the request it was, and the
// operation it was for (nil where the contract knows none).
type exchange struct {
	input *openapi3filter.RequestValidationInput
	route *routers.Route
	req   *http.Request
}

// begin finds the operation of a request and checks the request. body is the
// request's whole body. req itself is left untouched.
func (c *Checker) begin(req *http.Request, body []byte) (exchange, []error) {
	clone := req.Clone(context.WithoutCancel(req.Context()))
	clone.Body = io.NopCloser(bytes.NewReader(body))
	clone.ContentLength = int64(len(body))
	route, pathParams, err := c.router.FindRoute(clone)
	if err != nil {
		return exchange{req: clone}, []error{violation(Request, clone, 0, fmt.Errorf("no such operation: %w", err))}
	}
	ex := exchange{req: clone, route: route}
	ex.input = &openapi3filter.RequestValidationInput{
		Request: clone, PathParams: pathParams, Route: route,
		Options: &openapi3filter.Options{
			MultiError:                        true,
			SkipSettingDefaults:               true,
			RejectWhenRequestBodyNotSpecified: true,
			AuthenticationFunc:                authenticated,
		},
	}
	var problems []error
	for _, problem := range append(undeclared(route, clone), openapi3filter.ValidateRequest(clone.Context(), ex.input)) {
		if problem != nil {
			problems = append(problems, violation(Request, clone, 0, problem))
		}
	}
	return ex, problems
}

func authenticated(_ context.Context, input *openapi3filter.AuthenticationInput) error {
	if input.RequestValidationInput.Request.Header.Get(input.SecurityScheme.Name) == "" {
		return errors.New("no API key")
	}
	return nil
}

// undeclared finds what openapi3filter lets through: query parameters that the
// operation does not list, single ones given twice, and x-org-id where it has
// no place.
func undeclared(route *routers.Route, req *http.Request) []error {
	declared := map[string]*openapi3.Parameter{}
	for _, list := range []openapi3.Parameters{route.PathItem.Parameters, route.Operation.Parameters} {
		for _, ref := range list {
			declared[ref.Value.In+" "+strings.ToLower(ref.Value.Name)] = ref.Value
		}
	}
	var problems []error
	for name, values := range req.URL.Query() {
		parameter := declared["query "+strings.ToLower(name)]
		if parameter == nil || parameter.Name != name {
			problems = append(problems, fmt.Errorf("query parameter %q is not declared", name))
			continue
		}
		exploded := parameter.Schema.Value.Type.Is("array") && (parameter.Explode == nil || *parameter.Explode)
		if len(values) > 1 && !exploded {
			problems = append(problems, fmt.Errorf("query parameter %q is given %d times", name, len(values)))
		}
	}
	if _, sent := req.Header[organizationHeader]; sent && declared["header x-org-id"] == nil {
		problems = append(problems, errors.New("x-org-id is sent to an operation that does not take it"))
	}
	return problems
}

// end checks an answer. body is the answer's whole body.
func (ex exchange) end(status int, header http.Header, body []byte) error {
	if ex.route == nil {
		if status == http.StatusNotFound || status == http.StatusMethodNotAllowed {
			return nil
		}
		return violation(Answer, ex.req, status, fmt.Errorf("status %d to an operation that does not exist", status))
	}
	declared := ex.route.Operation.Responses.Status(status)
	if declared == nil || declared.Value == nil {
		return violation(Answer, ex.req, status, fmt.Errorf("status %d is not declared", status))
	}
	binary := binaryAnswer(declared.Value)
	if len(declared.Value.Content) == 0 && status == http.StatusNoContent && len(body) > 0 {
		return violation(Answer, ex.req, status, errors.New("an answer without content has a body"))
	}
	input := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: ex.input, Status: status, Header: header,
		Options: &openapi3filter.Options{
			IncludeResponseStatus: true, MultiError: true, ExcludeResponseBody: binary,
			AuthenticationFunc: openapi3filter.NoopAuthenticationFunc,
		},
	}
	input.SetBodyBytes(body)
	if err := openapi3filter.ValidateResponse(ex.req.Context(), input); err != nil {
		return violation(Answer, ex.req, status, err)
	}
	if !binary {
		return nil
	}
	if err := checkBinary(declared.Value, header.Get("Content-Type"), body); err != nil {
		return violation(Answer, ex.req, status, err)
	}
	return nil
}

func binaryAnswer(response *openapi3.Response) bool {
	for contentType := range response.Content {
		if contentType != "application/json" {
			return true
		}
	}
	return false
}

// checkBinary holds a document or an image against its declared type by its
// first bytes: openapi3filter knows no such types.
func checkBinary(response *openapi3.Response, contentType string, body []byte) error {
	mediaType, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		return fmt.Errorf("content type %q: %w", contentType, err)
	}
	if response.Content[mediaType] == nil {
		return fmt.Errorf("content type %q is not declared", mediaType)
	}
	signature := map[string]string{
		"application/pdf": "%PDF-",
		"image/png":       "\x89PNG\r\n\x1a\n",
		"image/jpeg":      "\xff\xd8\xff",
		"image/gif":       "GIF8",
	}[mediaType]
	if signature == "" || !bytes.HasPrefix(body, []byte(signature)) {
		return fmt.Errorf("the body is not %s", mediaType)
	}
	return nil
}

func violation(side Side, req *http.Request, status int, err error) *Violation {
	return &Violation{Side: side, Method: req.Method, Path: req.URL.Path, Status: status, Err: err}
}
