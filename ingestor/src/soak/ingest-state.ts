/** Captures the result of an ingest, so that two ingests of the same delivery can be compared. */
import { createHash } from 'node:crypto';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { derivativePath } from '@ingesthub/schema/library/derivatives.ts';
import type { Sql } from 'postgres';

/** Facts by name: 'asset shots/a/x.png', 'file ab/abcd-thumbnail-1.webp', 'jobs'. */
export type IngestState = ReadonlyMap<string, string>;

/** Columns that differ between runs, such as ids, times and hosts. */
const OWN = `'id', 'project_id', 'package_id', 'subject_id', 'asset_id', 'folder', 'created_at', 'updated_at', 'updated_by', 'host', 'placeholder', 'problem'`;

export async function readIngestState(sql: Sql, derivatives: string, datasets: string): Promise<IngestState> {
  const state = new Map<string, string>();
  const rows = await sql<{ name: string; value: string }[]>`
    SELECT
      'asset ' || packages.source_path || '/' || assets.relative_path AS name,
      concat_ws(
        ' ',
        to_jsonb(assets) - ARRAY[${sql.unsafe(OWN)}],
        subjects.name,
        -- Its bytes depend on whether it was made from the picture or from an existing thumbnail.
        placeholder IS NOT NULL,
        -- libvips loses its message about a damaged picture when two fail at once.
        regexp_replace(assets.problem, ': .*', ':'),
        to_jsonb(metadata) - ARRAY[${sql.unsafe(OWN)}]
      ) AS value
    FROM assets
    JOIN packages ON packages.id = assets.package_id
    LEFT JOIN subjects ON subjects.id = assets.subject_id
    LEFT JOIN asset_metadata AS metadata ON metadata.asset_id = assets.id
    UNION ALL
    SELECT 'links of ' || packages.source_path, string_agg(concat_ws(' ', relative_path, link_path, target, dataset_links.problem), E'\n' ORDER BY relative_path)
    FROM dataset_links
    JOIN assets ON assets.id = dataset_links.asset_id
    JOIN packages ON packages.id = dataset_links.package_id
    GROUP BY packages.source_path
    UNION ALL
    SELECT 'package ' || source_path, concat_ws(' ', name, type, status, problem, fingerprint, media_root) FROM packages
    UNION ALL
    SELECT
      'latest run of ' || source_path,
      (
        SELECT concat_ws(' ', status, problem, assets_registered, assets_probed, thumbnails_made, proxies_made, assets_failed)
        FROM runs WHERE package_id = packages.id ORDER BY created_at DESC, id DESC LIMIT 1
      )
    FROM packages
    UNION ALL
    SELECT 'runs that did not end well', count(*)::text FROM runs WHERE status <> 'done'
    UNION ALL
    SELECT 'stale links', count(*)::text FROM stale_links
    UNION ALL
    SELECT 'jobs', count(*)::text FROM pgboss.job WHERE state IN ('created', 'retry', 'active')`;
  for (const { name, value } of rows) state.set(name, value);

  const keys = await sql<{ key: string }[]>`
    SELECT DISTINCT key FROM assets, unnest(ARRAY[thumbnail_key, proxy_key, sprite_key, waveform_key]) AS key
    WHERE key IS NOT NULL`;
  for (const { key } of keys) state.set(`file ${derivativePath(key)}`, 'named, but not on disk');
  for (const file of await filesBelow(derivatives)) {
    state.set(
      `file ${file}`,
      createHash('sha256')
        .update(await readFile(path.join(derivatives, file)))
        .digest('hex'),
    );
  }
  for (const link of await filesBelow(datasets)) {
    // A regular file shows as a link that points nowhere.
    state.set(`link ${link}`, await readlink(path.join(datasets, link)).catch(() => 'no link'));
  }
  return state;
}

/** Returns one line for each difference. */
export function differences(expected: IngestState, actual: IngestState): string[] {
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort();
  return names.flatMap((name) => {
    const [before = 'not there', after = 'not there'] = [expected.get(name), actual.get(name)];
    return before === after
      ? []
      : [`${name}\n  undisturbed: ${around(before, after)}\n  here:        ${around(after, before)}`];
  });
}

/** Returns the part of a long text that differs from another. */
function around(text: string, other: string): string {
  let at = 0;
  while (at < text.length && text[at] === other[at]) at += 1;
  return text.slice(Math.max(0, at - 100), at + 200);
}

/** Returns all files, including unfinished ones, so that litter shows. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
}
