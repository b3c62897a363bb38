/** Every mutation's mutator. */
import type { MutationArgs, MutationCall, MutationName } from './mutations.ts';
import type { MutableTable, Mutator } from './mutator.ts';
import { createStatement, setStatement, stampStatement } from './row-statements.ts';
import { tagAssets } from './tag-assets.ts';

type EntityTable = 'projects' | 'subjects' | 'packages' | 'saved_filters' | 'corrections';

const mutators: { readonly [Name in MutationName]: Mutator<Name> } = {
  'assets.tag': tagAssets,
  'assets.review': {
    table: 'assets',
    creates: false,
    columns: () => ['review_status'],
    statement: ({ review_status, expect }, ids) =>
      setStatement('assets', ids, { set: { review_status }, expect: { review_status: expect } }),
    inverse: (args, former, ids) => ({
      name: 'assets.review',
      args: { ids, ...(former as Pick<typeof args, 'review_status'>), expect: args.review_status },
    }),
  },
  'assets.retype': {
    table: 'assets',
    creates: false,
    columns: () => ['asset_type'],
    statement: ({ asset_type, expect }, ids) =>
      setStatement('assets', ids, { set: { asset_type }, expect: { asset_type: expect } }),
    inverse: (args, former, ids) => ({
      name: 'assets.retype',
      args: { ids, ...(former as Pick<typeof args, 'asset_type'>), expect: args.asset_type },
    }),
  },
  'assets.set_camera': {
    table: 'assets',
    creates: false,
    columns: () => ['camera'],
    statement: ({ camera, expect }, ids) =>
      setStatement('assets', ids, { set: { camera }, expect: { camera: expect } }),
    inverse: (args, former, ids) => ({
      name: 'assets.set_camera',
      args: { ids, ...(former as Pick<typeof args, 'camera'>), expect: args.camera },
    }),
  },
  'assets.move': {
    table: 'assets',
    creates: false,
    columns: () => ['subject_id'],
    statement: ({ subject_id, expect }, ids) =>
      setStatement('assets', ids, {
        set: { subject_id },
        expect: { subject_id: expect },
        when: (parameter) => `(${parameter('subject_id')} IS NULL OR EXISTS (
          SELECT FROM subjects
          WHERE subjects.id = ${parameter('subject_id')} AND subjects.project_id = row.project_id
        ))`,
      }),
    inverse: (args, former, ids) => ({
      name: 'assets.move',
      args: { ids, ...(former as Pick<typeof args, 'subject_id'>), expect: args.subject_id },
    }),
  },
  'assets.pick_up': pickUp('assets'),
  'assets.delete': remove('assets'),
  'assets.restore': restore('assets'),
  'projects.create': create('projects'),
  'projects.edit': edit('projects'),
  'projects.delete': remove('projects'),
  'projects.restore': restore('projects'),
  'subjects.create': create('subjects'),
  'subjects.edit': edit('subjects'),
  'subjects.delete': remove('subjects'),
  'subjects.restore': restore('subjects'),
  'packages.create': create('packages'),
  'packages.edit': edit('packages'),
  'packages.pick_up': pickUp('packages'),
  'packages.delete': remove('packages'),
  'packages.restore': restore('packages'),
  'runs.create': {
    table: 'runs',
    creates: true,
    columns: () => null,
    statement: ({ set }, ids) => createStatement('runs', ids, set),
    inverse: (_args, _former, ids) => ({ name: 'runs.hold', args: { ids, held: 'cancelled' } }),
  },
  'runs.hold': {
    table: 'runs',
    creates: false,
    columns: () => ['held'],
    statement: ({ held, expect }, ids) =>
      setStatement('runs', ids, {
        set: { held },
        expect: { held: expect },
        // A run that has ended can be neither held nor resumed.
        when: () => "row.status NOT IN ('done', 'failed', 'cancelled')",
      }),
    inverse: (args, former, ids) => ({
      name: 'runs.hold',
      args: { ids, ...(former as Pick<typeof args, 'held'>), expect: args.held },
    }),
  },
  'incoming.edit': {
    table: 'incoming',
    creates: false,
    columns: (args) => Object.keys(args.set),
    statement: (args, ids) => setStatement('incoming', ids, { set: args.set, expect: args.expect }),
    inverse: (args, former, ids) => call('incoming.edit', { ids, set: former ?? {}, expect: args.set }),
  },
  'incoming.decide': {
    table: 'incoming',
    creates: false,
    columns: () => ['decision'],
    statement: ({ decision, expect }, ids) =>
      setStatement('incoming', ids, {
        set: { decision },
        expect: { decision: expect },
        // A folder that already became a package can no longer be decided on.
        when: () => 'row.package_id IS NULL',
      }),
    inverse: (args, former, ids) => ({
      name: 'incoming.decide',
      args: { ids, ...(former as Pick<typeof args, 'decision'>), expect: args.decision },
    }),
  },
  'saved_filters.create': create('saved_filters'),
  'saved_filters.edit': edit('saved_filters'),
  'saved_filters.delete': remove('saved_filters'),
  'saved_filters.restore': restore('saved_filters'),
  'corrections.create': create('corrections'),
  'corrections.edit': edit('corrections'),
  'corrections.delete': remove('corrections'),
  'corrections.restore': restore('corrections'),
};

