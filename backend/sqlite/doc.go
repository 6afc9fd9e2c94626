// Package sqlite is the cache: everything Orgdeck knows between two starts,
// in one SQLite file. One connection writes and a few read, so that reading
// never waits for a synchronisation. Nothing in it is worth more than the
// network: a file that cannot be read is set aside and filled again.
//
// Times are kept in whole milliseconds and come back in UTC. Every failure is
// a *domain.Error. All methods of DB may be called from any goroutine.
package sqlite
