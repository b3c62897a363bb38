/**
 * For tests: one client whose shapes arrive in any order and portions while it and others change a small library, with
 * a mirror beside it. After each step, every question gets the answer that plain SQL rows give.
 */
import { formatShapeReference, type ShapeReference } from '@ingesthub/schema/library/shapes.ts';
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import type { MirroredList, MirrorQuestion, Scope } from '../../model/mirror-questions.ts';
import { createMirroredLists } from '../../model/mirrored-lists.ts';
import type { ArrivedChange, ShapeBatch } from '../../model/shape-batch.ts';
import { copyRows } from '../../open/copy-rows.ts';
import { finishFirstLoad } from '../../open/prepare-database.ts';
import { readReplicaSql } from '../../open/read-replica-sql.ts';
import { ModelServer } from '../../testing/model-server.ts';
import { seeded } from '../../testing/seeded.ts';
import { assetIds, createTestReplica, type TestReplica } from '../../testing/test-replica.ts';
import { createMirror, type Mirror } from '../mirror.ts';
import { plainAnswer } from './plain-answer.ts';
import { anyQuestion, names, paths, pickFrom, type Random, tagNames } from './random-questions.ts';
import { plainAssetsOf, readLibrary } from './read-plain-assets.ts';

const ASSETS = 30;

export class MirrorModel {
  readonly #replica: TestReplica;
  readonly #server: ModelServer;
  readonly #references: readonly ShapeReference[];
  readonly #projects: readonly string[];
  readonly #packages: readonly { readonly id: string; readonly project: string }[];
  readonly #subjects: readonly { readonly id: string; readonly project: string }[];
  readonly #assets = assetIds(ASSETS);
  #random: Random = seeded(0);
  /** The position up to which each shape, or the first half of its rows, has arrived; absent before that. */
  #positions = new Map<string, { lsn: bigint; half: boolean }>();
  #sent = new Set<string>();
  #mirror!: Mirror;
  #ask!: (question: MirrorQuestion, asker: string) => Promise<MirroredList | null>;

  private constructor(replica: TestReplica, server: ModelServer, references: ShapeReference[], projects: string[]) {
    this.#replica = replica;
    this.#server = server;
    this.#references = references;
    this.#projects = projects;
    const [first = '', second = ''] = projects;
    this.#packages = assetIds(4).map((id, index) => ({ id, project: index < 3 ? first : second }));
    this.#subjects = assetIds(3).map((id, index) => ({ id, project: index < 2 ? first : second }));
  }

  static async create(): Promise<MirrorModel> {
    const replica = await createTestReplica();
    await finishFirstLoad(replica.database, await readReplicaSql());
    const projects = assetIds(2);
    const references: ShapeReference[] = [
      ...(['projects', 'subjects', 'packages'] as const).map((name) => ({ name })),
      ...projects.flatMap((scopeId) =>
        (['folders', 'assets', 'asset_tags'] as const).map((name) => ({ name, scopeId })),
      ),
      { name: 'mutations', scopeId: replica.client },
    ];
    return new MirrorModel(replica, await ModelServer.create(references), references, projects);
  }