/** Returns the mutator for a name that is known only at run time. */
export function mutatorOf(name: MutationName): Mutator<MutationName> {
  return mutators[name] as unknown as Mutator<MutationName>;
}

function create<Table extends EntityTable>(table: Table): Mutator<`${Table}.create`> {
  return {
    table,
    creates: true,
    columns: () => null,
    statement: ({ set }, ids) => createStatement(table, ids, set),
    inverse: (_args, _former, ids) => call(`${table}.delete`, { ids }),
  };
}

function edit<Table extends EntityTable>(table: Table): Mutator<`${Table}.edit`> {
  return {
    table,
    creates: false,
    columns: (args) => Object.keys(args.set),
    statement: (args, ids) => setStatement(table, ids, { set: args.set, expect: args.expect }),
    inverse: (args, former, ids) => call(`${table}.edit`, { ids, set: former ?? {}, expect: args.set }),
  };
}

function pickUp<Table extends 'assets' | 'packages'>(table: Table): Mutator<`${Table}.pick_up`> {
  return {
    table,
    creates: false,
    columns: () => ['picked_up_at', 'picked_up_by'],
    statement: ({ picked_up, expect }, ids) => stampStatement(table, ids, 'picked_up', picked_up, expect !== undefined),
    // Undoing a hand-back needs no `expect`: a row that someone else has picked up since is skipped anyway.
    inverse: ({ picked_up }, _former, ids) =>
      call(`${table}.pick_up`, {
        ids,
        picked_up: !picked_up,
        ...(picked_up && { expect: { picked_up_by: 'sender' } }),
      }),
  };
}

function remove<Table extends 'assets' | EntityTable>(table: Table): Mutator<`${Table}.delete`> {
  return {
    table,
    creates: false,
    columns: () => ['deleted_at', 'deleted_by'],
    statement: (_args, ids) => stampStatement(table, ids, 'deleted', true),
    inverse: (_args, _former, ids) => call(`${table}.restore`, { ids }),
  };
}

function restore<Table extends 'assets' | EntityTable>(table: Table): Mutator<`${Table}.restore`> {
  return {
    table,
    creates: false,
    columns: () => ['deleted_at', 'deleted_by'],
    statement: (_args, ids) => stampStatement(table, ids, 'deleted', false),
    inverse: (_args, _former, ids) => call(`${table}.delete`, { ids }),
  };
}

/** Names built from tables are mutation names, which TypeScript cannot infer through a generic. */
function call(name: `${MutableTable}.${string}`, args: unknown): MutationCall {
  return { name, args } as { name: MutationName; args: MutationArgs<MutationName> } as MutationCall;
}
