/** A log file of bounded size: `<file>` is the newest part, `<file>.1` the one before, and so on. */
import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

export interface RotatingLogOptions {
  readonly file: string;
  /** Approximate bytes per part. */
  readonly partBytes?: number;
  /** Parts to keep besides the newest. */
  readonly keep?: number;
}

const PART_BYTES = 10 * 1024 * 1024;
const KEEP = 4;

/**
 * @returns a function that appends text. A part ends with the text that fills it. Text that cannot be written, for
 *   example on a full disk, is dropped: a log must not end the program.
 */
export function openRotatingLog({
  file,
  partBytes = PART_BYTES,
  keep = KEEP,
}: RotatingLogOptions): (text: Buffer) => void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  return (text) => {
    try {
      if (size >= partBytes) {
        rotate(file, keep);
        size = 0;
      }
      appendFileSync(file, text, { mode: 0o600 });
      size += text.length;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
    }
  };
}

function rotate(file: string, keep: number): void {
  rmSync(`${file}.${keep}`, { force: true });
  for (let part = keep - 1; part >= 0; part -= 1) {
    const from = part === 0 ? file : `${file}.${part}`;
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${file}.${part + 1}`);
  }
}
