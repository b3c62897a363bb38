/** Reads when a picture was taken from IPTC's Information Interchange Model (IIM 4.2, datasets 2:55 and 2:60). */
import { isoTime } from './iso-time.ts';

/** Bytes that are searched: the block is near the start of a file. */
const MAX_BYTES = 1024 * 1024;
/** A marker, the record, the dataset, the length of its text. */
const DATE = Buffer.from([0x1c, 2, 55, 0, 8]);
const TIME = Buffer.from([0x1c, 2, 60, 0, 11]);

/** @param bytes a file, or an IPTC block alone. */
export function iptcTime(bytes: Buffer): string | null {
  const start = bytes.subarray(0, MAX_BYTES);
  const date = textAfter(start, DATE);
  return /^\d{8}$/.test(date ?? '') ? iptcDate(date, textAfter(start, TIME)) : null;
}

function textAfter(bytes: Buffer, head: Buffer): string | null {
  const at = bytes.indexOf(head);
  const start = at + head.length;
  return at < 0 ? null : bytes.toString('latin1', start, start + (head.at(-1) ?? 0));
}

/** @param date '20240501' @param time '100000+0200'; null when only the day is known. */
export function iptcDate(date: string | null, time: string | null): string | null {
  const day = date?.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') ?? null;
  const clock = /^(\d\d)(\d\d)(\d\d)([+-]\d{4})?$/.exec(time ?? '');
  if (day === null || clock === null) return isoTime(day);
  return isoTime(`${day}T${clock[1]}:${clock[2]}:${clock[3]}${clock[4] ?? ''}`);
}
