package program

import "github.com/orgdeck/orgdeck/backend/taking"

// TakeWith makes the program keep the pictures that come in in another store.
func (p *Program) TakeWith(store *taking.Store) { p.taking = store }
