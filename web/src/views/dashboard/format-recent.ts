/** Formats when something happened, for a narrow column. */
import { startOfPeriod } from './count-changes.ts';

const time = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const thisYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const anyYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** @example formatRecent(date, now) // '14:24', 'Yesterday', '26 Nov' or '26 Nov 2025' */
export function formatRecent(date: Date, now: Date): string {
  if (date >= startOfPeriod(now, 1)) return time.format(date);
  if (date >= startOfPeriod(now, 2)) return 'Yesterday';
  return (date.getFullYear() === now.getFullYear() ? thisYear : anyYear).format(date);
}
