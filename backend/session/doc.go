// Package session keeps the accounts of one data folder: which there are,
// whose key is at hand, which one is shown, and the synchronisation of each.
// It knows neither the window nor where accounts and keys are kept.
package session
