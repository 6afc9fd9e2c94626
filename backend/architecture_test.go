package backend_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/orgdeck/orgdeck"

// listed is what `go list -deps` says of a package.
type listed struct {
	ImportPath string
	Standard   bool
}

func dependencies(t *testing.T, pattern string) []listed {
	t.Helper()
	command := exec.CommandContext(t.Context(), "go", "list", "-deps", "-json=ImportPath,Standard", pattern)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", pattern, err)
	}
	var found []listed
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var one listed
		err := decoder.Decode(&one)
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			t.Fatalf("go list %s: %v", pattern, err)
		}
		found = append(found, one)
	}
}

// The linter sees direct imports; this sees what comes with them.
func TestLayers(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		pattern string
		allowed func(path string) bool
		reason  string
	}{
		"domain": {
			pattern: "./domain",
			allowed: func(path string) bool { return path == module+"/backend/domain" },
			reason:  "domain holds rules and imports only the standard library",
		},
		"simulator": {
			pattern: "./simulator",
			allowed: func(path string) bool {
				return path == module+"/backend/simulator" || strings.HasPrefix(path, "golang.org/x/")
			},
			reason: "a simulator that shares the client's types would share its mistakes",
		},
		"bind": {
			pattern: "./bind",
			allowed: func(path string) bool {
				return path == module+"/backend/bind" || path == module+"/backend/domain"
			},
			reason: "what the page may call knows the rules and nothing of networks and files",
		},
		"editor": {
			pattern: "./editor",
			allowed: func(path string) bool {
				return path == module+"/backend/editor" || path == module+"/backend/editor/csv" ||
					path == module+"/backend/domain" || strings.HasPrefix(path, "golang.org/x/text/")
			},
			reason: "a use case declares the interfaces it needs and knows no adapter",
		},
		"syncer": {
			pattern: "./syncer",
			allowed: func(path string) bool {
				return path == module+"/backend/syncer" || path == module+"/backend/domain" ||
					strings.HasPrefix(path, "golang.org/x/sync/")
			},
			reason: "a use case declares the interfaces it needs and knows no adapter",
		},
		"roster": {
			pattern: "./roster",
			allowed: func(path string) bool {
				return path == module+"/backend/roster" || path == module+"/backend/domain" ||
					strings.HasPrefix(path, "golang.org/x/sync/")
			},
			reason: "a use case declares the interfaces it needs and knows no adapter",
		},
		"logobatch": {
			pattern: "./logobatch",
			allowed: func(path string) bool {
				return path == module+"/backend/logobatch" || path == module+"/backend/domain" ||
					strings.HasPrefix(path, "golang.org/x/text/")
			},
			reason: "a use case declares the interfaces it needs and knows no adapter",
		},
		"taking": {
			pattern: "./taking",
			allowed: func(path string) bool {
				return path == module+"/backend/taking" || path == module+"/backend/domain"
			},
			reason: "a use case declares the interfaces it needs and knows no adapter",
		},
		"billing": {
			pattern: "./billing",
			allowed: func(path string) bool {
				return path == module+"/backend/billing" || path == module+"/backend/domain"
			},
			reason: "a use case declares the interfaces it needs and knows no adapter",
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, dep := range dependencies(t, tt.pattern) {
				if !dep.Standard && !tt.allowed(dep.ImportPath) {
					t.Errorf("%s depends on %s: %s", tt.pattern, dep.ImportPath, tt.reason)
				}
			}
		})
	}
}

// The product must not carry what only its tests need.
func TestTheProductCarriesNoTestSupport(t *testing.T) {
	t.Parallel()
	for _, dep := range dependencies(t, "..") {
		if strings.Contains(dep.ImportPath, "kin-openapi") || dep.ImportPath == module+"/backend/contract" || dep.ImportPath == module+"/backend/testkit" {
			t.Errorf("the program depends on %s, which is for tests", dep.ImportPath)
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	comments := map[string]int{}
	eachFile(t, func(path string, file *ast.File) {
		folder := filepath.Dir(path)
		comments[folder] += 0
		if file.Doc != nil {
			comments[folder]++
		}
	})
	for folder, count := range comments {
		if count != 1 {
			t.Errorf("%s has %d package comments instead of one", folder, count)
		}
	}
}

func TestEveryExportedIdentifierIsDocumented(t *testing.T) {
	t.Parallel()
	eachFile(t, func(path string, file *ast.File) {
		if file.Name.Name == "main" {
			return
		}
		for _, declaration := range file.Decls {
			for _, name := range undocumented(declaration) {
				t.Errorf("%s: %s has no comment", path, name)
			}
		}
	})
}

// undocumented names the exported identifiers of a declaration that neither
// they nor their group has a comment for.
func undocumented(declaration ast.Decl) []string {
	var names []string
	note := func(ident *ast.Ident, comments ...*ast.CommentGroup) {
		if !ident.IsExported() {
			return
		}
		for _, comment := range comments {
			if comment.Text() != "" {
				return
			}
		}
		names = append(names, ident.Name)
	}
	switch d := declaration.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil || exportedReceiver(d.Recv) {
			note(d.Name, d.Doc)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				note(s.Name, d.Doc, s.Doc, s.Comment)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					note(name, d.Doc, s.Doc, s.Comment)
				}
			}
		}
	}
	return names
}

func exportedReceiver(fields *ast.FieldList) bool {
	kind := fields.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if generic, ok := kind.(*ast.IndexExpr); ok {
		kind = generic.X
	}
	ident, ok := kind.(*ast.Ident)
	return ok && ident.IsExported()
}

// eachFile parses every Go file of the repository that is not a test.
func eachFile(t *testing.T, look func(path string, file *ast.File)) {
	t.Helper()
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() && (name == "node_modules" || name == "testdata" || len(name) > 2 && name[0] == '.') {
			return filepath.SkipDir
		}
		if entry.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		look(path, file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
