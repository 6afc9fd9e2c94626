// Package syncer reads one account's organizations from JumpCloud into the
// cache: plan, fetch, apply, report. It declares the small interfaces it
// needs; it knows neither SQL nor HTTP nor a window.
//
// One run at a time per account. Names come first, then the figures, those on
// screen before the others. What was read is committed in small batches, so
// that a crash or a cancel loses no more than a tenth of a second of work.
package syncer
