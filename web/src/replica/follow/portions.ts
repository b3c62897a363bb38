/** Takes rows from a chunk of a prepared project a few at a time. */
import { COPY_HEADER, COPY_TRAILER } from '@ingesthub/schema/values/copy-binary.ts';
import { CopiedRow } from '../mirror/copied-rows.ts';
import { formatUuid } from '../model/uuid-bytes.ts';

interface Portion {
  /** A whole copy in binary format. */
  readonly copy: Blob;
  readonly count: number;
  readonly packages: ReadonlySet<string>;
}

interface Portions {
  /** @returns the next rows, at most as many as wanted; null at the end. */
  take(most: number): Portion | null;
}

/**
 * @param columns of the rows.
 * @throws RangeError when fewer rows than `skip` are there.
 */
export function createPortions(chunk: Uint8Array<ArrayBuffer>, columns: readonly string[], skip: number): Portions {
  const row = new CopiedRow(chunk, columns.length);
  const packageField = columns.indexOf('package_id');
  let at = 0;
  for (let skipped = 0; skipped < skip; skipped++) at = row.moveTo(at);
  return {
    take(most) {
      const begin = at;
      const packages = new Set<string>();
      let count = 0;
      for (; at < chunk.length && count < most; count++) {
        at = row.moveTo(at);
        packages.add(formatUuid(chunk, row.start(packageField)));
      }
      if (count === 0) return null;
      return { copy: new Blob([COPY_HEADER, chunk.subarray(begin, at), COPY_TRAILER]), count, packages };
    },
  };
}
