/**
 * `GET /api/replica-image?key=<key>`: the library for a new browser, as a PGlite data directory in a compressed tar. The
 * key identifies the browser's schema and PGlite. With `projects=<uuid>,…` the image holds assets of these projects only,
 * and possibly not of all of them.
 */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Hono } from 'hono';
import { z } from 'zod';
import { preferredEncoding } from '../http/content-encoding.ts';
import { wireFailure } from '../http/wire-failure.ts';
import { bestImage, readImage, readImages } from '../replica-image/stored-images.ts';
import type { WantedImages } from '../replica-image/wanted-images.ts';

export interface ReplicaImageRouteOptions {
  readonly folder: string;
  readonly wanted: WantedImages;
}

const projectIds = z.array(z.uuid()).min(1).max(1000);

/** Mount it at `/api/replica-image`. */
export function replicaImageRoute({ folder, wanted }: ReplicaImageRouteOptions): Hono {
  return new Hono().get('/', async (context) => {
    const asked = context.req.query('projects');
    const projects = asked === undefined ? null : projectIds.safeParse(asked.split(','));
    if (projects?.success === false)
      return wireFailure(context, 400, 'invalid_arguments', 'Name projects=<uuid>,<uuid> … or none.');
    if (projects) wanted.ask(projects.data);
    const key = context.req.query('key');
    const image = projects
      ? bestImage(
          (await readImages(folder)).filter((one) => one.key === key),
          projects.data,
        )
      : await readImage(folder);
    if (image === null) return wireFailure(context, 404, 'not_found', 'There is no replica image yet.');
    if (image.key !== key)
      return wireFailure(context, 404, 'not_found', 'The replica image is for another version of the app.');

    const encoding = preferredEncoding(context.req.header('accept-encoding') ?? null);
    const name = image.files[encoding ?? 'gzip'];
    const etag = `"${name}-${encoding ?? 'identity'}"`;
    const headers = new Headers({
      // A browser needs the image once and has better uses for the space.
      'cache-control': 'private, no-store',
      'content-type': 'application/x-tar',
      etag,
      'last-modified': image.builtAt.toUTCString(),
      vary: 'accept-encoding',
      'x-uncompressed-length': String(image.uncompressedBytes),
    });
    if (context.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers });
    if (context.req.method === 'HEAD') return new Response(null, { headers });
    // The open handle stays valid when the next image replaces this file.
    const file = await open(path.join(folder, name)).catch(() => null);
    if (file === null) return wireFailure(context, 404, 'not_found', 'The replica image is being replaced.');
    const stream = file.createReadStream();
    if (encoding === null) {
      // A failure of either stream ends both, and with them the answer.
      const plain = pipeline(stream, createGunzip(), () => {});
      return new Response(Readable.toWeb(plain) as ReadableStream, { headers });
    }
    headers.set('content-encoding', encoding);
    headers.set('content-length', String((await file.stat()).size));
    return new Response(Readable.toWeb(stream) as ReadableStream, { headers });
  });
}
