/** Converts between version 7 UUIDs and the times they were created. */

/** Returns a version 7 UUID's time in milliseconds, by the clock of the device that made it; null for other versions. */
export function uuidTime(id: string): Date | null {
  if (id[14] !== '7') return null;
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** Returns the smallest version 7 UUID of a time. */
export function firstUuidOf(time: Date): string {
  const digits = time.getTime().toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}
