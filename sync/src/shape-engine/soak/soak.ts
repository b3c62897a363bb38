/** The whole soak: a world, and rounds in it. */
import { runRound } from './round.ts';
import { World } from './world.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly rounds: number;
  /** One event after another, one for each round, happens for certain; the rest at random, as ever. */
  readonly inTurn?: boolean;
  /** Ends it after the present round. */
  readonly signal?: AbortSignal;
  /** Told after each round. */
  readonly onRound?: (done: SoakTotals) => void;
}

export interface SoakTotals {
  readonly rounds: number;
  readonly transactions: number;
  /** States of readers that were held against the oracle. */
  readonly observations: number;
  /** How often each thing happened. */
  readonly events: ReadonlyMap<string, number>;
}

const REMEMBERED_EVENTS = 15;

/** @throws Error with the first thing that is wrong, the seed that repeats its round, and what happened before. */
export async function soak({ seed, rounds, inTurn = false, signal, onRound }: SoakOptions): Promise<SoakTotals> {
  const events = new Map<string, number>();
  const last: string[] = [];
  let totals: SoakTotals = { rounds: 0, transactions: 0, observations: 0, events };
  await using world = await World.create();
  for (let round = 0; round < rounds && !signal?.aborted; round++) {
    const onEvent = (text: string) => {
      const [name = text] = text.split(': ', 1);
      events.set(name, (events.get(name) ?? 0) + 1);
      last.push(`round ${round}: ${text}`);
      if (last.length > REMEMBERED_EVENTS) last.shift();
    };
    try {
      const { transactions, observations } = await runRound(world, { seed, round, inTurn, onEvent });
      totals = {
        rounds: round + 1,
        transactions: totals.transactions + transactions,
        observations: totals.observations + observations,
        events,
      };
    } catch (error) {
      const text = [
        `Round ${round} failed: ${(error as Error).message}`,
        `Again, this round first: npm run test:soak -- --seed ${seed + round}`,
        `What happened last:\n  ${last.join('\n  ')}`,
        ...(world.engine.words ? [`What the engine said last:\n${world.engine.words}`] : []),
      ].join('\n');
      throw new Error(text, { cause: error });
    }
    onRound?.(totals);
  }
  return totals;
}
