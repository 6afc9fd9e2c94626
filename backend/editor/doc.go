// Package editor changes and adds organizations: it reads back what is about
// to change, asks where somebody else changed it, writes once, reads again to
// see what JumpCloud made of it, and tells, caches and records only that.
package editor
