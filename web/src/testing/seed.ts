/** Builds SQL rows for tests and the development page: fills in ids and timestamps, the caller supplies the rest. */
import type { AssetRow } from '@ingesthub/schema/library/rows.ts';

export const PROJECT_ID = '01900000-0000-7000-8000-000000000001';
export const SUBJECT_ID = '01900000-0000-7000-8000-000000000011';
export const PACKAGE_ID = '01900000-0000-7000-8000-000000000021';
export const EMPTY_PACKAGE_ID = '01900000-0000-7000-8000-000000000022';

/** A project with one package of one subject, one empty package, and a folder that waits for a decision. */
export const seedLibrary = `
  INSERT INTO projects (id, name, type, client) VALUES ('${PROJECT_ID}', 'Northlight', 'vfx', 'Meridian Pictures');
  INSERT INTO subjects (id, project_id, name) VALUES ('${SUBJECT_ID}', '${PROJECT_ID}', 'jane_doe');
  INSERT INTO packages (id, project_id, subject_id, name, type, status, source_path, proposal) VALUES
    ('${PACKAGE_ID}', '${PROJECT_ID}', '${SUBJECT_ID}', 'delivery_03', 'vfx', 'ready', '/mnt/nas/northlight/delivery_03',
      '{"source":"rules","confidence":1,"signals":{"png share":true,"crop names":true},"evidence":["98 % of the first 200 files are PNG.","96 % of those are named like face crops."]}'),
    ('${EMPTY_PACKAGE_ID}', '${PROJECT_ID}', NULL, 'delivery_04', 'atman', 'queued', '/mnt/nas/northlight/delivery_04', NULL);
  INSERT INTO packages_subjects (package_id, subject_id, project_id) VALUES ('${PACKAGE_ID}', '${SUBJECT_ID}', '${PROJECT_ID}');
  INSERT INTO incoming (id, source_path, name, status, file_count, proposal) VALUES
    ('01900000-0000-7000-8000-000000000071', '/mnt/nas/northlight/HARBOUR_DAY03', 'HARBOUR_DAY03', 'proposed', 4,
      '{"source":"rules","confidence":0.6,"signals":{},"evidence":[],"entries":[
        {"path":"zib/","subject":"zib","camera":null,"asset_type":"raw","files":2},
        {"path":"zib_b.mov","subject":"Jane Doe","camera":null,"asset_type":"raw","files":1},
        {"path":"x.wav","subject":"shared","camera":null,"asset_type":"audio","files":1}]}');`;

/** Columns of assets as SQL takes them from JSON. */
export interface SeedAsset extends Partial<Omit<AssetRow, 'modified_at' | 'deleted_at' | 'placeholder'>> {
  readonly relative_path: string;
  readonly tags?: readonly string[];
  readonly modified_at?: string;
  readonly deleted_at?: string;
}

/** Returns SQL for assets with folders and tags, by default images in {@link PACKAGE_ID}; ids ascend in order. */
export function seedAssets(assets: readonly SeedAsset[]): string {
  const rows = assets.map(({ relative_path, tags = [], ...asset }, index) => ({
    id: `01900000-0000-7000-8000-1${String(index).padStart(11, '0')}`,
    project_id: PROJECT_ID,
    package_id: PACKAGE_ID,
    subject_id: SUBJECT_ID,
    path: relative_path.split('/').slice(0, -1).join('/'),
    name: relative_path.split('/').at(-1),
    file_type: 'image',
    asset_type: 'aligned',
    size_bytes: 1000,
    modified_at: '2026-01-02T03:04:05Z',
    probe_status: 'ready',
    thumbnail_status: 'pending',
    proxy_status: 'none',
    review_status: 'unreviewed',
    tags,
    ...asset,
  }));
  const paths = [...new Set(rows.map(({ path }) => path))];
  const numbered = rows.map(({ path, ...row }) => ({ ...row, folder: paths.indexOf(path) + 1 }));
  const folders = paths.map((path, index) => ({
    package_id: PACKAGE_ID,
    number: index + 1,
    project_id: PROJECT_ID,
    path,
  }));
  const json = (value: unknown) => `'${JSON.stringify(value).replaceAll("'", "''")}'::jsonb`;
  return `
    INSERT INTO folders SELECT * FROM jsonb_populate_recordset(NULL::folders, ${json(folders)});
    INSERT INTO assets SELECT * FROM jsonb_populate_recordset(NULL::assets, ${json(numbered)});
    INSERT INTO asset_tags (asset_id, tag, package_id, project_id)
    SELECT (asset->>'id')::uuid, tag, (asset->>'package_id')::uuid, (asset->>'project_id')::uuid
    FROM jsonb_array_elements(${json(numbered)}) AS asset, jsonb_array_elements_text(asset->'tags') AS tag;`;
}
