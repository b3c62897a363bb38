import type { LogOffset } from '../wire/offset.ts';

/** An offset between two messages at which a reader may be. */
export interface Mark extends LogOffset {
  /** Length in bytes of the data up to the mark: the messages before it and their commas. */
  readonly position: number;
  /** False for a mark that divides a transaction too long for one response. */
  readonly endsTransaction: boolean;
}

/** lsn u64, op u48, position u48, kind u32; little-endian. */
export const MARK_BYTES = 24;

// Never 0: zeros left by the file system where nothing was written must not decode as a mark.
const INNER = 1;
const END = 2;

export function encodeMarks(marks: readonly Mark[]): Buffer {
  const bytes = Buffer.allocUnsafe(marks.length * MARK_BYTES);
  for (const [index, mark] of marks.entries()) {
    const at = index * MARK_BYTES;
    bytes.writeBigUInt64LE(mark.lsn, at);
    bytes.writeUIntLE(mark.op, at + 8, 6);
    bytes.writeUIntLE(mark.position, at + 14, 6);
    bytes.writeUInt32LE(mark.endsTransaction ? END : INNER, at + 20);
  }
  return bytes;
}

/**
 * @param index the mark's index in the bytes.
 * @returns null when there is no valid mark.
 */
export function decodeMark(bytes: Buffer, index: number): Mark | null {
  const at = index * MARK_BYTES;
  const kind = bytes.readUInt32LE(at + 20);
  if (kind !== INNER && kind !== END) return null;
  return {
    lsn: bytes.readBigUInt64LE(at),
    op: bytes.readUIntLE(at + 8, 6),
    position: bytes.readUIntLE(at + 14, 6),
    endsTransaction: kind === END,
  };
}
