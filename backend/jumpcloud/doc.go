// Package jumpcloud is the client of JumpCloud's API: transports, retries, one
// adaptive limiter, pages as iterators, and typed errors that a person can be
// shown. A Client serves one administrator's key in one region.
package jumpcloud
