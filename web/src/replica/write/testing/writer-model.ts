/**
 * Models one client whose shapes arrive in any order and in any portions, between refetches and restarts, while
 * it and others change the same few rows. After each step, the replica's server truth must equal the server's rows at
 * each shape's position, and the rows it shows must equal that with all unconfirmed mutations applied. At rest, it
 * must show the server's rows.
 */
import { formatShapeReference, type ShapeReference, shapes } from '@ingesthub/schema/library/shapes.ts';
import type { MutationCall } from '@ingesthub/schema/mutations/mutations.ts';
import { mutatorOf } from '@ingesthub/schema/mutations/mutators.ts';
import { v7 as uuid } from 'uuid';
import { expect } from 'vitest';
import type { TextRow } from '../../model/fold-changes.ts';
import { isMutableTable, type ReplicatedTables, readReplicatedTables } from '../../model/replicated-tables.ts';
import type { ArrivedChange, ShapeBatch } from '../../model/shape-batch.ts';
import { countTouchedUnits } from '../../model/touched-units.ts';
import { ModelServer, readRows } from '../../testing/model-server.ts';
import { seeded } from '../../testing/seeded.ts';
import {
  assetIds,
  assetsShape,
  createTestReplica,
  PACKAGE,
  PROJECT,
  type TestReplica,
  tagsShape,
} from '../../testing/test-replica.ts';

const STEPS = 150;
const assets = assetIds(4);
const subjects = assetIds(2);

let replica: TestReplica;
let server: ModelServer;
let tables: ReplicatedTables;
let references: ShapeReference[];
let random: () => number;
/** The position up to which each shape, or the first half of its rows, has arrived; absent before that. */
let positions: Map<string, { lsn: bigint; half: boolean }>;
let sent: Set<string>;

export async function openModel(): Promise<void> {
  replica = await createTestReplica();
  tables = await readReplicatedTables(replica.database);
  const library = ['projects', 'subjects', 'saved_filters'] as const;
  references = [
    ...library.map((name) => ({ name })),
    assetsShape,
    tagsShape,
    { name: 'mutations', scopeId: replica.client },
  ];
  server = await ModelServer.create(references);
}

export async function closeModel(): Promise<void> {
  await Promise.all([replica.database.close(), server.database.close()]);
}

const below = (limit: number) => Math.floor(random() * limit);
const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
const some = <Item>(items: readonly Item[]): Item[] => {
  const chosen = items.filter(() => random() < 0.5);
  return chosen.length > 0 ? chosen : [pick(items)];
};

const reviews = ['unreviewed', 'approved', 'rejected', 'flagged'] as const;
function anyMutation(): MutationCall {
  const ids = some(assets);
  const subject = pick(subjects);
  const [add, remove] = random() < 0.6 ? [['a', 'b'], []] : [[], ['a']];
  return pick<MutationCall>([
    { name: 'assets.tag', args: { ids, add, remove } },
    { name: 'assets.tag', args: { ids, add: [pick(['a', 'c', 'd'])], remove: ['b'] } },
    { name: 'assets.review', args: { ids, review_status: pick(reviews) } },
    { name: 'assets.review', args: { ids, review_status: pick(reviews), expect: pick(reviews) } },
    { name: 'assets.pick_up', args: { ids, picked_up: random() < 0.5 } },
    { name: 'assets.move', args: { ids, subject_id: subject } },
    { name: 'assets.move', args: { ids, subject_id: pick([subject, null]), expect: pick([subject, null]) } },
    { name: random() < 0.7 ? 'assets.delete' : 'assets.restore', args: { ids } },
    { name: 'subjects.create', args: { ids: [subject], set: { name: subject, project_id: PROJECT } } },
    { name: 'subjects.edit', args: { ids: some(subjects), set: { name: pick(['x', 'y', 'z']), tags: ['t'] } } },
    { name: 'subjects.delete', args: { ids: some(subjects) } },
    { name: 'projects.edit', args: { ids: [PROJECT], set: { notes: pick(['n', null]) }, expect: { notes: null } } },
    { name: 'saved_filters.create', args: { ids: [uuid()], set: { name: uuid(), address: '/' } } },
  ]);
}

