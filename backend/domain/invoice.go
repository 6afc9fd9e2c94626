package domain

import "time"

// Invoice is one bill of a provider. Amounts are decimal texts as the API
// gives them, such as "200.0", in Currency.
type Invoice struct {
	ID       string
	Currency string
	// DueDate is midnight UTC of the day; zero where the API's text is no date.
	DueDate   time.Time
	Billed    string
	Paid      string
	Remaining string
	// Status is the API's own word, such as "Partially Paid".
	Status string
}
