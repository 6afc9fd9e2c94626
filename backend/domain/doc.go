// Package domain holds what Orgdeck is about: accounts, organizations, their
// figures, synchronisation runs, and the errors a person can be shown. It
// imports the standard library alone; every other package may import it.
package domain
