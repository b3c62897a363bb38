/** Answers with a file: ranges, validators and caching as media players and caches need them (RFC 9110). */
import path from 'node:path';
import type { Context } from 'hono';
import mime from 'mime';
import parseRange from 'range-parser';
import { type FileBodyOptions, fileBody } from './file-body.ts';
import { type OpenFile, openRegularFile } from './open-regular-file.ts';
import { wireFailure } from './wire-failure.ts';

export interface SendFileOptions {
  /** Identifies the bytes; null uses size and modification time. */
  readonly etag: string | null;
  /** The URL identifies the bytes as well, so a cache never has to revalidate. */
  readonly immutable: boolean;
  readonly type?: string;
  /** Offers the file for download instead of display. */
  readonly attachment?: boolean;
  /** Treats an empty file as missing. */
  readonly neverEmpty?: boolean;
  /** Runs each file operation, which occupies a thread. */
  readonly limit: FileBodyOptions['limit'];
}

export async function sendFile(c: Context, file: string, options: SendFileOptions): Promise<Response> {
  const opened = await options.limit(() => openRegularFile(file));
  const isLost = opened !== null && options.neverEmpty === true && opened.found.size === 0;
  if (isLost) await opened.handle.close();
  if (opened === null || isLost) return wireFailure(c, 404, 'not_found', 'The file is not on disk.');
  return sendOpenFile(c, opened, file, options);
}

/** Sends a file that is already open, then closes it. `file` supplies the name and type. */
export async function sendOpenFile(
  c: Context,
  { handle, found }: OpenFile,
  file: string,
  options: SendFileOptions,
): Promise<Response> {
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
  const withoutBody = async (status: number) => {
    await handle.close();
    return new Response(null, { status, headers });
  };
  if (matches(c.req.header('if-none-match'), etag)) return withoutBody(304);

  const range = requestedRange(c, found.size, etag);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${found.size}`);
    return withoutBody(416);
  }
  const { start, end } = range ?? { start: 0, end: found.size - 1 };
  headers.set('content-length', String(end - start + 1));
  if (range !== null) headers.set('content-range', `bytes ${start}-${end}/${found.size}`);
  const status = range === null ? 200 : 206;
  if (c.req.method === 'HEAD' || found.size === 0) return withoutBody(status);
  return new Response(fileBody({ handle, start, end, limit: options.limit }), { status, headers });
}

/** Returns one inclusive byte range; null means the whole file (no range, several, or a range of an older version). */
function requestedRange(
  c: Context,
  size: number,
  etag: string,
): { start: number; end: number } | 'unsatisfiable' | null {
  const header = c.req.header('range');
  if (header === undefined) return null;
  const ifRange = c.req.header('if-range');
  if (ifRange !== undefined && ifRange !== etag) return null;
  const ranges = parseRange(size, withinSize(header, size));
  if (ranges === -1) return 'unsatisfiable';
  if (ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1) return null;
  return ranges[0] ?? null;
}

/** Allows "the last N bytes" of a file shorter than N, which the parser would call unsatisfiable. */
function withinSize(header: string, size: number): string {
  return header.replaceAll(/([=,]\s*)-(\d+)/g, (_, before: string, count: string) => {
    return `${before}-${Math.min(Number(count), size)}`;
  });
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((part) => part.trim() === '*' || part.trim().replace(/^W\//, '') === etag);
}