/** Makes a change other than a mutation, like an ingest or a purge. */
async function changeElsewhere(): Promise<void> {
  const id = pick(assets);
  await server.change(
    pick([
      `DELETE FROM assets WHERE id = '${id}'`,
      `UPDATE assets SET camera = '${pick(['cam_a', 'cam_b'])}' WHERE id = '${id}'`,
      `DELETE FROM subjects WHERE id = '${pick(subjects)}'`,
      insertAsset(id),
      insertAsset(id),
    ]),
  );
}

function insertAsset(id: string): string {
  return `
    INSERT INTO assets (id, project_id, package_id, relative_path, name, file_type, asset_type, size_bytes, modified_at)
    VALUES ('${id}', '${PROJECT}', '${PACKAGE}', '${id}.png', '${id}.png', 'image', 'plate', 1, now())
    ON CONFLICT DO NOTHING;
    INSERT INTO asset_tags SELECT '${id}', 'new', '${PACKAGE}', '${PROJECT}' ON CONFLICT DO NOTHING`;
}

/** Delivers outstanding changes of some shapes: all of them, or a random part. */
async function deliver(chosen: readonly ShapeReference[], whole: boolean): Promise<void> {
  const batches = chosen.map((reference) => nextBatch(reference, whole)).filter((batch) => batch !== null);
  await replica.writer.apply(batches);
}

function nextBatch(reference: ShapeReference, whole: boolean): ShapeBatch | null {
  const text = formatShapeReference(reference);
  const position = positions.get(text);
  const batch = (lsn: bigint, changes: ArrivedChange[], upToDate: boolean): ShapeBatch => {
    positions.set(text, { lsn, half: !upToDate && changes.every((change) => change.lsn === null) });
    return { reference, changes, offset: `${lsn}_0`, handle: 'handle', upToDateLsn: upToDate ? lsn : null };
  };
  if (position === undefined || position.half) {
    const lsn = position?.lsn ?? server.lsn;
    const rows = [...server.rowsAt(reference, lsn)];
    const changes = rows.map(([key, value]) => ({ key, operation: 'insert', value, lsn: null }) as const);
    const middle = Math.floor(changes.length / 2);
    return position === undefined
      ? batch(lsn, changes.slice(0, middle), false)
      : batch(lsn, changes.slice(middle), true);
  }
  const upTo = whole ? server.lsn : position.lsn + BigInt(below(Number(server.lsn - position.lsn) + 1));
  const changes = server.changesBetween(reference, position.lsn, upTo);
  if (changes.length > 0 || upTo === server.lsn) return batch(upTo, changes, upTo === server.lsn);
  positions.set(text, { lsn: upTo, half: false });
  return null;
}

async function send(): Promise<void> {
  for (const { mutation } of replica.writer.pending) {
    if (sent.has(mutation.id)) continue;
    sent.add(mutation.id);
    await server.mutate(replica.client, mutation, random() < 0.25);
  }
}

/** Reads the replica's server truth: the base rows of touched units, and the shown rows of all others. */
async function serverTruth(reference: ShapeReference): Promise<Map<string, TextRow>> {
  const { table } = shapes[reference.name];
  const shown = await readRows(replica.database, reference);
  if (!isMutableTable(table)) return shown;
  const { unit, table: baseTable } = tables.base[table];
  const touched = countTouchedUnits(replica.writer.pending);
  const base = await readRows(replica.database, reference, baseTable);
  for (const [key, row] of shown) if (!touched.has(table, row[unit] ?? '')) base.set(key, row);
  return base;
}

async function check(what: string): Promise<void> {
  for (const reference of references) {
    const position = positions.get(formatShapeReference(reference));
    if (position === undefined || position.half) continue;
    const truth = await serverTruth(reference);
    expect(sorted(truth), `${reference.name} after ${what}`).toEqual(sorted(server.rowsAt(reference, position.lsn)));
  }
}

