/** One round: a burst of writing while things happen, then rest, and everything is held against the oracle. */
import { setTimeout as delay } from 'node:timers/promises';
import { BURST_MS, EVENTS, fillUp } from './events.ts';
import { type Random, randomNumbers } from './random.ts';
import { verify } from './verify.ts';
import type { World } from './world.ts';
import { expected, write, writeMarker } from './writers.ts';

const MOST_TRANSACTIONS = 4;
const PATIENCE_MS = 30_000;

export interface RoundOptions {
  readonly seed: number;
  readonly round: number;
  /** One event after another, one for each round, happens for certain. */
  readonly inTurn: boolean;
  /** Told when something has happened. */
  readonly onEvent: (text: string) => void;
}

/** @returns how many transactions were committed, and how many states of readers were held against them. */
export async function runRound(
  world: World,
  options: RoundOptions,
): Promise<{ transactions: number; observations: number }> {
  // Each has numbers of its own, so that the order in which they run changes nothing.
  const random = randomNumbers(options.seed + options.round);
  const own = () => randomNumbers(random(2 ** 31));
  world.interrupted = false;
  fillUp(world, own());
  const writing = world.writers.map((sql, index): [string, Promise<void>] => {
    const numbers = own();
    return [`writer ${index}`, write(sql, numbers, 1 + numbers(MOST_TRANSACTIONS))];
  });
  await allOf([...writing, ...happen(world, own, options)]);

  await world.engine.active();
  await writeMarker(world.admin, options.round);
  const transactions = await world.oracle.read();
  for (const { lsn, xid } of transactions) world.xids.set(lsn, xid);
  await settle(world, transactions.at(-1)?.lsn ?? 0n, options);
  const readers = [...world.readers];
  const observations = readers.reduce((sum, reader) => sum + reader.observations.length, 0);
  verify(world, transactions);
  return { transactions: transactions.length, observations };
}

function happen(world: World, own: () => Random, options: RoundOptions): [name: string, Promise<void>][] {
  return EVENTS.map((event, index) => {
    const random = own();
    const after = random(BURST_MS);
    const isTurn = options.inTurn && options.round % EVENTS.length === index;
    if (random(event.every) > 0 && !isTurn) return [event.name, Promise.resolve()];
    const run = async () => {
      await delay(after);
      const what = await event.run(world, random).catch((error: unknown) => {
        expected(error);
        return 'in vain';
      });
      options.onEvent(`${event.name}: ${what}`);
    };
    return [event.name, run()];
  });
}

/** @throws Error naming what does not come to an end. */
async function allOf(parts: readonly [name: string, Promise<void>][]): Promise<void> {
  const open = new Set<string>();
  const all = parts.map(async ([name, part]) => {
    open.add(name);
    await part;
    open.delete(name);
  });
  const stop = new AbortController();
  const patience = delay(PATIENCE_MS, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`these do not end: ${[...open].join(', ')}`);
  });
  try {
    await Promise.race([Promise.all(all), patience]);
  } finally {
    stop.abort();
    patience.catch(() => {});
  }
}

/** Waits until every reader is up to date with the last transaction. Readers that the client has lost leave. */
async function settle(world: World, lsn: bigint, { onEvent }: RoundOptions): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  await Promise.all(
    [...world.readers].map(async (reader) => {
      const reached = await reader.reach(lsn, patience);
      if (reader.lost) {
        reader.stop();
        world.readers.delete(reader);
        onEvent(`the client took refetches for a loop: ${reader.name}`);
        return;
      }
      const { problem, requests } = reader;
      const told = `its last requests:\n  ${requests.join('\n  ')}`;
      if (problem) throw new Error(`${reader.name}: ${problem.message}; ${told}`, { cause: problem });
      if (!reached)
        throw new Error(`${reader.name} is up to date with ${reader.lsn} and does not get to ${lsn}; ${told}`);
    }),
  );
}
