package csv_test

import (
	stdcsv "encoding/csv"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/orgdeck/orgdeck/backend/domain"
	"github.com/orgdeck/orgdeck/backend/editor/csv"
)

func TestParseImport(t *testing.T) {
	two := []csv.Row{{Line: 2, Name: "Acme", Cap: "10"}, {Line: 3, Name: "Beta", Cap: ""}}
	for name, c := range map[string]struct {
		text string
		want []csv.Row
	}{
		"commas":             {"name,maxSystemUsers\nAcme,10\nBeta,\n", two},
		"semicolons":         {"name;maxSystemUsers\nAcme;10\nBeta;\n", two},
		"tabs":               {"name\tmaxSystemUsers\nAcme\t10\nBeta\t\n", two},
		"byte order mark":    {"\ufeffname,maxSystemUsers\nAcme,10\nBeta,\n", two},
		"Windows lines":      {"name,maxSystemUsers\r\nAcme,10\r\nBeta,\r\n", two},
		"old Mac lines":      {"name,maxSystemUsers\rAcme,10\rBeta,\r", two},
		"no last line end":   {"name,maxSystemUsers\nAcme,10\nBeta,", two},
		"other order":        {"maxSystemUsers,name\n10,Acme\n,Beta\n", two},
		"other case, spaces": {" NAME , MaxSystemUsers \n Acme , 10 \n Beta ,\n", two},
		"quoted":             {"\"name\",\"maxSystemUsers\"\n\"Acme\",\"10\"\n\"Beta\",\"\"\n", two},
		"short row":          {"name,maxSystemUsers\nAcme,10\nBeta\n", two},
		"empty cells behind": {"name,maxSystemUsers\nAcme,10,,\nBeta,,\n", two},
		"name alone":         {"name\nAcme, Inc.\n", nil},
		"name alone, quoted": {"name\n\"Acme, Inc.\"\n", []csv.Row{{Line: 2, Name: "Acme, Inc."}}},
		"empty rows":         {"name\n\n,\n  \nAcme\n", []csv.Row{{Line: 5, Name: "Acme"}}},
		"empty rows first":   {"\n\nname;maxSystemUsers\nAcme;10\n", []csv.Row{{Line: 4, Name: "Acme", Cap: "10"}}},
		"comma in quotes":    {"name;maxSystemUsers\n\"Acme; \"\"Inc\"\", x\";10\n", []csv.Row{{Line: 2, Name: `Acme; "Inc", x`, Cap: "10"}}},
		"line in quotes":     {"name\n\"Two\nlines\"\nBeta\n", []csv.Row{{Line: 2, Name: "Two\nlines"}, {Line: 4, Name: "Beta"}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := csv.ParseImport(c.text)
			if c.want == nil {
				if err != nil || len(got) != 1 || !strings.Contains(got[0].Problem, "Line 2 has more cells") {
					t.Errorf("came to %+v, %v", got, err)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(got, c.want) {
				t.Errorf("came to %+v, %v", got, err)
			}
		})
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	many := "name\n" + strings.Repeat("x\n", csv.MaxRows+1)
	for name, c := range map[string]struct{ text, says string }{
		"empty":               {"", "empty"},
		"white space":         {"\n\n", "empty"},
		"header alone":        {"name,maxSystemUsers\n", "no organization"},
		"no header":           {"Acme,10\nBeta,20\n", "“Acme”"},
		"no name":             {"maxSystemUsers\n10\n", "“name” is missing"},
		"another column":      {"name,id\nAcme,1\n", "“id”"},
		"nameless column":     {"name,maxSystemUsers,\nAcme,1,\n", "“”"},
		"column twice":        {"name,Name\nAcme,Beta\n", "comes twice"},
		"long column":         {"name," + strings.Repeat("x", 5000) + "\n", "…”"},
		"open quotation mark": {"name\nAcme\n\"Beta\nGamma\n", "Line 3"},
		"lone quotation mark": {"name\nAcme \"the\" best\n", "Line 2"},
		"UTF-16":              {"n\x00a\x00m\x00e\x00\n\x00", "UTF-8"},
		"Latin 1":             {"name\nM\xfcller\n", "UTF-8"},
		"Latin 1 read wrong":  {"name\nM\ufffdller\n", "UTF-8"},
		"too many rows":       {many, "10,000 rows"},
		"too large":           {"name\n" + strings.Repeat("x", csv.MaxBytes), "4 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			rows, err := csv.ParseImport(c.text)
			if domain.CodeOf(err) != domain.CodeInvalidInput || !strings.Contains(err.Error(), c.says) || rows != nil {
				t.Errorf("came to %d rows, %v", len(rows), err)
			}
			if err != nil && len(err.Error()) > 400 {
				t.Errorf("the words are %d bytes long", len(err.Error()))
			}
		})
	}
}

func TestFormulasAreRefusedWithTheirLine(t *testing.T) {
	for i, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\"=HYPERLINK(\"\"x\"\")\"", "=cmd|' /C calc'!A0", "＝1+1", "＋1", "－1", "＠SUM(A1)", " ＝1"} {
		text := "name,maxSystemUsers\n" + strings.Repeat("Fine,\n", i) + cell + ",\nx," + cell + "\n"
		rows, err := csv.ParseImport(text)
		if err != nil {
			t.Fatalf("%q: %v", cell, err)
		}
		for j, row := range rows[i:] {
			if !strings.Contains(row.Problem, fmt.Sprintf("Line %d ", i+2+j)) || !strings.Contains(row.Problem, "formula") {
				t.Errorf("%q in %+v", cell, row)
			}
		}
	}
}

func TestResultIsSafeToOpen(t *testing.T) {
	most := 7
	names := []string{"Acme", "=1", "+1", "-1", "@x", "\tx", "\rx", "a,b", `say "x"`, "two\nlines", "", "\n=1", "＝1+1", "＋1", "－1", "＠x"}
	rows := make([]domain.ImportRow, len(names))
	for i, name := range names {
		rows[i] = domain.ImportRow{Line: i + 2, Name: name, MaxSystemUsers: &most, Verdict: domain.ImportInvalid, Reason: "=why"}
	}
	text, err := csv.Result(rows)
	if err != nil {
		t.Fatal(err)
	}
	read, err := stdcsv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff"))).ReadAll()
	if err != nil || len(read) != len(rows)+1 {
		t.Fatalf("%d lines, %v", len(read), err)
	}
	for _, cells := range read {
		for _, cell := range cells {
			if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
				t.Errorf("%q would be computed", cell)
			}
		}
	}
	if read[1][1] != "Acme" || read[2][1] != "'=1" || read[1][2] != "7" || read[10][1] != "two\nlines" {
		t.Errorf("the file is %q", text)
	}
}

func FuzzParseImport(f *testing.F) {
	for _, seed := range []string{"name\nAcme\n", "name;maxSystemUsers\n\"a;b\";3\n", "\ufeffname\t\n=1\t\n", "\"name\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := csv.ParseImport(text)
		if err != nil && domain.CodeOf(err) != domain.CodeInvalidInput {
			t.Fatalf("%q: %v", text, err)
		}
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 1
		for i, row := range rows {
			if row.Line < 2 || row.Line > lines || i > 0 && row.Line <= rows[i-1].Line {
				t.Fatalf("%q: row %d is in line %d", text, i, row.Line)
			}
			if row.Name+row.Cap == "" && row.Problem == "" {
				t.Fatalf("%q: row %d is empty", text, i)
			}
		}
	})
}
