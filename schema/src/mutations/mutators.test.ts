import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { shapes } from '../library/shapes.ts';
import { createTestLibraries, ids, type TestLibraries } from '../testing/test-libraries.ts';
import { type MutationArgs, type MutationCall, type MutationName, mutationArgs } from './mutations.ts';
import { type ChangeRow, unpackIds } from './mutator.ts';
import { mutatorOf } from './mutators.ts';

let libraries: TestLibraries;
beforeAll(async () => {
  libraries = await createTestLibraries();
});
afterAll(() => libraries[Symbol.asyncDispose]());
beforeEach(() => run('BEGIN'));
afterEach(() => run('ROLLBACK'));

const { first, second, third } = ids;
const assets = [first, second, third];

/** For each mutation: its arguments, and which of the named rows it changes. */
const cases: { readonly [Name in MutationName]: [args: MutationArgs<Name>, changed: string[]] } = {
  'assets.tag': [{ ids: assets, add: ['keep', 'new'], remove: ['hero'] }, assets],
  'assets.review': [{ ids: assets, review_status: 'approved' }, [second, third]],
  'assets.pick_up': [{ ids: assets, picked_up: true }, [first, third]],
  'assets.move': [{ ids: assets, subject_id: ids.ben }, assets],
  'assets.retype': [{ ids: assets, asset_type: 'plate' }, [first, third]],
  'assets.set_camera': [{ ids: assets, camera: 'b_cam' }, assets],
  'assets.delete': [{ ids: assets }, [first, second]],
  'assets.restore': [{ ids: assets }, [third]],
  'projects.create': [{ ids: [ids.made], set: { name: 'Undertow', type: 'vfx', client: null } }, [ids.made]],
  'projects.edit': [{ ids: [ids.project], set: { name: 'Meridian 2', client: null, tags: ['a', 'b'] } }, [ids.project]],
  'projects.delete': [{ ids: [ids.project, ids.otherProject] }, [ids.project, ids.otherProject]],
  'projects.restore': [{ ids: [ids.project] }, [ids.project]],
  'subjects.create': [{ ids: [ids.made], set: { name: 'cleo', project_id: ids.project } }, [ids.made]],
  'subjects.edit': [{ ids: [ids.ada, ids.ben], set: { notes: 'twins' } }, [ids.ada, ids.ben]],
  'subjects.delete': [{ ids: [ids.ada] }, [ids.ada]],
  'subjects.restore': [{ ids: [ids.ada] }, [ids.ada]],
  'packages.create': [
    { ids: [ids.made], set: { name: 'Day 2', type: 'vfx', project_id: ids.project, source_path: '/media/day_2' } },
    [ids.made],
  ],
  'packages.edit': [{ ids: [ids.package], set: { subject_id: null, description: 'first day' } }, [ids.package]],
  'packages.pick_up': [{ ids: [ids.package], picked_up: true }, [ids.package]],
  'packages.delete': [{ ids: [ids.package] }, [ids.package]],
  'packages.restore': [{ ids: [ids.package] }, [ids.package]],
  'runs.create': [
    { ids: [ids.made], set: { project_id: ids.project, package_id: ids.package, options: { skip_proxies: true } } },
    [ids.made],
  ],
  'runs.hold': [{ ids: [ids.run, ids.endedRun], held: 'paused' }, [ids.run]],
  'incoming.edit': [
    {
      ids: [ids.incoming],
      set: {
        name: 'Day 3',
        project_id: ids.project,
        tags: ['a'],
        placements: [{ path: 'A/', subject: 'ada', camera: 'cam_a', asset_type: 'raw', files: 2 }],
      },
    },
    [ids.incoming],
  ],
  'incoming.decide': [{ ids: [ids.incoming, ids.ingested], decision: 'accepted' }, [ids.incoming]],
  'saved_filters.create': [
    { ids: [ids.made], set: { name: 'Sharp', address: '/packages?sort=sharpness' } },
    [ids.made],
  ],
  'saved_filters.edit': [{ ids: [ids.savedFilter], set: { name: 'All heroes' } }, [ids.savedFilter]],
  'saved_filters.delete': [{ ids: [ids.savedFilter] }, [ids.savedFilter]],
  'saved_filters.restore': [{ ids: [ids.savedFilter] }, [ids.savedFilter]],
  'corrections.create': [
    { ids: [ids.made], set: { kind: 'generic', name: 'ROYAL', value: null, project_id: ids.project } },
    [ids.made],
  ],
  'corrections.edit': [{ ids: [ids.correction], set: { value: 'Jane Doe', project_id: null } }, [ids.correction]],
  'corrections.delete': [{ ids: [ids.correction] }, [ids.correction]],
  'corrections.restore': [{ ids: [ids.correction] }, [ids.correction]],
};
const everyMutation = Object.entries(cases).map(
  ([name, [args, changed]]) => [name, { name, args } as MutationCall, changed] as const,
);

