/** The steps that a client, the server and the writers beside them can take. */
import { setTimeout as delay } from 'node:timers/promises';
import type { SeededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { ClientGoneError } from './client.ts';
import { type WatchedTable, watchedTables } from './library-state.ts';
import type { OutsideWriteName } from './outside-writer.ts';
import { randomMutation } from './random-mutation.ts';
import type { Person, World } from './world.ts';

export interface PersonStep {
  readonly name: string;
  /** How often the step happens in one round. */
  readonly times: number;
  /** Set on two steps that alternate: each happens in every other round. */
  readonly turn?: 0 | 1;
  /** @returns false when the step had nothing to act on. */
  run(world: World, person: Person, random: SeededRandom): Promise<boolean>;
}

const PAUSE_MS = 150;
const MOST_UNDOS = 4;
/** Milliseconds within which a client is killed after it has begun a gesture. */
const KILL_MS = 40;

async function mutate(world: World, { client, gestures }: Person, random: SeededRandom): Promise<boolean> {
  const mutation = randomMutation(random, world.rows.of(client.name, random));
  await gestures.mutate(client, [mutation]);
  const [table = '', verb] = mutation.name.split('.');
  const [id] = mutation.args.ids;
  if (verb === 'create' && isWatched(table) && id !== undefined) world.rows.add(table, id, client.name);
  return true;
}

export const PERSON_STEPS: readonly PersonStep[] = [
  { name: 'a mutation', times: 18, run: mutate },
  {
    name: 'a step of two mutations',
    times: 1,
    async run(world, { client, gestures }, random) {
      const rows = world.rows.of(client.name, random);
      await gestures.mutate(client, [
        randomMutation(random, rows, 'assets.tag'),
        randomMutation(random, rows, 'assets.review'),
      ]);
      return true;
    },
  },
  {
    name: 'undo',
    times: 4,
    async run(_, { client, gestures }, random) {
      // Older gestures are more likely to conflict with changes by others.
      for (let more = random.whole(1, MOST_UNDOS); more > 1; more--) await gestures.undo(client);
      return gestures.undo(client);
    },
  },
  {
    name: 'undo and redo',
    times: 3,
    async run(_, { client, gestures }, random) {
      let undone = 0;
      for (let more = random.whole(1, MOST_UNDOS); more > 0; more--) if (await gestures.undo(client)) undone++;
      await delay(random.whole(0, PAUSE_MS));
      for (let more = undone; more > 0; more--) await gestures.redo(client);
      return undone > 0;
    },
  },
  {
    name: 'the network drops or recovers',
    times: 3,
    async run(_, { client }) {
      client.relay.online = !client.relay.online;
      if (client.relay.online) await client.call('wake', null);
      return true;
    },
  },
  {
    name: 'the answer to mutations is lost',
    times: 2,
    async run(_, { client }) {
      client.relay.losesAnswers++;
      return true;
    },
  },
  {
    name: 'the answer of a shape is cut off',
    times: 2,
    async run(_, { client }) {
      client.relay.breaksAnswers++;
      return true;
    },
  },
  {
    name: 'a pause',
    times: 3,
    async run(_world, _person, random) {
      await delay(random.whole(0, PAUSE_MS));
      return true;
    },
  },
  {
    name: 'a reload',
    times: 1,
    turn: 0,
    async run(_, { client }) {
      await client.reload();
      return true;
    },
  },
  {
    name: 'the client is killed',
    times: 1,
    turn: 1,
    async run(world, person, random) {
      const { client, gestures } = person;
      const doing = random.next() < 0.7 ? mutate(world, person, random) : gestures.undo(client);
      const done = doing.catch((error: unknown) => {
        if (!(error instanceof ClientGoneError)) throw error;
      });
      await delay(random.whole(0, KILL_MS));
      await client.kill();
      await done;
      await client.restart();
      return true;
    },
  },
  { name: 'a retry', times: 1, run: (_, { client, gestures }, random) => gestures.retry(client, random) },
  { name: 'a discard', times: 1, run: (_, { client, gestures }, random) => gestures.discard(client, random) },
  {
    name: 'a package is opened',
    times: 1,
    async run(world, { client, gestures }, random) {
      const packages = world.rows.of(client.name, random).certain('packages');
      if (packages.length > 0) await gestures.openPackage(client, random.pick(packages));
      return packages.length > 0;
    },
  },
  {
    name: 'lists are asked',
    times: 4,
    run: async (_, { client, gestures }, random) => (await gestures.askLists(client, random, 2)) > 0,
  },
];

export interface ServerStep {
  readonly name: string;
  run(world: World): Promise<void>;
}

export const SERVER_STEPS: readonly ServerStep[] = [
  { name: 'the server is killed', run: ({ server }) => server.restart('SIGKILL') },
  {
    name: 'the server forgets its shapes',
    run: ({ server }) => server.restart('SIGKILL', () => server.forgetShapes()),
  },
  { name: 'the server is restarted', run: ({ server }) => server.restart('SIGTERM') },
];

export const OUTSIDE_STEPS: readonly OutsideWriteName[] = [
  'assets are probed',
  'assets are registered',
  'assets are missing',
  'files are renamed',
  'a run advances',
  'folders are found',
  'a folder becomes a package',
  'assets are tagged by their folder',
  'a package has subjects',
  'a project is added',
  'a project is removed',
  'deleted rows are purged',
  'deleted rows are purged',
];

function isWatched(table: string): table is WatchedTable {
  return (watchedTables as readonly string[]).includes(table);
}
