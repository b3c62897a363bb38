/** Takes rows from a chunk of a prepared project a few at a time. */
import { COPY_HEADER, COPY_TRAILER, rowEnd, uuidAt } from '@ingesthub/schema/values/copy-binary.ts';

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
 * @param packageField the index of the rows' field that holds their package.
 * @throws RangeError when fewer rows than `skip` are there.
 */
export function createPortions(chunk: Uint8Array<ArrayBuffer>, packageField: number, skip: number): Portions {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  let at = 0;
  for (let row = 0; row < skip; row++) {
    const end = rowEnd(view, at);
    if (end === null) throw new RangeError(`A chunk has ${row} rows instead of at least ${skip}.`);
    at = end;
  }
  return {
    take(most) {
      const begin = at;
      const packages = new Set<string>();
      let count = 0;
      for (let end = rowEnd(view, at); end !== null && count < most; end = rowEnd(view, at)) {
        const packageId = uuidAt(view, at, packageField);
        if (packageId !== null) packages.add(packageId);
        at = end;
        count++;
      }
      if (count === 0) return null;
      return { copy: new Blob([COPY_HEADER, chunk.subarray(begin, at), COPY_TRAILER]), count, packages };
    },
  };
}