test.each(everyMutation)(
  'mutators: %s has the same effect on both sides and none when repeated',
  async (_, call, changed) => {
    await prepare(call);
    const before = await rowsOf(call);
    const groups = await apply(call);
    expect(sorted(new Set(groups.flatMap((group) => unpackIds(group.ids))))).toEqual(sorted(changed));
    const after = await rowsOf(call);
    expect(after).not.toEqual(before);
    expect(await apply(call)).toEqual([]);
    expect(await rowsOf(call)).toEqual(after);
  },
);

test.each(everyMutation)(
  'mutators: the inverse of %s undoes it, and the inverse of that redoes it',
  async (_, call) => {
    await prepare(call);
    const before = await rowsOf(call);
    const undone = await invert(call, await apply(call));
    const after = await rowsOf(call);
    const redone: MutationCall[] = [];
    for (const each of undone) redone.push(...(await invert(each, await apply(each))));
    expect(shown(await rowsOf(call))).toEqual(shown(before));
    for (const each of redone) await apply(each);
    expect(await rowsOf(call)).toEqual(after);
  },
);

test.each(everyMutation.filter(([, call]) => call.args.ids.length > 1))(
  'mutators: %s changes no other row when replayed for one of its rows',
  async (_, call, changed) => {
    const { statement } = mutatorOf(call.name);
    const [one = ''] = changed;
    const [server, replica] = await libraries.run(statement(call.args, [one]));
    for (const groups of [server, replica] as unknown as ChangeRow[][])
      expect(new Set(groups.flatMap((group) => unpackIds(group.ids)))).toEqual(new Set([one]));
  },
);

test.each<[MutationCall, other: MutationCall]>([
  [
    { name: 'assets.review', args: { ids: assets, review_status: 'flagged' } },
    { name: 'assets.review', args: { ids: [second], review_status: 'rejected' } },
  ],
  [
    { name: 'assets.move', args: { ids: assets, subject_id: null } },
    { name: 'assets.move', args: { ids: [first], subject_id: ids.ben } },
  ],
  [
    { name: 'assets.retype', args: { ids: assets, asset_type: 'grid' } },
    { name: 'assets.retype', args: { ids: [third], asset_type: 'plate' } },
  ],
  [
    { name: 'assets.set_camera', args: { ids: assets, camera: 'b_cam' } },
    { name: 'assets.set_camera', args: { ids: [second], camera: null } },
  ],
  [
    { name: 'projects.edit', args: { ids: [ids.project], set: { client: 'Kestrel', tags: ['x'] } } },
    { name: 'projects.edit', args: { ids: [ids.project], set: { tags: ['y'] } } },
  ],
])('mutators: undoing %o keeps someone else’s later change', async (call, other) => {
  const undo = await invert(call, await apply(call));
  await apply(other);
  const theirs = await rowsOf(other, other.args.ids);
  for (const each of undo) await apply(each);
  expect(await rowsOf(other, other.args.ids)).toEqual(theirs);
});

test('mutators: undoing a pick-up keeps what someone else has picked up since', async () => {
  const call = (picked_up: boolean): MutationCall => ({
    name: 'assets.pick_up',
    args: { ids: [first, third], picked_up },
  });
  const undo = await invert(call(true), await apply(call(true)));
  await run("SET LOCAL ihub.actor = 'ben'");
  await apply({ name: 'assets.pick_up', args: { ids: [first], picked_up: false } });
  await apply({ name: 'assets.pick_up', args: { ids: [first], picked_up: true } });
  await run("SET LOCAL ihub.actor = ''");
  const undone = [];
  for (const each of undo) undone.push(...(await apply(each)));
  expect(undone.flatMap((group) => unpackIds(group.ids))).toEqual([third]);
});

