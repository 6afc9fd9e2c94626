// Package browser decides which addresses Orgdeck may open in the system's
// browser, and writes them so that they can be opened. It opens nothing itself.
//
// What is checked is exactly what is given back: an address is first brought
// into its final form and then looked at, so that no later rewriting can lead
// it elsewhere.
package browser
