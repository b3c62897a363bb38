/** Events beside the writing: readers come and go, and things break. */
import { setTimeout as delay } from 'node:timers/promises';
import { oneOf, type Random } from './random.ts';
import { Reader } from './reader.ts';
import { asNew, SHAPES } from './shapes.ts';
import type { World } from './world.ts';

/** Milliseconds during which events of one round may begin. */
export const BURST_MS = 150;
const MOST_READERS = 20;

export interface SoakEvent {
  readonly name: string;
  /** Average number of rounds per occurrence. */
  readonly every: number;
  /** @returns what the event did, in a word or two. */
  run(world: World, random: Random): Promise<string>;
}

function join(world: World, random: Random, given = oneOf(random, SHAPES)): string {
  world.joined++;
  const isNew = random(2) === 0;
  const liveSse = random(2) === 0;
  const name = `reader ${world.joined} (${given.name}${isNew ? ', new shape' : ''}, ${liveSse ? 'SSE' : 'long poll'})`;
  const shape = isNew ? asNew(given, world.joined) : given;
  world.readers.add(new Reader({ url: world.engine.url, name, shape, liveSse }));
  return name;
}

export const EVENTS: readonly SoakEvent[] = [
  {
    name: 'a reader joins',
    every: 2,
    run: async (world, random) => join(world, random),
  },
  {
    name: 'a reader leaves',
    every: 3,
    async run(world, random) {
      const reader = oneOf(random, [...world.readers]);
      reader.stop();
      world.readers.delete(reader);
      return reader.name;
    },
  },
  {
    name: 'a reader is away for a moment',
    every: 3,
    async run(world, random) {
      // SSE readers are excluded: when paused while waiting to reconnect, the client (1.5.28) continues with two request loops.
      const readers = [...world.readers].filter(({ liveSse }) => !liveSse);
      if (readers.length === 0) return 'none is there';
      const reader = oneOf(random, readers);
      reader.pause();
      await delay(50 + random(BURST_MS));
      reader.resume();
      return reader.name;
    },
  },
  {
    name: 'TRUNCATE',
    every: 15,
    async run(world, random) {
      const tables = oneOf(random, ['items', 'pairs', 'items, pairs']);
      await world.admin.unsafe(`TRUNCATE ${tables}`);
      return tables;
    },
  },
  {
    name: 'the engine is killed',
    every: 15,
    async run(world, random) {
      await world.engine.restart();
      if (random(4) > 0) return 'once';
      // A second kill during or just after startup.
      await delay(random(1200));
      await world.engine.restart();
      return 'and once more';
    },
  },
  {
    name: 'the replication slot is lost',
    every: 100,
    async run(world) {
      world.interrupted = true;
      const slots = world.admin`FROM pg_replication_slots WHERE plugin = 'pgoutput'`;
      await world.engine.restart(async () => {
        await world.admin`SELECT pg_terminate_backend(active_pid, 5000) ${slots} AND active_pid IS NOT NULL`;
        await world.admin`SELECT pg_drop_replication_slot(slot_name) ${slots}`;
      });
      return 'while the engine was dead';
    },
  },
  {
    name: 'the replication connection is cut',
    every: 12,
    async run(world) {
      const cut = await world.admin`
        SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE active_pid IS NOT NULL AND plugin = 'pgoutput'`;
      return `${cut.length} of them`;
    },
  },
  {
    name: 'all of the engine’s connections are cut',
    every: 40,
    async run(world) {
      const cut = await world.admin`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name LIKE 'ingesthub%' AND backend_type IN ('client backend', 'walsender')`;
      return `${cut.length} of them`;
    },
  },
  {
    name: 'Postgres is restarted',
    every: 60,
    async run(world, random) {
      const how = random(2) === 0 ? 'stop' : 'crash';
      await world.restartPostgres(how);
      return how;
    },
  },
];

/** Ensures at least one reader of each shape, and no more readers than the limit. */
export function fillUp(world: World, random: Random): void {
  const present = [...world.readers];
  for (const reader of present.slice(0, Math.max(0, present.length - MOST_READERS))) {
    reader.stop();
    world.readers.delete(reader);
  }
  for (const shape of SHAPES)
    if (![...world.readers].some((reader) => reader.shape.name === shape.name)) join(world, random, shape);
}