/** Computes what the replica should show: its server truth with every unconfirmed mutation applied. */
async function checkShown(what: string): Promise<void> {
  const shown = references.filter(({ name }) => isMutableTable(name));
  const actual = await Promise.all(shown.map((reference) => readRows(replica.database, reference)));
  const expected: Map<string, TextRow>[] = [];
  await replica.database.transaction(async (tx) => {
    for (const base of Object.values(tables.base)) {
      const columns = [...base.types.keys()].join(', ');
      const touched = replica.writer.pending.flatMap(({ table, mutation }) =>
        tables.base[table] === base ? mutation.args.ids : [],
      );
      await tx.query(`DELETE FROM ${base.shown.table} WHERE ${base.unit} = ANY ($1::uuid[])`, [touched]);
      await tx.exec(`INSERT INTO ${base.shown.table} (${columns}) SELECT ${columns} FROM ${base.table}`);
    }
    for (const { mutation } of replica.writer.pending) {
      const { text, values } = mutatorOf(mutation.name).statement(mutation.args as never, mutation.args.ids);
      await tx.query(text, [...values]);
    }
    for (const reference of shown) expected.push(await readRows(tx, reference));
    await tx.rollback();
  });
  for (const [index, { name }] of shown.entries()) {
    const [is, should] = [actual[index] ?? new Map(), expected[index] ?? new Map()];
    expect(sorted(is).map(untimed), `${name} shown after ${what}`).toEqual(sorted(should).map(untimed));
  }
}

/** Hides the timestamps, which each replay writes again. */
function untimed([key, row]: [string, TextRow]): [string, TextRow] {
  const times = Object.entries(row).filter(([column]) => column.endsWith('_at'));
  return [key, { ...row, ...Object.fromEntries(times.map(([column, at]) => [column, at && 'some time'])) }];
}

function sorted(rows: ReadonlyMap<string, TextRow>): [string, TextRow][] {
  return [...rows].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

const steps: Record<string, () => Promise<unknown>> = {
  mutate: () => {
    const { name, args } = anyMutation();
    return replica.writer.mutate(uuid(), name, args);
  },
  undo: () => replica.writer.undo(uuid()),
  redo: () => replica.writer.redo(uuid()),
  'mutate elsewhere': () => server.mutateElsewhere(anyMutation()),
  'change elsewhere': changeElsewhere,
  send,
  deliver: () => deliver(some(references), random() < 0.3),
  'deliver all': () => deliver(references, true),
  refetch: async () => {
    const reference = pick(references);
    positions.delete(formatShapeReference(reference));
    await replica.writer.refetch(reference);
  },
  'refuse by answer': async () => {
    const one = replica.writer.pending.find(({ mutation }) => !sent.has(mutation.id));
    if (one) await replica.writer.reject(new Map([[one.mutation.id, { code: 'forbidden', message: 'No.' }]]));
  },
  'retry rejected': async () => {
    const [one] = replica.writer.rejected;
    if (one && random() < 0.3) await replica.writer.retryRejected(one.id);
  },
  reopen: () => replica.reopen(),
};
const plan = Object.entries({ mutate: 6, undo: 2, deliver: 6, send: 2, 'change elsewhere': 3, refetch: 1 }).flatMap(
  ([name, weight]) => Array<string>(weight).fill(name),
);
plan.push(...Object.keys(steps));

/** Runs one life of a client. */
export async function liveThrough(seed: number): Promise<void> {
  random = seeded(seed);
  sent = new Set();
  positions = new Map();
  await replica.clear();
  await server.change(`
    TRUNCATE projects, mutations, saved_filters CASCADE;
    INSERT INTO projects (id, name, type) VALUES ('${PROJECT}', 'Northlight', 'vfx');
    INSERT INTO packages (id, project_id, name, type, source_path) VALUES ('${PACKAGE}', '${PROJECT}', 'p', 'vfx', '/p');
    ${assets.map(insertAsset).join(';')}`);
  const done: string[] = [];
  for (let count = 0; count < STEPS; count++) {
    const name = pick(plan);
    done.push(name);
    await steps[name]?.();
    await check(`${count} ${done.slice(-8).join(', ')}`);
    await checkShown(`${count} ${done.slice(-8).join(', ')}`);
  }

  await send();
  for (let round = 0; round < 4; round++) await deliver(references, true);
  expect(replica.writer.pending).toEqual([]);
  for (const reference of references) {
    const shown = await readRows(replica.database, reference);
    expect(sorted(shown), reference.name).toEqual(sorted(server.rowsAt(reference, server.lsn)));
  }
  for (const { table } of Object.values(tables.base)) {
    expect((await replica.database.query(`SELECT FROM ${table}`)).rows, table).toEqual([]);
  }
}
