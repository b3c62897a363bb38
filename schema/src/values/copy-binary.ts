/** Walks rows in COPY's binary format: https://www.postgresql.org/docs/18/sql-copy.html (File Formats). */

/** Signature, flags and the length of an empty extension: what stands before the first row. */
export const COPY_HEADER: Uint8Array<ArrayBuffer> = Uint8Array.from([
  ...[0x50, 0x47, 0x43, 0x4f, 0x50, 0x59, 0x0a, 0xff, 0x0d, 0x0a, 0x00],
  ...[0, 0, 0, 0, 0, 0, 0, 0],
]);
/** Stands after the last row. */
export const COPY_TRAILER: Uint8Array<ArrayBuffer> = Uint8Array.from([0xff, 0xff]);

/**
 * Returns the position after the row at `at`.
 *
 * @returns null when the bytes end within the row, or the trailer is there.
 */
export function rowEnd(bytes: DataView, at: number): number | null {
  if (at + 2 > bytes.byteLength) return null;
  const fields = bytes.getInt16(at);
  if (fields < 0) return null;
  let position = at + 2;
  for (let field = 0; field < fields; field++) {
    if (position + 4 > bytes.byteLength) return null;
    position += 4 + Math.max(0, bytes.getInt32(position));
  }
  return position > bytes.byteLength ? null : position;
}
