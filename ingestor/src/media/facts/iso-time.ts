/** Parses points in time as files write them. */

const WRITTEN = /^(\d{4})[-:/](\d\d)[-:/](\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d)?)?$/;

/** Dates from clocks that were never set: the first day of QuickTime's and Unix's clocks, and zeros. */
const NEVER = new Set(['1904-01-01', '1970-01-01', '0000-00-00']);

/**
 * Converts '2024:05:01 10:00:00', '2024-05-01T10:00:00.500000Z', '2024-05-01T12:00:00+0200' or '2024-05-01' to ISO
 * 8601, with a zone only when one is known; null for text that is not a time, or comes from a clock that was never set.
 *
 * @param zone for a text without one: '+02:00'.
 */
export function isoTime(text: string | null | undefined, zone: string | null = null): string | null {
  const parts = WRITTEN.exec(text?.trim() ?? '');
  if (parts === null) return null;
  const [, year, month, day, hours, minutes, seconds = '00', fraction = '', written] = parts;
  const date = `${year}-${month}-${day}`;
  if (NEVER.has(date) || !isDay(date)) return null;
  if (hours === undefined) return date;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return null;
  const digits = fraction.slice(0, 4).replace(/\.?0+$/, '');
  const offset = (written ?? zone ?? '').replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  return `${date}T${hours}:${minutes}:${seconds}${digits}${offset}`;
}

function isDay(date: string): boolean {
  const day = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date);
}
