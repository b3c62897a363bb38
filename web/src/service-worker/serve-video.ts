/** Serves videos and sounds that are kept offline, in the ranges that a player requests; others come from the network. */
import parseRange from 'range-parser';
import type { RouteHandlerCallbackOptions, RouteMatchCallbackOptions } from 'workbox-core';
import { isWhole, keptVideo, videoBody } from '../pictures/kept-videos.ts';
import type { KeptVideo } from '../pictures/pictures-database.ts';

const ADDRESS = /^\/media\/assets\/([^/]+)\/(proxy|original)$/;

export function isVideo({ url, sameOrigin }: RouteMatchCallbackOptions): boolean {
  return sameOrigin && ADDRESS.test(url.pathname);
}

export async function serveVideo({ url, request }: RouteHandlerCallbackOptions): Promise<Response> {
  const video = await keptVideo(ADDRESS.exec(url.pathname)?.[1] ?? '').catch(() => null);
  if (video === null || video.address !== url.pathname + url.search || !isWhole(video)) return fetch(request);
  // Only an address with a version guarantees that the file has not changed.
  if (url.searchParams.has('v')) return partOf(video, request);
  return fetch(request).catch(() => partOf(video, request));
}

/** Answers as RFC 9110, 14 describes: one range, or the whole file when no range or several are requested. */
async function partOf({ assetId, file }: KeptVideo, request: Request): Promise<Response> {
  const body = await videoBody(assetId);
  const headers = new Headers({ 'accept-ranges': 'bytes', 'content-type': file?.type ?? '', etag: file?.etag ?? '' });
  const ranges = parseRange(body.size, request.headers.get('range') ?? '');
  if (ranges === -1) {
    headers.set('content-range', `bytes */${body.size}`);
    return new Response(null, { status: 416, headers });
  }
  const [range] = ranges === -2 || ranges.type !== 'bytes' || ranges.length !== 1 ? [] : ranges;
  const part = range === undefined ? body : body.slice(range.start, range.end + 1);
  headers.set('content-length', String(part.size));
  if (range !== undefined) headers.set('content-range', `bytes ${range.start}-${range.end}/${body.size}`);
  return new Response(part, { status: range === undefined ? 200 : 206, headers });
}
