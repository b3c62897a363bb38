/** For tests: a small library, and random changes of it: mutations, and SQL that stands for everything else. */
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import type { Scope } from '../../model/mirror-questions.ts';
import { pickFrom, type Random } from '../../testing/seeded.ts';
import { assetIds } from '../../testing/test-replica.ts';
import { anyAsset, names, paths, tagNames } from './random-assets.ts';

const ASSETS = 30;

export class RandomChanges {
  readonly projects = assetIds(2);
  readonly #packages = assetIds(4);
  readonly #subjects = assetIds(3);
  readonly #assets = assetIds(ASSETS);
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The names of all changes other than mutations. */
  get names(): string[] {
    return Object.keys(this.#changes);
  }

  anyScope(): Scope {
    return this.#pick<Scope>([
      { kind: 'package', id: this.#pick(this.#packages) },
      { kind: 'project', id: this.#pick(this.projects) },
      { kind: 'subject', id: this.#pick(this.#subjects) },
      { kind: 'library' },
    ]);
  }

  anyMutation(): MutationCall {
    const ids = this.#someAssets();
    const subject = this.#pick(this.#subjects);
    const packages = [this.#pick(this.#packages)];
    const [add, remove] = this.#random() < 0.6 ? [[this.#pick(tagNames)], []] : [[], [this.#pick(tagNames)]];
    const review_status = this.#pick(['unreviewed', 'approved', 'rejected', 'flagged'] as const);
    return this.#pick<MutationCall>([
      { name: 'assets.tag', args: { ids, add, remove } },
      { name: 'assets.review', args: { ids, review_status } },
      { name: 'assets.retype', args: { ids, asset_type: this.#pick(['plate', 'aligned'] as const) } },
      { name: 'assets.set_camera', args: { ids, camera: this.#pick(['cam_a', 'cam_c', null]) } },
      { name: 'assets.pick_up', args: { ids, picked_up: this.#random() < 0.5 } },
      { name: 'assets.move', args: { ids, subject_id: this.#pick([subject, null]) } },
      { name: this.#pick(['assets.delete', 'assets.restore']), args: { ids } },
      { name: 'packages.pick_up', args: { ids: packages, picked_up: this.#random() < 0.5 } },
      { name: this.#pick(['packages.delete', 'packages.restore', 'packages.restore']), args: { ids: packages } },
      {
        name: this.#pick(['projects.delete', 'projects.restore', 'projects.restore']),
        args: { ids: [this.#pick(this.projects)] },
      },
      { name: this.#pick(['subjects.delete', 'subjects.restore']), args: { ids: [subject] } },
    ]);
  }

  /** Returns the name of a change other than a mutation, and its SQL. */
  anyChange(): [name: string, sql: string] {
    const name = this.#pick(this.names);
    return [name, this.#changes[name]?.() ?? ''];
  }

  /** Returns SQL that makes the library from nothing. */
  library(): string {
    return `
      TRUNCATE projects, mutations CASCADE;
      ${this.projects.map((id) => `INSERT INTO projects (id, name, type) VALUES ('${id}', '${id}', 'vfx');`).join('')}
      ${this.#subjects.map((id) => this.#insertSubject(id)).join('')}
      ${this.#packages.map((id) => this.#insertPackage(id)).join('')}
      ${this.#assets.map((id) => this.#insertAsset(id)).join('')}`;
  }

  readonly #changes: Record<string, () => string> = {
    'an asset is purged': () => `DELETE FROM assets WHERE id = '${this.#pick(this.#assets)}'`,
    'an asset is registered': () => this.#insertAsset(this.#pick(this.#assets)),
    'assets are registered': () =>
      this.#someAssets()
        .map((id) => this.#insertAsset(id))
        .join(''),
    'assets have another size and camera': () =>
      this.#setAssets(`camera = ${this.#pick(["'cam_a'", "'cam_b'", 'NULL'])}, size_bytes = size_bytes + 1`),
    'assets have another pose': () => {
      const number = this.#pick(['NULL', '0', '9.99', '33.3', '-90']);
      return this.#setAssets(
        `yaw = ${number}, pitch = ${number}, roll = ${this.#pick(['1', 'NULL'])}, sharpness = ${number}`,
      );
    },
    'assets have another length': () =>
      this.#setAssets(`duration_seconds = 2.5, last_frame = 7, modified_at = modified_at + '1 day 0.123457 s'`),
    'assets have no measures': () =>
      this.#setAssets(
        'duration_seconds = NULL, first_frame = NULL, last_frame = NULL, yaw = NULL, pitch = NULL, roll = NULL, sharpness = NULL',
      ),
    'assets are missing': () => this.#setAssets(`missing_since = ${this.#pick(['now()', 'NULL'])}`),
    'assets have a problem': () => this.#setAssets(`problem = ${this.#pick(["'Gone.'", "'Broken.'", 'NULL'])}`),
    'assets lack frames': () =>
      this.#setAssets(`first_frame = 1, last_frame = 96, missing_frames = ${this.#pick(["'3'", "'3-9, 12'", 'NULL'])}`),
    'assets are sidecars': () => this.#setAssets(`sidecar_of = ${this.#pick(["'A001'", 'NULL'])}`),
    'assets are renamed': () => this.#setAssets(`name = $name$${this.#pick(names)}$name$`),
    'assets move to another package': () => {
      const to = this.#pick(this.#packages);
      const assets = listOf(this.#someAssets());
      return `
        UPDATE assets SET package_id = packages.id, project_id = packages.project_id, folder = ${this.#anyFolder()}
        FROM packages WHERE packages.id = '${to}' AND assets.id IN (${assets});
        UPDATE asset_tags SET package_id = packages.id, project_id = packages.project_id
        FROM packages WHERE packages.id = '${to}' AND asset_id IN (${assets}) AND asset_id IN (SELECT id FROM assets)`;
    },
    'a package moves to another project': () => {
      const [id, to] = [this.#pick(this.#packages), this.#pick(this.projects)];
      return `UPDATE packages SET project_id = '${to}' WHERE id = '${id}';
        ${['folders', 'assets', 'asset_tags'].map((table) => `UPDATE ${table} SET project_id = '${to}' WHERE package_id = '${id}';`).join('')}`;
    },
    'a package is purged': () => `DELETE FROM packages WHERE id = '${this.#pick(this.#packages)}'`,
    'a package is registered': () => this.#insertPackage(this.#pick(this.#packages)),
    'a folder is renamed': () => {
      const path = `${this.#pick(['renamed', 'Zoë'])} ${this.#pick([1, 2, 3])}`;
      return `UPDATE folders SET path = '${path}'
        WHERE package_id = '${this.#pick(this.#packages)}' AND path <> '' AND number = ${this.#anyFolder()}
          AND package_id NOT IN (SELECT package_id FROM folders WHERE path = '${path}')`;
    },
    'subjects are merged': () => {
      const [one, other] = [this.#pick(this.#subjects), this.#pick(this.#subjects)];
      return `UPDATE assets SET subject_id = '${other}' WHERE subject_id = '${one}'
          AND '${other}' IN (SELECT id FROM subjects);
        DELETE FROM subjects WHERE id = '${one}' AND id <> '${other}'`;
    },
    'a subject is registered': () => this.#insertSubject(this.#pick(this.#subjects)),
    'assets are tagged': () =>
      `INSERT INTO asset_tags SELECT id, '${this.#pick(tagNames)}', package_id, project_id FROM assets
       WHERE id IN (${listOf(this.#someAssets())}) ON CONFLICT DO NOTHING`,
    'assets lose their tags': () => `DELETE FROM asset_tags WHERE asset_id IN (${listOf(this.#someAssets())})`,
    'a tag is renamed or merged': () => {
      const [one, other] = [this.#pick(tagNames), this.#pick(tagNames)];
      return `UPDATE asset_tags SET tag = '${other}' WHERE tag = '${one}'
          AND asset_id NOT IN (SELECT asset_id FROM asset_tags WHERE tag = '${other}');
        DELETE FROM asset_tags WHERE tag = '${one}' AND tag <> '${other}'`;
    },
  };

  #setAssets(set: string): string {
    return `UPDATE assets SET ${set} WHERE id IN (${listOf(this.#someAssets())})`;
  }

  #insertSubject(id: string): string {
    return `INSERT INTO subjects (id, project_id, name) VALUES ('${id}', '${this.#pick(this.projects)}', '${id}') ON CONFLICT DO NOTHING;`;
  }

  #insertPackage(id: string): string {
    return `
      INSERT INTO packages (id, project_id, name, type, source_path)
      VALUES ('${id}', '${this.#pick(this.projects)}', '${id}', 'vfx', '/${id}') ON CONFLICT DO NOTHING;
      ${paths
        .map(
          (path, number) => `
            INSERT INTO folders (package_id, number, project_id, path)
            SELECT id, ${number + 1}, project_id, '${path}' FROM packages WHERE id = '${id}' ON CONFLICT DO NOTHING;`,
        )
        .join('')}`;
  }

  #insertAsset(id: string): string {
    const asset = anyAsset(this.#random, id, this.#pick(this.#packages), this.#pick([...this.#subjects, null]));
    const text = (value: string | null) => (value === null ? 'NULL' : `$text$${value}$text$`);
    const mark = (holds: boolean, value: string) => (holds ? value : 'NULL');
    return `
      INSERT INTO assets (id, project_id, package_id, subject_id, folder, relative_path, name, file_type, asset_type, camera,
        review_status, size_bytes, modified_at, duration_seconds, first_frame, last_frame, yaw, pitch, roll, sharpness,
        picked_up_at, missing_since, problem, sidecar_of, missing_frames)
      SELECT '${id}', project_id, package_id,
        (SELECT id FROM subjects WHERE id::text = ${text(asset.subject_id)}), number,
        '${id}', ${text(asset.name)}, '${asset.file_type}', '${asset.asset_type}', ${text(asset.camera)},
        '${asset.review_status}', ${asset.size_bytes}, to_timestamp(${asset.modified_at} / 1000.0), ${asset.duration_seconds},
        ${asset.first_frame}, ${asset.last_frame}, ${asset.yaw}, ${asset.pitch}, ${asset.roll}, ${asset.sharpness},
        ${mark(asset.picked_up, 'now()')}, ${mark(asset.missing, 'now()')}, ${mark(asset.problem, "'Gone.'")},
        ${mark(asset.sidecar, "'A001'")}, ${mark(asset.gaps, "'3'")}
      FROM folders WHERE package_id = '${asset.package_id}' AND number = ${asset.folder + 1}
      ON CONFLICT DO NOTHING;
      ${asset.tags
        .map(
          (tag) => `INSERT INTO asset_tags SELECT id, '${tag}', package_id, project_id FROM assets WHERE id = '${id}'
          ON CONFLICT DO NOTHING;`,
        )
        .join('')}`;
  }

  #anyFolder(): number {
    return 1 + Math.floor(this.#random() * paths.length);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return pickFrom(this.#random, items);
  }

  #someAssets(): string[] {
    return someOf(this.#random, this.#assets);
  }
}

/** Returns a random share of the items, at least one. */
export function someOf<Item>(random: Random, items: readonly Item[]): Item[] {
  const share = pickFrom(random, [0.1, 0.3, 0.6]);
  const chosen = items.filter(() => random() < share);
  return chosen.length > 0 ? chosen : [pickFrom(random, items)];
}

function listOf(ids: readonly string[]): string {
  return ids.map((id) => `'${id}'`).join(', ');
}