test('mutators: assets.move ignores a subject of another project', async () => {
  expect(await apply({ name: 'assets.move', args: { ids: assets, subject_id: ids.stranger } })).toEqual([]);
});

test('mutators: every mutation names the columns that it changes', async () => {
  for (const [, call] of everyMutation) {
    await run('SAVEPOINT one');
    await prepare(call);
    const before = await wholeRows(call);
    await apply(call);
    const after = await wholeRows(call);
    const changed = new Set<string>();
    for (const [index, row] of before.entries())
      for (const [column, value] of Object.entries(row)) if (after[index]?.[column] !== value) changed.add(column);
    const named = mutatorOf(call.name).columns(call.args);
    if (named === null) expect(after.length).not.toBe(before.length);
    else for (const column of changed) expect(named).toContain(column);
    await run('ROLLBACK TO one');
  }
});

/** Deletes the rows that a restore needs deleted; one of the assets already is. */
async function prepare({ name, args }: MutationCall): Promise<void> {
  if (!name.endsWith('.restore') || name === 'assets.restore') return;
  await apply({ name: name.replace('restore', 'delete'), args } as MutationCall);
}

/** Applies a mutation to both sides and expects the same changes. */
async function apply(call: MutationCall): Promise<ChangeRow[]> {
  const [server, replica] = await libraries.run(mutatorOf(call.name).statement(call.args, call.args.ids));
  const [ours, theirs] = [server, replica].map((rows) =>
    rows
      .map((row) => ({ former: row['former'], ids: sorted(unpackIds(String(row['ids']))).join('') }))
      .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  );
  expect(theirs).toEqual(ours);
  return ours as ChangeRow[];
}

/** Returns the calls that undo the changes, as they would be sent. */
async function invert(call: MutationCall, groups: readonly ChangeRow[]): Promise<MutationCall[]> {
  return groups.map(({ former, ids: packed }) => {
    const { name, args } = mutatorOf(call.name).inverse(call.args, former, unpackIds(packed));
    return { name, args: mutationArgs[name].parse(JSON.parse(JSON.stringify(args))) } as MutationCall;
  });
}

/** Returns the mutation's rows, expecting both sides to be equal; times are reduced to set or unset, people left out. */
async function rowsOf(call: MutationCall, of: readonly string[] = []): Promise<Record<string, unknown>[]> {
  const { table } = mutatorOf(call.name);
  const columns = shapes[table].columns
    .filter((column) => !/^(created|updated|modified)_|_by$|placeholder/.test(column))
    .map((column) => (column.endsWith('_at') ? `${column} IS NOT NULL AS ${column}` : column));
  const [server, replica] = await libraries.run({
    text: `SELECT ${columns} FROM ${table} ${of.length > 0 ? 'WHERE id = ANY ($1::uuid[])' : ''} ORDER BY 1, 2`,
    values: of.length > 0 ? [of] : [],
  });
  const plain = (rows: unknown) => JSON.parse(JSON.stringify(rows));
  // One driver returns int8 as text, the other as a number.
  for (const row of [...server, ...replica]) if ('size_bytes' in row) row['size_bytes'] = Number(row['size_bytes']);
  expect(plain(replica)).toEqual(plain(server));
  return plain(server);
}

/** Returns the replica's rows with values as text. */
async function wholeRows(call: MutationCall): Promise<Record<string, string>[]> {
  const { table } = mutatorOf(call.name);
  const [, rows] = await libraries.run({ text: `SELECT * FROM ${table} ORDER BY 1, 2`, values: [] });
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([column, value]) => [column, JSON.stringify(value)])),
  );
}

/** Leaves out an undone creation: to people, its row is gone. */
function shown(rows: Record<string, unknown>[]): Record<string, unknown>[] {
  const undone = (row: Record<string, unknown>) => row['deleted_at'] === true || row['held'] === 'cancelled';
  return rows.filter((row) => !(row['id'] === ids.made && undone(row)));
}

function sorted(values: Iterable<string>): string[] {
  return [...values].toSorted();
}

async function run(text: string): Promise<void> {
  await libraries.run({ text, values: [] });
}
