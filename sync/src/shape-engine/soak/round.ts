/** One round: a burst of writes and events, then rest and a comparison with the oracle. */
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
  /** Makes one event per round happen for certain, in turn. */
  readonly inTurn: boolean;
  /** Called after each event. */
  readonly onEvent: (text: string) => void;
}

/** @returns the number of committed transactions, and of reader states compared with them. */
export async function runRound(
  world: World,
  options: RoundOptions,
): Promise<{ transactions: number; observations: number }> {
  // Each part has its own random numbers, so that their order of execution changes nothing.
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
        return 'without effect';
      });
      options.onEvent(`${event.name}: ${what}`);
    };
    return [event.name, run()];
  });
}

/** @throws Error naming the parts that do not end. */
async function allOf(parts: readonly [name: string, Promise<void>][]): Promise<void> {
  const open = new Set<string>();
  const all = parts.map(async ([name, part]) => {
    open.add(name);
    await part;
    open.delete(name);
  });
  const stop = new AbortController();
  const patience = delay(PATIENCE_MS, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`these parts do not end: ${[...open].join(', ')}`);
  });
  try {
    await Promise.race([Promise.all(all), patience]);
  } finally {
    stop.abort();
    patience.catch(() => {});
  }
}

/** Waits until every reader is up to date with the last transaction. Removes readers whose client started over silently. */
async function settle(world: World, lsn: bigint, { onEvent }: RoundOptions): Promise<void> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  await Promise.all(
    [...world.readers].map(async (reader) => {
      const reached = await reader.reach(lsn, patience);
      if (reader.lost) {
        reader.stop();
        world.readers.delete(reader);
        onEvent(`the client mistook refetches for a loop: ${reader.name}`);
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
