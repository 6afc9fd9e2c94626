const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const monthAndYear = new Intl.DateTimeFormat(undefined, { month: 'long', year: 'numeric', timeZone: 'UTC' });
const dateInUTC = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dateOnly = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** How long ago a moment was, in words; both in Unix seconds, 0 for never. */
export function age(at: number, now: number): string {
  if (at === 0) return 'never';
  const seconds = now - at;
  if (seconds < 45) return 'just now';
  if (seconds < 90 * MINUTE) return `${Math.max(1, Math.round(seconds / MINUTE))} min ago`;
  if (seconds < 36 * HOUR) return `${Math.round(seconds / HOUR)} h ago`;
  const days = Math.round(seconds / DAY);
  return days < 60 ? `${days} days ago` : `on ${day(at)}`;
}

/** A moment as date and time, for the tooltip of an age; empty for never. */
export function moment(at: number): string {
  return at === 0 ? '' : dateAndTime.format(at * 1000);
}

/** A moment of today as the time of day, to the second; empty for never. */
export function timeOfDay(at: number): string {
  return at === 0 ? '' : timeOnly.format(at * 1000);
}

/** A moment as a date; empty for never. */
export function day(at: number): string {
  return at === 0 ? '' : dateOnly.format(at * 1000);
}

/** A month such as "2026-11" as its name and year; a text that is no month stays as it is. */
export function monthName(month: string): string {
  const time = Date.parse(`${month}-01T00:00:00Z`);
  return Number.isNaN(time) ? month : monthAndYear.format(time);
}

/** The date of a moment that stands for a whole day, told as midnight UTC; empty for never. */
export function dueDay(at: number): string {
  return at === 0 ? '' : dateInUTC.format(at * 1000);
}
