/** Converts the bounds of a range between what a person types and the values of rows. */

/** @param size the size of the unit in which it is typed. */
export function parseBound(text: string, size: number): number | null {
  const number = Number(text.trim());
  return text.trim() === '' || Number.isNaN(number) ? null : number * size;
}

export function formatBound(value: number | null, size: number): string {
  return value === null ? '' : String(value / size);
}

/** Returns the first moment of a day of this device's time zone, written as `2026-11-30`; null for no day. */
export function startOfDay(day: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return year === undefined ? null : new Date(Number(year), Number(month) - 1, Number(date)).getTime();
}

/** Returns the last millisecond of a day. */
export function endOfDay(day: string): number | null {
  const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
  return year === undefined ? null : new Date(Number(year), Number(month) - 1, Number(date) + 1).getTime() - 1;
}

/** Returns the day of a moment as `2026-11-30`; '' for none. */
export function dayOf(moment: number | null): string {
  if (moment === null) return '';
  const date = new Date(moment);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
