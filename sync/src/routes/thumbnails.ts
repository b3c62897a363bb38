/** `POST /api/thumbnails` and `GET /api/thumbnails/size`: for browsers that keep a package's pictures offline. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { type ThumbnailsSize, thumbnailsRequest, writeFrame } from '@ingesthub/schema/library/thumbnail-pack.ts';
import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { derivativeReads } from '../derivatives/derivative-reads.ts';
import { LostDerivatives, type NamedDerivative } from '../derivatives/lost-derivatives.ts';
import { boundedRead } from '../http/bounded-read.ts';
import { describeIssues } from '../http/describe-issues.ts';
import { wireFailure } from '../http/wire-failure.ts';

export interface ThumbnailsRouteOptions {
  readonly sql: Sql;
  readonly derivativeFolder: string;
}

/** Bytes; the ids of the largest request take ten thousand. */
const MAX_BODY = 64 * 1024;
/** Files: enough to keep a disk busy, few enough to hold in memory for a slow reader. */
const READ_AT_ONCE = 16;
/** Milliseconds available for counting. */
const TIMEOUT_MS = 20_000;
/** Number of files whose mean size stands for the rest. */
const SIZES_LOOKED_AT = 200;

const sizeOf = z.union([z.strictObject({ package: z.uuid() }), z.strictObject({ project: z.uuid() })]);

interface ThumbnailRow {
  id: string;
  thumbnail_key: string;
  thumbnail_version: number;
}

export function thumbnailsRoute({ sql, derivativeFolder }: ThumbnailsRouteOptions): Hono {
  const route = new Hono();
  const lost = new LostDerivatives(sql, derivativeFolder);

  route.post('/', bodyLimit({ maxSize: MAX_BODY, onError: tooLarge }), async (c) => {
    const body = thumbnailsRequest.safeParse(await c.req.json().catch(() => undefined));
    if (!body.success) return wireFailure(c, 400, 'invalid_arguments', describeIssues(body.error));
    const rows = await sql<ThumbnailRow[]>`
      SELECT id, thumbnail_key, thumbnail_version FROM assets
      WHERE id = ANY (${body.data.ids}::uuid[]) AND thumbnail_key IS NOT NULL`;
    const found = new Map(rows.map((row) => [row.id, row]));
    const asked = body.data.ids.map((id) => found.get(id.toLowerCase()) ?? null);
    return c.body(framesOf(asked, derivativeFolder, lost), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': 'no-store',
    });
  });

  route.get('/size', async (c) => {
    const of = sizeOf.safeParse(c.req.query());
    if (!of.success) {
      return wireFailure(c, 400, 'invalid_arguments', 'Name one package=<uuid> or one project=<uuid>.');
    }
    const whose =
      'package' in of.data
        ? sql`assets.package_id = ${of.data.package}`
        : sql`assets.project_id = ${of.data.project} AND packages.deleted_at IS NULL`;
    // A key begins with its content's hash, so the first keys in order are a random sample.
    const rows = await boundedRead(
      sql,
      { timeoutMs: TIMEOUT_MS, signal: c.req.raw.signal },
      (tx) => tx<{ thumbnail_key: string; count: number }[]>`
      SELECT thumbnail_key, (count(*) OVER ())::integer AS count
      FROM assets JOIN packages ON packages.id = assets.package_id
      WHERE ${whose} AND assets.deleted_at IS NULL AND thumbnail_key IS NOT NULL
      ORDER BY thumbnail_key LIMIT ${SIZES_LOOKED_AT}`,
    );
    const sizes = await Promise.all(
      rows.map((row) => fileSize(path.join(derivativeFolder, derivativePath(row.thumbnail_key)))),
    );
    const known = sizes.filter((size) => size !== null);
    const count = rows[0]?.count ?? 0;
    const mean = known.reduce((sum, size) => sum + size, 0) / known.length;
    const bytes = count === 0 ? 0 : known.length === 0 ? null : Math.round(mean * count);
    return c.json({ count, bytes } satisfies ThumbnailsSize, 200, { 'cache-control': 'no-store' });
  });
  return route;
}

function tooLarge(c: Context): Response {
  return wireFailure(c, 413, 'too_large', 'The request is over 64 kB; ask for fewer thumbnails at once.');
}

/** Reads a few files each time the reader asks for more; missing files are regenerated. */
function framesOf(
  rows: readonly (ThumbnailRow | null)[],
  folder: string,
  lost: LostDerivatives,
): ReadableStream<Uint8Array> {
  let next = 0;
  const unread: NamedDerivative[] = [];
  const onUnread = ({ id, thumbnail_key }: ThumbnailRow) => unread.push({ assetId: id, key: thumbnail_key });
  return new ReadableStream(
    {
      async pull(controller) {
        const some = rows.slice(next, next + READ_AT_ONCE);
        next += some.length;
        controller.enqueue(Buffer.concat(await Promise.all(some.map((row) => frameOf(row, folder, onUnread)))));
        if (next < rows.length) return;
        await lost.notice(unread);
        controller.close();
      },
    },
    { highWaterMark: 1 },
  );
}

async function frameOf(
  row: ThumbnailRow | null,
  folder: string,
  onUnread: (row: ThumbnailRow) => void,
): Promise<Uint8Array> {
  if (row === null) return writeFrame(null, null);
  // A missing or unreadable picture is sent as an empty frame; the browser asks again later.
  const picture = await derivativeReads(() =>
    readFile(path.join(folder, derivativePath(row.thumbnail_key))).catch(() => null),
  );
  if (picture !== null && picture.length > 0) return writeFrame(row.thumbnail_version, picture);
  onUnread(row);
  return writeFrame(row.thumbnail_version, null);
}

async function fileSize(file: string): Promise<number | null> {
  return derivativeReads(() =>
    stat(file).then(
      (found) => found.size,
      () => null,
    ),
  );
}
