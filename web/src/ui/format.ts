/** Formats numbers, times and sizes for display. Unknown is '–', never 0. */

const UNKNOWN = '–';
const integer = new Intl.NumberFormat('en');
const sizeUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });
const dateAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const timeOfDay = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const dayAndMonth = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const plural = new Intl.PluralRules('en');

export function formatCount(count: number | null): string {
  return count === null ? UNKNOWN : integer.format(count);
}

/** @example formatCountOf(1, 'asset') // '1 asset'; formatCountOf(2, 'asset') is '2 assets' */
export function formatCountOf(count: number, one: string, many = `${one}s`): string {
  return `${integer.format(count)} ${plural.select(count) === 'one' ? one : many}`;
}

/** Uses powers of 1000, as file managers and disk makers do, and at most three digits above plain bytes. */
export function formatBytes(bytes: number | null): string {
  if (bytes === null) return UNKNOWN;
  let exponent = 0;
  let value = bytes;
  // 999.5 would round up to 1,000 of the smaller unit.
  while (value >= 999.5 && exponent < sizeUnits.length - 1) {
    value /= 1000;
    exponent += 1;
  }
  return new Intl.NumberFormat('en', {
    style: 'unit',
    unit: sizeUnits[exponent] ?? 'byte',
    // '12 bytes', but '12 kB'.
    unitDisplay: exponent === 0 ? 'long' : 'short',
    maximumFractionDigits: exponent === 0 || value >= 100 ? 0 : 1,
  }).format(value);
}

/** @example formatDuration(3723.4) // '1:02:03'; durations below ten seconds have tenths: '0:04.2' */
export function formatDuration(seconds: number | null): string {
  if (seconds === null) return UNKNOWN;
  const tenths = Math.round(seconds * 10);
  if (tenths < 100) return `0:0${(tenths / 10).toFixed(1)}`;
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${twoDigits(rest)}` : `${minutes}:${twoDigits(rest)}`;
}

/** @example formatFrameRate(24000, 1001) // '23.976 fps' */
export function formatFrameRate(numerator: number | null, denominator: number | null): string {
  if (numerator === null || denominator === null) return UNKNOWN;
  return `${Number((numerator / denominator).toFixed(3))} fps`;
}

export function formatResolution(width: number | null, height: number | null): string {
  return width === null || height === null ? UNKNOWN : `${width} × ${height}`;
}

/** @example formatFrameRange(1, 8) // 'f1-8' */
export function formatFrameRange(first: number | null, last: number | null): string | null {
  if (first === null || last === null) return null;
  return first === last ? `f${first}` : `f${first}-${last}`;
}

/** @param list frame list notation, '7' or '1003,1010-1014'; for a long list only the number of frames is shown. */
export function formatMissingFrames(list: string): string {
  return list.length <= 12 ? `f${list} missing` : `${formatCountOf(countFrames(list), 'frame')} missing`;
}

/** Counts the frames in a list in frame list notation. */
export function countFrames(list: string): number {
  return list.split(',').reduce((sum, part) => {
    const [, first, last] = /^(-?\d+)(?:-(-?\d+))?$/.exec(part) ?? [];
    return sum + (last === undefined ? 1 : Number(last) - Number(first) + 1);
  }, 0);
}

export function formatDateTime(date: Date | null): string {
  return date === null ? UNKNOWN : dateAndTime.format(date);
}

/** Formats the time of day, with the date unless it is today. */
export function formatMoment(date: Date, now: Date): string {
  return date.toDateString() === now.toDateString() ? timeOfDay.format(date) : dateAndTime.format(date);
}

/** @example formatAgo(new Date(now - 180_000), new Date(now)) // '3 min. ago'; after a month the date */
export function formatAgo(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 45) return 'just now';
  if (Math.abs(seconds) < 3570) return relative.format(Math.round(seconds / 60), 'minute');
  if (Math.abs(seconds) < 84_600) return relative.format(Math.round(seconds / 3600), 'hour');
  if (Math.abs(seconds) < 30 * 86_400) return relative.format(Math.round(seconds / 86_400), 'day');
  return dateAndTime.format(date);
}

/** Formats a time for a column: the time of day today, then the day, with the year when it is another one. */
export function formatWhen(date: Date | null, now: Date): string {
  if (date === null) return UNKNOWN;
  if (date.toDateString() === now.toDateString()) return timeOfDay.format(date);
  return (date.getFullYear() === now.getFullYear() ? dayAndMonth : dayMonthYear).format(date);
}

/** @example formatHours(126_840) // '35 h 14 min' */
export function formatHours(seconds: number | null): string {
  if (seconds === null) return UNKNOWN;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${integer.format(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}
