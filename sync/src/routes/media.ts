/** `GET /media/assets/<id>/thumbnail|proxy|sprite|waveform|original`: pictures and videos from disk. */
import path from 'node:path';
import { type DerivativeKind, derivativeMediaType, derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import { type StoredPath, storedPlace } from '@ingesthub/schema/paths/stored-path.ts';
import { type Context, Hono } from 'hono';
import type { Sql } from 'postgres';
import { z } from 'zod';
import { derivativeReads } from '../derivatives/derivative-reads.ts';
import { LostDerivatives } from '../derivatives/lost-derivatives.ts';
import { sendFile } from '../http/send-file.ts';
import { wireFailure } from '../http/wire-failure.ts';
import type { OriginalReaders } from '../originals/original-readers.ts';

export interface MediaRouteOptions {
  readonly sql: Sql;
  readonly derivativeFolder: string;
  readonly originals: OriginalReaders;
}

const kinds = z.enum(['thumbnail', 'proxy', 'sprite', 'waveform', 'original']);

type MediaRow = {
  source_path: StoredPath;
  relative_path: string;
  file_type: string;
  first_frame: number | null;
  problem: string | null;
} & {
  [Key in DerivativeKind as `${Key}_key`]: string | null;
} & {
  // The version in the URL that a browser requests; null without a derivative.
  [Key in DerivativeKind as `${Key}_version`]: number | null;
};

export function mediaRoute({ sql, derivativeFolder, originals }: MediaRouteOptions): Hono {
  const route = new Hono();
  const lost = new LostDerivatives(sql, derivativeFolder);

  route.get('/assets/:id/:kind', async (c) => {
    const id = z.uuid().safeParse(c.req.param('id'));
    const kind = kinds.safeParse(c.req.param('kind'));
    if (!id.success || !kind.success) return wireFailure(c, 404, 'not_found', 'There is no such picture or video.');
    const [row] = await sql<MediaRow[]>`
      SELECT packages.source_path, assets.relative_path, assets.file_type, assets.first_frame,
        assets.thumbnail_key, assets.proxy_key, assets.sprite_key, assets.waveform_key,
        assets.thumbnail_version, assets.proxy_version, assets.sprite_version, assets.waveform_version,
        assets.problem
      FROM assets JOIN packages ON packages.id = assets.package_id
      WHERE assets.id = ${id.data}`;
    if (row === undefined) return wireFailure(c, 404, 'not_found', 'There is no such asset.');

    if (kind.data === 'original') return sendOriginal(c, row, originals);
    const [key, version] = [row[`${kind.data}_key`], row[`${kind.data}_version`]];
    if (key === null) return wireFailure(c, 404, 'not_found', row.problem ?? `This asset has no ${kind.data}.`);
    const response = await sendFile(c, path.join(derivativeFolder, derivativePath(key)), {
      etag: key,
      immutable: c.req.query('v') === String(version),
      type: derivativeMediaType(kind.data),
      neverEmpty: true,
      limit: derivativeReads,
    });
    if (response.status === 404) await lost.notice([{ assetId: id.data, key }]);
    return response;
  });
  return route;
}

async function sendOriginal(c: Context, row: MediaRow, originals: OriginalReaders): Promise<Response> {
  if (row.file_type === 'sequence') {
    return wireFailure(c, 404, 'not_found', 'An image sequence has no single original; its proxy shows it.');
  }
  if (row.first_frame !== null) {
    return wireFailure(c, 404, 'not_found', 'A recording in several files has no single original.');
  }
  return originals.send(c, storedPlace(row.source_path, row.relative_path));
}
