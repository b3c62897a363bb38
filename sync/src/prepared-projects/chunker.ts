/** Divides a binary COPY into chunks of whole rows, without the copy's header and trailer. */
import { COPY_HEADER, rowEnd } from '@ingesthub/schema/values/copy-binary.ts';

export interface Chunker {
  add(piece: Buffer): void;
  /** Passes on the last chunk. @throws when the copy ended within a row. */
  end(): void;
}

/** Bytes of a chunk, at least: a browser repeats at most this much after an interruption. */
const CHUNK_BYTES = 2_000_000;

export function createChunker(onChunk: (bytes: Buffer, rows: number) => void, chunkBytes = CHUNK_BYTES): Chunker {
  let pieces: Buffer[] = [];
  let gathered = 0;
  let header = COPY_HEADER.length;

  /** Passes on the whole rows of what was gathered. */
  function pass(): Buffer {
    const bytes = Buffer.concat(pieces);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    let rows = 0;
    let at = 0;
    for (let end = rowEnd(view, at); end !== null; end = rowEnd(view, at)) {
      at = end;
      rows++;
    }
    if (rows > 0) onChunk(bytes.subarray(0, at), rows);
    return bytes.subarray(at);
  }

  return {
    add(piece) {
      const skipped = Math.min(header, piece.length);
      header -= skipped;
      pieces.push(piece.subarray(skipped));
      gathered += piece.length - skipped;
      if (gathered < chunkBytes) return;
      pieces = [pass()];
      gathered = pieces[0]?.length ?? 0;
    },
    end() {
      const rest = pass();
      pieces = [];
      if (rest.length !== 2 || rest.readInt16BE() !== -1) throw new Error('A copy of a project’s rows is incomplete.');
    },
  };
}
