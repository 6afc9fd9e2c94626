// Package logo makes pictures fit for Orgdeck: bytes in, bytes out, no disk and
// no network. What comes in is hostile until it is decoded: its kind is read
// from the bytes, its size before anything is decoded, and everything is
// encoded anew.
package logo