  async close(): Promise<void> {
    this.#mirror?.close();
    await Promise.all([this.#replica.database.close(), this.#server.database.close()]);
  }

  /** Runs one random history. @returns the number of answers that were compared. */
  async run(seed: number, steps: number): Promise<number> {
    this.#random = seeded(seed);
    this.#sent = new Set();
    this.#positions = new Map();
    this.#mirror?.close();
    await this.#replica.clear();
    await this.#makeLibrary();
    this.#makeMirror();
    const done: string[] = [];
    let compared = 0;
    for (let count = 0; count < steps; count++) {
      const name = pickFrom(this.#random, plan);
      done.push(name);
      // A list may ask at any moment of the step; only its last answer counts.
      const early = this.#ask(await this.#anyQuestion(), 'early');
      if (name === 'restart mirror') await early;
      await this.#steps[name]?.();
      await early;
      compared += await this.#check(`seed ${seed}, step ${count}: ${done.slice(-6).join(', ')}`);
    }
    return compared;
  }

  /** Asks about two scopes, and compares with plain rows. */
  async #check(what: string): Promise<number> {
    const library = await readLibrary(this.#replica.database);
    for (const asker of ['one', 'two']) {
      const scope = this.#anyScope();
      const assets = plainAssetsOf(library, scope);
      const about = assets.length > 0 ? assets : library.assets;
      if (about.length === 0) continue;
      const question = { ...anyQuestion(this.#random, about), scope };
      const list = await this.#ask(question, asker);
      if (list === null) throw new Error('No later question was asked.');
      const wanted = plainAnswer(assets, question);
      const { order, sections, facets, histograms, pose } = list;
      expect(
        {
          ids: order.slice(0, order.length),
          sections,
          facets: sortedFacets(facets),
          histograms: Object.fromEntries(
            Object.entries(histograms).map(([name, one]) => [name, { ...one, counts: [...one.counts] }]),
          ),
          pose: pose && [...pose],
        },
        `${what}; ${JSON.stringify(question)}`,
      ).toEqual({ ...wanted, facets: sortedFacets(wanted.facets) });
      const [first] = wanted.ids;
      if (first !== undefined) expect(order.indexOf(first), what).toBe(0);
    }
    return 2;
  }

  async #anyQuestion(): Promise<MirrorQuestion> {
    const { assets } = await readLibrary(this.#replica.database);
    const scope = this.#anyScope();
    if (assets.length === 0) return { scope, where: {}, sort: { by: 'name', descending: false } };
    return { ...anyQuestion(this.#random, assets), scope };
  }

  #anyScope(): Scope {
    const { id: packageId } = this.#pick(this.#packages);
    const { id: subjectId } = this.#pick(this.#subjects);
    return this.#pick<Scope>([
      { kind: 'package', id: packageId },
      { kind: 'project', id: this.#pick(this.#projects) },
      { kind: 'subject', id: subjectId },
      { kind: 'library' },
    ]);
  }

  /** @param memory in bytes; few of them close each scope after its answer. */
  #makeMirror(memory = 1e9): void {
    this.#mirror?.close();
    const { database, onChange } = this.#replica;
    this.#mirror = createMirror({ copy: (statement) => copyRows(database, statement), onChange, memory });
    this.#ask = createMirroredLists(this.#mirror.ask);
  }

  #pick<Item>(items: readonly Item[]): Item {
    return pickFrom(this.#random, items);
  }

  #some<Item>(items: readonly Item[]): Item[] {
    const share = this.#pick([0.1, 0.3, 0.6]);
    const chosen = items.filter(() => this.#random() < share);
    return chosen.length > 0 ? chosen : [this.#pick(items)];
  }

  readonly #steps: Record<string, () => Promise<unknown>> = {
    mutate: () => {
      const { name, args } = this.#anyMutation();
      return this.#replica.writer.mutate(uuid(), name, args);
    },
    undo: () => this.#replica.writer.undo(uuid()),
    redo: () => this.#replica.writer.redo(uuid()),
    'mutate elsewhere': () => this.#server.mutateElsewhere(this.#anyMutation()),
    'change elsewhere': () => this.#server.change(this.#anyChange()).catch(() => this.#server.change('')),
    send: () => this.#send(),
    deliver: () => this.#deliver(this.#some(this.#references), this.#random() < 0.5),
    'deliver all': () => this.#deliver(this.#references, true),
    refetch: () => {
      const reference = this.#pick(this.#references);
      this.#positions.delete(formatShapeReference(reference));
      return this.#replica.writer.refetch(reference);
    },
    drop: () => {
      const project = this.#pick(this.#projects);
      const dropped = this.#references.filter(({ name, scopeId }) => scopeId === project && name !== 'mutations');
      for (const reference of dropped) this.#positions.delete(formatShapeReference(reference));
      return this.#replica.writer.drop(dropped);
    },
    'refuse by answer': async () => {
      const one = this.#replica.writer.pending.find(({ mutation }) => !this.#sent.has(mutation.id));
      if (one) await this.#replica.writer.reject(new Map([[one.mutation.id, { code: 'forbidden', message: 'No.' }]]));
    },
    'restart mirror': async () => this.#makeMirror(this.#pick([1, 1e9, 1e9])),
  };

  #anyMutation(): MutationCall {
    const ids = this.#some(this.#assets);
    const subject = this.#pick(this.#subjects);
    const packageId = this.#pick(this.#packages).id;
    const [add, remove] = this.#random() < 0.6 ? [[this.#pick(tagNames)], []] : [[], [this.#pick(tagNames)]];
    const review_status = this.#pick(['unreviewed', 'approved', 'rejected', 'flagged'] as const);
    return this.#pick<MutationCall>([
      { name: 'assets.tag', args: { ids, add, remove } },
      { name: 'assets.review', args: { ids, review_status } },
      { name: 'assets.retype', args: { ids, asset_type: this.#pick(['plate', 'aligned'] as const) } },
      { name: 'assets.pick_up', args: { ids, picked_up: this.#random() < 0.5 } },
      { name: 'assets.move', args: { ids, subject_id: this.#pick([subject.id, null]) } },
      { name: this.#pick(['assets.delete', 'assets.restore']), args: { ids } },
      { name: this.#pick(['packages.delete', 'packages.restore', 'packages.restore']), args: { ids: [packageId] } },
      {
        name: this.#pick(['projects.delete', 'projects.restore', 'projects.restore']),
        args: { ids: [this.#pick(this.#projects)] },
      },
      { name: this.#pick(['subjects.delete', 'subjects.restore']), args: { ids: [subject.id] } },
    ]);
  }

  /** Returns SQL of a change other than a mutation: an ingest, a correction, a move, a merge, a purge. */
  #anyChange(): string {
    const id = this.#pick(this.#assets);
    const several = this.#some(this.#assets).map((one) => `'${one}'`);
    const to = this.#pick(this.#packages);
    const [one, other] = [this.#pick(this.#subjects), this.#pick(this.#subjects)];
    const folder = 1 + Math.floor(this.#random() * paths.length);
    const number = this.#pick(['NULL', '0', '9.99', '33.3', '-90']);
    return this.#pick([
      `DELETE FROM assets WHERE id = '${id}'`,
      this.#insertAsset(id),
      several.map((each) => this.#insertAsset(each.slice(1, -1))).join(''),
      `UPDATE assets SET camera = ${this.#pick(["'cam_a'", "'cam_b'", 'NULL'])}, size_bytes = size_bytes + 1 WHERE id IN (${several})`,
      `UPDATE assets SET yaw = ${number}, pitch = ${number}, sharpness = ${number} WHERE id IN (${several})`,
      `UPDATE assets SET duration_seconds = 2.5, last_frame = 7, modified_at = modified_at + '1 day' WHERE id IN (${several})`,
      `UPDATE assets SET missing_since = now(), problem = 'Gone.' WHERE id IN (${several})`,
      `UPDATE assets SET missing_since = NULL, problem = NULL, sidecar_of = 'A001', missing_frames = '3' WHERE id IN (${several})`,
      `UPDATE assets SET sidecar_of = NULL, missing_frames = NULL WHERE id IN (${several})`,
      `UPDATE assets SET name = $name$${this.#pick(names)}$name$ WHERE id IN (${several})`,
      `UPDATE assets SET package_id = '${to.id}', project_id = '${to.project}', folder = ${folder} WHERE id IN (${several});
       UPDATE asset_tags SET package_id = '${to.id}', project_id = '${to.project}' WHERE asset_id IN (${several})`,
      `UPDATE folders SET path = '${this.#pick(['renamed', 'Zoë'])} ${this.#pick([1, 2, 3])}'
       WHERE package_id = '${to.id}' AND path <> '' AND number = ${folder}`,
      `UPDATE assets SET subject_id = '${other.id}' WHERE subject_id = '${one.id}'`,
      `UPDATE assets SET subject_id = '${other.id}' WHERE subject_id = '${one.id}';
       DELETE FROM subjects WHERE id = '${one.id}' AND id <> '${other.id}'`,
      `INSERT INTO subjects (id, project_id, name) VALUES ('${one.id}', '${one.project}', '${one.id}') ON CONFLICT DO NOTHING`,
      `INSERT INTO asset_tags SELECT id, '${this.#pick(tagNames)}', package_id, project_id FROM assets WHERE id IN (${several})
       ON CONFLICT DO NOTHING`,
      `DELETE FROM asset_tags WHERE asset_id IN (${several})`,
    ]);
  }

  #insertAsset(id: string): string {
    const { id: packageId, project } = this.#pick(this.#packages);
    const subject = this.#pick(this.#subjects.filter((one) => one.project === project)).id;
    const path = this.#pick(paths);
    const name = this.#pick(names);
    const maybe = (value: string) => (this.#random() < 0.3 ? 'NULL' : value);
    const angle = () => maybe(this.#pick(['-180', '-45.5', '0', '9.99', '33.3', '180']));
    return `
      INSERT INTO assets (id, project_id, package_id, subject_id, folder, relative_path, name, file_type, asset_type, camera,
        size_bytes, modified_at, duration_seconds, first_frame, last_frame, yaw, pitch, roll, sharpness)
      SELECT '${id}', '${project}', '${packageId}',
        (SELECT id FROM subjects WHERE id = '${subject}'), number,
        '${id}', $name$${name}$name$, '${this.#pick(['image', 'video', 'sequence'])}', '${this.#pick(['plate', 'aligned'])}',
        ${maybe(this.#pick(["'cam_a'", "'cam_b'"]))}, ${this.#pick(['0', '10', '5000', '4100000000'])},
        timestamptz '2026-02-01 03:04:05.678Z' + ${this.#pick([0, 1, 40])} * interval '1 hour',
        ${maybe(this.#pick(['0.5', '60']))}, ${maybe('1')}, ${maybe('96')}, ${angle()}, ${angle()}, ${angle()}, ${angle()}
      FROM folders WHERE package_id = '${packageId}' AND number = ${paths.indexOf(path) + 1}
      ON CONFLICT DO NOTHING;`;
  }

  async #makeLibrary(): Promise<void> {
    await this.#server.change(`
      TRUNCATE projects, mutations CASCADE;
      ${this.#projects.map((id) => `INSERT INTO projects (id, name, type) VALUES ('${id}', '${id}', 'vfx');`).join('')}
      ${this.#subjects.map(({ id, project }) => `INSERT INTO subjects (id, project_id, name) VALUES ('${id}', '${project}', '${id}');`).join('')}
      ${this.#packages
        .map(
          ({ id, project }) => `
            INSERT INTO packages (id, project_id, name, type, source_path) VALUES ('${id}', '${project}', '${id}', 'vfx', '/${id}');
            INSERT INTO folders (package_id, number, project_id, path) VALUES
              ${paths.map((path, index) => `('${id}', ${index + 1}, '${project}', '${path}')`).join(', ')};`,
        )
        .join('')}
      ${this.#assets.map((id) => this.#insertAsset(id)).join('')}`);
  }

  /** Delivers outstanding changes of some shapes: all of them, or a random part. */
  async #deliver(chosen: readonly ShapeReference[], whole: boolean): Promise<void> {
    // Until its folder is known, an asset counts as in its package's own folder, and beside those that really are.
    const folders = this.#references.filter(
      ({ name, scopeId }) => name === 'folders' && chosen.some((one) => one.scopeId === scopeId),
    );
    for (const reference of folders) {
      while (this.#positions.get(formatShapeReference(reference))?.half !== false) {
        await this.#replica.writer.apply([this.#nextBatch(reference, true)].filter((batch) => batch !== null));
      }
    }
    const batches = chosen.map((reference) => this.#nextBatch(reference, whole)).filter((batch) => batch !== null);
    await this.#replica.writer.apply(batches);
  }

  #nextBatch(reference: ShapeReference, whole: boolean): ShapeBatch | null {
    const text = formatShapeReference(reference);
    const position = this.#positions.get(text);
    const batch = (lsn: bigint, changes: ArrivedChange[], upToDate: boolean): ShapeBatch => {
      this.#positions.set(text, { lsn, half: !upToDate && changes.every((change) => change.lsn === null) });
      return { reference, changes, offset: `${lsn}_0`, handle: 'handle', upToDateLsn: upToDate ? lsn : null };
    };
    if (position === undefined || position.half) {
      const lsn = position?.lsn ?? this.#server.lsn;
      const rows = [...this.#server.rowsAt(reference, lsn)];
      const changes = rows.map(([key, value]) => ({ key, operation: 'insert', value, lsn: null }) as const);
      const middle = Math.floor(changes.length / 2);
      return position === undefined
        ? batch(lsn, changes.slice(0, middle), false)
        : batch(lsn, changes.slice(middle), true);
    }
    const upTo = whole
      ? this.#server.lsn
      : position.lsn + BigInt(Math.floor(this.#random() * (Number(this.#server.lsn - position.lsn) + 1)));
    const changes = this.#server.changesBetween(reference, position.lsn, upTo);
    if (changes.length > 0 || upTo === this.#server.lsn) return batch(upTo, changes, upTo === this.#server.lsn);
    this.#positions.set(text, { lsn: upTo, half: false });
    return null;
  }

  async #send(): Promise<void> {
    for (const { mutation } of this.#replica.writer.pending) {
      if (this.#sent.has(mutation.id)) continue;
      this.#sent.add(mutation.id);
      await this.#server.mutate(this.#replica.client, mutation, this.#random() < 0.25);
    }
  }
}

const weights = {
  mutate: 6,
  undo: 2,
  redo: 1,
  'mutate elsewhere': 1,
  'change elsewhere': 5,
  send: 2,
  deliver: 5,
  'deliver all': 3,
  refetch: 1,
  drop: 0.4,
  'refuse by answer': 1,
  'restart mirror': 0.6,
};
const plan = Object.entries(weights).flatMap(([name, weight]) => Array<string>(weight * 5).fill(name));

function sortedFacets(facets: MirroredList['facets']) {
  return Object.fromEntries(
    Object.entries(facets).map(([name, counts]) => [
      name,
      counts.toSorted((a, b) => (String(a.value) < String(b.value) ? -1 : 1)),
    ]),
  );
}
