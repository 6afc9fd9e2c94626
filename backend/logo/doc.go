// Package logo makes pictures fit for Orgdeck and for JumpCloud: bytes in, bytes
// out, no disk and no network. What comes in is hostile until it is decoded: its
// kind is read from the bytes, its size before anything is decoded. What goes
// out is encoded anew, but for a picture that meets every rule as it is.
package logo
