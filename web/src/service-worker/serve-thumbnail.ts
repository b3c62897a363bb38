/** Serves thumbnails: from those kept offline, else from the recently viewed ones, else from the network. */

import { THUMBNAIL_MEDIA_TYPE } from '@ingesthub/schema/library/derivatives.ts';
import type { RouteHandlerCallbackOptions, RouteMatchCallbackOptions } from 'workbox-core';
import { keptPicture } from '../pictures/kept-packs.ts';
import { rememberPicture, seenPicture } from '../pictures/seen-pictures.ts';

/** A thumbnail is 5 to 20 kB. */
const BOUNDS = { maxCount: 50_000, maxBytes: 500_000_000 };
const ADDRESS = /^\/media\/assets\/([^/]+)\/thumbnail$/;

/** Matches thumbnails with a version in the address: these never change. */
export function isThumbnail({ url, request, sameOrigin }: RouteMatchCallbackOptions): boolean {
  return sameOrigin && ADDRESS.test(url.pathname) && url.searchParams.has('v') && !request.headers.has('range');
}

export async function serveThumbnail({ url, request, event }: RouteHandlerCallbackOptions): Promise<Response> {
  const address = url.pathname + url.search;
  return (
    (await fromKept(url).catch(() => null)) ??
    (await seenPicture(address, event).catch(() => null)) ??
    (await fromNetwork(address, request, event))
  );
}

async function fromKept(url: URL): Promise<Response | null> {
  const picture = await keptPicture(ADDRESS.exec(url.pathname)?.[1] ?? '', url.searchParams.get('v') ?? '');
  return picture && new Response(picture, { headers: { 'content-type': THUMBNAIL_MEDIA_TYPE } });
}

async function fromNetwork(address: string, request: Request, event: ExtendableEvent): Promise<Response> {
  const response = await fetch(request);
  if (response.status === 200) event.waitUntil(rememberPicture(address, response.clone(), BOUNDS));
  return response;
}
