// Package csv reads the files that organizations are added from, and writes
// what became of them. A spreadsheet made the file and may open the result, so
// that formulas are refused on the way in and neutralised on the way out.
package csv

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/orgdeck/orgdeck/backend/domain"
)

// The bounds of a file.
const (
	MaxRows  = 10_000
	MaxBytes = 4 << 20
)

// The columns of a file, as they are written; case does not matter.
const (
	ColumnName = "name"
	ColumnCap  = "maxSystemUsers"
)

// Row is one row as the file has it, without white space around its cells.
type Row struct {
	// Line is its first line in the file, from 1.
	Line int
	// Name and Cap are its cells; Cap is empty where there is none.
	Name, Cap string
	// Problem says why the row cannot be used, whatever its cells mean; empty
	// where nothing speaks against it.
	Problem string
}

// ParseImport reads the text of a file: a header that names its columns in any
// order, then one organization a row, separated by commas, semicolons or tabs.
// Empty rows are passed over. A file that cannot be read as a whole is
// invalid_input, with the line where there is one.
func ParseImport(text string) ([]Row, error) {
	if len(text) > MaxBytes {
		return nil, invalid("The file is larger than 4 MiB. Nothing was read from it.", "Split it into smaller files.")
	}
	if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\ufffd") {
		return nil, invalid("The file is not text in UTF-8. Nothing was read from it.",
			"In the spreadsheet, save it as “CSV UTF-8”.")
	}
	text = strings.TrimPrefix(text, "\ufeff")
	// Lines that end with a lone carriage return come from old spreadsheets.
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = separator(text)
	reader.FieldsPerRecord = -1
	reader.TrimLeadingSpace = reader.Comma != '\t'
	header, err := reader.Read()
	if errors.Is(err, io.EOF) {
		return nil, invalid("The file is empty.", headerHint)
	}
	if err != nil {
		return nil, unreadable(err)
	}
	columns, err := readHeader(header)
	if err != nil {
		return nil, err
	}
	return readRows(reader, columns)
}

const headerHint = "Its first line must be “name,maxSystemUsers”, or only “name”."

// separator finds what separates the cells: the first of the three that comes
// in the first line that is not empty. Neither column's name has one in it.
func separator(text string) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	if i := strings.IndexAny(line, ",;\t"); i >= 0 {
		return rune(line[i])
	}
	return ','
}

// columns are where the cells of a row are; limit is -1 where it has none.
type columns struct{ name, limit, count int }

func readHeader(header []string) (columns, error) {
	found := columns{name: -1, limit: -1, count: len(header)}
	for i, cell := range header {
		var place *int
		switch title := strings.TrimSpace(cell); {
		case strings.EqualFold(title, ColumnName):
			place = &found.name
		case strings.EqualFold(title, ColumnCap):
			place = &found.limit
		default:
			return found, invalid(fmt.Sprintf("Line 1: the column %s is not one that can be imported. Nothing was read.", quoted(title)), headerHint)
		}
		if *place >= 0 {
			return found, invalid(fmt.Sprintf("Line 1: the column %s comes twice. Nothing was read.", quoted(cell)), headerHint)
		}
		*place = i
	}
	if found.name < 0 {
		return found, invalid("Line 1: the column “name” is missing. Nothing was read.", headerHint)
	}
	return found, nil
}

func readRows(reader *csv.Reader, where columns) ([]Row, error) {
	rows := []Row{}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, unreadable(err)
		}
		if !slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue
		}
		if len(rows) == MaxRows {
			return nil, invalid("The file has more than 10,000 rows. Nothing was read from it.", "Split it into smaller files.")
		}
		line, _ := reader.FieldPos(0)
		rows = append(rows, where.row(line, cells))
	}
	if len(rows) == 0 {
		return nil, invalid("The file names no organization: it has a header and nothing below it.", "")
	}
	return rows, nil
}

func (c columns) row(line int, cells []string) Row {
	row := Row{Line: line}
	if c.name < len(cells) {
		row.Name = strings.TrimSpace(cells[c.name])
	}
	if c.limit >= 0 && c.limit < len(cells) {
		row.Cap = strings.TrimSpace(cells[c.limit])
	}
	extra := len(cells) > c.count && slices.ContainsFunc(cells[c.count:], func(cell string) bool { return strings.TrimSpace(cell) != "" })
	switch {
	case extra:
		row.Problem = fmt.Sprintf("Line %d has more cells than the header has columns. A name with a separator in it must stand in quotation marks.", line)
	case formula(row.Name), formula(row.Cap):
		row.Problem = fmt.Sprintf("Line %d begins a cell with =, +, - or @, which spreadsheets take for a formula.", line)
	}
	return row
}

// formulaSigns are what a formula may begin with: everybody's signs, the wide ones
// of Asian keyboards, and the white space that a spreadsheet passes over.
const formulaSigns = "=+-@＝＋－＠\t\r\n"

// formula reports whether a spreadsheet would compute a cell instead of showing it.
func formula(cell string) bool {
	first, _ := utf8.DecodeRuneInString(cell)
	return cell != "" && strings.ContainsRune(formulaSigns, first)
}

// unreadable is the error of a file whose quotation marks do not add up.
func unreadable(err error) error {
	broken, ok := errors.AsType[*csv.ParseError](err)
	if !ok {
		return fmt.Errorf("read the file: %w", err)
	}
	return &domain.Error{
		Code:    domain.CodeInvalidInput,
		Message: fmt.Sprintf("Line %d cannot be read, because a quotation mark is out of place. Nothing was imported.", broken.StartLine),
		Hint:    "A cell with quotation marks in it must stand in quotation marks, with those inside doubled.",
		Cause:   err,
	}
}

func invalid(message, hint string) error {
	return &domain.Error{Code: domain.CodeInvalidInput, Message: message, Hint: hint}
}

// quoted shortens a text of the file for a sentence.
func quoted(text string) string {
	const most = 40
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return "“" + text + "”"
}
