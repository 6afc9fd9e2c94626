// Package roster reads who may enter what, and changes it: access of one
// administrator to one organization, and administrators of the provider. Every
// change is sent once, read back, and told as what the server then shows.
package roster
