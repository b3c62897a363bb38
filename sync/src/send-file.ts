/** Answers with a file: ranges, validators and caching as media players and caches need them (RFC 9110). */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { Context } from 'hono';
import mime from 'mime';
import parseRange from 'range-parser';
import { wireFailure } from './wire-failure.ts';

export interface SendFileOptions {
  /** Names the bytes; null: size and modification time do. */
  readonly etag: string | null;
  /** The URL names the bytes too, so a cache never has to ask again. */
  readonly immutable: boolean;
  readonly type?: string;
  /** Offered for download instead of shown. */
  readonly attachment?: boolean;
}

export async function sendFile(c: Context, file: string, options: SendFileOptions): Promise<Response> {
  const found = await stat(file).catch(() => null);
  if (!found?.isFile()) return wireFailure(c, 404, 'not_found', 'The file is not on disk.');

  const etag = `"${options.etag ?? `${found.size.toString(16)}-${Math.trunc(found.mtimeMs).toString(16)}`}"`;
  const headers = new Headers({
    'accept-ranges': 'bytes',
    'cache-control': options.immutable ? 'public, max-age=31536000, immutable' : 'private, no-cache',
    'content-type': options.type ?? mime.getType(file) ?? 'application/octet-stream',
    etag,
    'last-modified': found.mtime.toUTCString(),
    'x-content-type-options': 'nosniff',
  });
  if (options.attachment) {
    headers.set('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(path.basename(file))}`);
  }
  if (matches(c.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });

  const range = requestedRange(c, found.size, etag);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${found.size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range !== null) headers.set('content-range', `bytes ${start}-${end}/${found.size}`);
  const status = range === null ? 200 : 206;
  if (c.req.method === 'HEAD' || found.size === 0) return new Response(null, { status, headers });
  return new Response(Readable.toWeb(createReadStream(file, { start, end })) as ReadableStream, { status, headers });
}

/** One range of bytes, both ends included; null: the whole file (none asked, several, or of an older version). */
function requestedRange(
  c: Context,
  size: number,
  etag: string,
): { start: number; end: number } | 'unsatisfiable' | null {
  const header = c.req.header('range');
  if (header === undefined) return null;
  const ifRange = c.req.header('if-range');
  if (ifRange !== undefined && ifRange !== etag) return null;
  const ranges = parseRange(size, header);
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag);
}
