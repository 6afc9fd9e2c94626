// Package program puts Orgdeck together as a value with Start and Close: the
// cache, the keys, the client, the sessions, and what the front end may call.
// It is the only package that knows every concrete type. Tests start the same
// program without a window.
package program
