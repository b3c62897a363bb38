/** Generates random mutations of every kind that make clients conflict: few rows, few names. */
import type { SeededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import type { PlacementEntry } from '@ingesthub/schema/library/placements.ts';
import type { RunOptions } from '@ingesthub/schema/library/run-options.ts';
import {
  assetType,
  incomingDecision,
  packageType,
  reviewStatus,
  runHold,
} from '@ingesthub/schema/library/vocabulary.ts';
import {
  type Mutation,
  type MutationCall,
  type MutationName,
  mutationArgs,
} from '@ingesthub/schema/mutations/mutations.ts';
import { v7 as uuid } from 'uuid';
import type { KnownRows } from './known-rows.ts';
import type { WatchedTable } from './library-state.ts';

const NAMES = ['Aurora', 'aurora', 'Borealis', 'Cirrus', 'Dune', 'Ember', 'Fjord'];
const TAGS = ['hero', 'æther', 'reject "1"', 'x,y', 'NULL'];
const FOLDERS = ['/mnt/a', '/mnt/b', '/mnt/c', '/mnt/d'];
const MOST_ROWS = 4;
const names = Object.keys(mutationArgs) as MutationName[];
/** Weighted like real use: most mutations change assets, and few create rows. */
const drawn = names.flatMap((name) => Array<MutationName>(weight(name)).fill(name));

function weight(name: MutationName): number {
  if (name === 'assets.tag' || name === 'assets.review') return 5;
  if (name.endsWith('.create') || name === 'projects.delete') return 1;
  return name.endsWith('.restore') ? 3 : 2;
}

let texts = 0;
/** Returns a text that has not been used before, or sometimes null. */
const freshText = (random: SeededRandom) => (random.next() < 0.1 ? null : `text ${++texts} "æ" \\ 'x'\n`);

export function randomMutation(random: SeededRandom, rows: KnownRows, name = random.pick(drawn)): Mutation {
  return { id: uuid(), ...randomCall(random, rows, name) } as Mutation;
}

function randomCall(random: SeededRandom, rows: KnownRows, name: MutationName): MutationCall {
  const [table, verb] = name.split('.') as [WatchedTable, string];
  const sometimes = <T>(value: T) => (random.next() < 0.2 ? { expect: value } : {});
  const ids = () => severalOf(random, rows.ids(table));
  const call = (args: object) => ({ name, args }) as MutationCall;
  switch (name) {
    case 'assets.tag': {
      const tags = severalOf(random, TAGS);
      const added = random.whole(0, tags.length);
      return call({
        ids: random.next() < 0.1 ? rows.ids('assets') : ids(),
        add: tags.slice(0, added),
        remove: tags.slice(added),
      });
    }
    case 'assets.review':
      return call({
        ids: ids(),
        review_status: random.pick(reviewStatus.options),
        ...sometimes(random.pick(reviewStatus.options)),
      });
    case 'assets.retype':
      return call({
        ids: ids(),
        asset_type: random.pick(assetType.options),
        ...sometimes(random.pick(assetType.options)),
      });
    case 'assets.set_camera': {
      const cameras = [null, 'cam_a', 'cam_b'];
      return call({ ids: ids(), camera: random.pick(cameras), ...sometimes(random.pick(cameras)) });
    }
    case 'assets.move':
      return call({ ids: ids(), subject_id: random.pick([null, ...rows.certain('subjects')]) });
    case 'runs.hold': {
      const holds = [...runHold.options, null];
      return call({ ids: ids(), held: random.pick(holds), ...sometimes(random.pick(holds)) });
    }
    case 'incoming.decide': {
      const decisions = [...incomingDecision.options, null];
      return call({ ids: ids(), decision: random.pick(decisions), ...sometimes(random.pick(decisions)) });
    }
  }
  if (verb === 'pick_up') return call({ ids: ids(), picked_up: random.next() < 0.6 });
  if (verb === 'delete' || verb === 'restore') return call({ ids: ids().slice(0, 2) });
  if (verb === 'create') return call({ ids: [uuid()], set: newRow(random, rows, table) });
  if (verb !== 'edit') throw new TypeError(`Teach randomCall and intentOf the mutation ${name}.`);
  return call({
    // Giving two rows the same name always fails.
    ids: ids().slice(0, random.next() < 0.2 ? 2 : 1),
    set: randomFields(random, rows, table),
    ...sometimes({ name: random.pick(NAMES) }),
  });
}

function newRow(random: SeededRandom, rows: KnownRows, table: WatchedTable): object {
  const name = randomName(random);
  const address = `/search?q=${++texts}`;
  switch (table) {
    case 'projects':
      return { name, type: random.pick(packageType.options), notes: freshText(random) };
    case 'subjects':
      return { name, project_id: random.pick(rows.ids('projects')), tags: severalOf(random, TAGS) };
    case 'packages':
      return {
        name,
        type: random.pick(packageType.options),
        project_id: random.pick(rows.ids('projects')),
        source_path: random.next() < 0.5 ? random.pick(FOLDERS) : `/mnt/${++texts}`,
      };
    case 'runs':
      return {
        project_id: random.pick(rows.ids('projects')),
        package_id: random.pick(rows.ids('packages')),
        options: randomOptions(random),
      };
    case 'corrections':
      return { kind: 'person', name, value: randomName(random), project_id: projectOrNone(random, rows) };
    default:
      return { name, address };
  }
}

/** Generates values for at least one of the fields that an edit may set. */
function randomFields(random: SeededRandom, rows: KnownRows, table: WatchedTable): object {
  const note = () => freshText(random);
  const tags = () => severalOf(random, TAGS);
  const name = () => randomName(random);
  const makers: Record<string, () => unknown> = {
    projects: { name, client: note, notes: note, tags },
    subjects: { name, dataset_directory: note, notes: note, tags },
    packages: {
      name,
      type: () => random.pick(packageType.options),
      description: note,
      tags,
      subject_id: () => (random.next() < 0.2 ? null : random.pick(rows.ids('subjects'))),
    },
    corrections: { name, value: name, project_id: () => projectOrNone(random, rows) },
    saved_filters: { name, address: () => `/search?q=${++texts}` },
    incoming: {
      name,
      type: () => random.pick([...packageType.options, null]),
      placements: () => random.pick([null, [], [randomPlacement(random)]]),
      description: note,
      tags,
      options: () => randomOptions(random),
      project_id: () => projectOrNone(random, rows),
    },
    runs: {},
    assets: {},
  }[table];
  return Object.fromEntries(severalOf(random, Object.keys(makers)).map((field) => [field, makers[field]?.()]));
}

function projectOrNone(random: SeededRandom, rows: KnownRows): string | null {
  return random.next() < 0.2 ? null : random.pick(rows.ids('projects'));
}

function randomOptions(random: SeededRandom): RunOptions | null {
  return random.pick([null, {}, { force: true, below: `day ${++texts}` }]);
}

function randomPlacement(random: SeededRandom): PlacementEntry {
  const subject = random.pick(NAMES);
  return { path: `${++texts}/`, subject, camera: 'A_CAM', asset_type: random.pick(assetType.options), files: 3 };
}

function randomName(random: SeededRandom): string {
  return random.next() < 0.3 ? random.pick(NAMES) : `Name ${++texts}`;
}

/** Picks at least one distinct element, favouring the first ones, so that clients choose the same. */
function severalOf<T>(random: SeededRandom, list: readonly T[]): T[] {
  const pick = () => random.pick(list.slice(0, 1 + Math.floor(list.length * random.next() ** 2)));
  return [...new Set(Array.from({ length: random.whole(1, MOST_ROWS) }, pick))];
}
