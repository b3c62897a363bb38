import type { LogOffset } from '../wire/offset.ts';

/** A place between two messages at which a reader may stand. */
export interface Mark extends LogOffset {
  /** Of the data's end there, in bytes: the messages before it and their commas. */
  readonly position: number;
  /** Else it divides a transaction that is too long for one response. */
  readonly endsTransaction: boolean;
}

/** lsn u64, op u48, position u48, kind u32; little-endian. */
export const MARK_BYTES = 24;

// Never 0: what a file system leaves where nothing was written is no mark.
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
 * @param index of the mark in the bytes.
 * @returns null when there is none.
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
