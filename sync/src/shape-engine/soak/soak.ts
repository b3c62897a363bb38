/** The whole soak: a world and the rounds in it. */
import { runRound } from './round.ts';
import { World } from './world.ts';

export interface SoakOptions {
  readonly seed: number;
  readonly rounds: number;
  /** Makes one event per round happen for certain, in turn; the others stay random. */
  readonly inTurn?: boolean;
  /** Ends the soak after the current round. */
  readonly signal?: AbortSignal;
  /** Called after each round. */
  readonly onRound?: (done: SoakTotals) => void;
}

export interface SoakTotals {
  readonly rounds: number;
  readonly transactions: number;
  /** Number of reader states compared with the oracle. */
  readonly observations: number;
  /** Number of occurrences of each event. */
  readonly events: ReadonlyMap<string, number>;
}

const REMEMBERED_EVENTS = 15;

/** @throws Error with the first mistake, the seed that repeats its round, and the events before it. */
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
        `To repeat from this round: npm run test:soak -- --seed ${seed + round}`,
        `Last events:\n  ${last.join('\n  ')}`,
        ...(world.engine.words ? [`Last output of the engine:\n${world.engine.words}`] : []),
      ].join('\n');
      throw new Error(text, { cause: error });
    }
    onRound?.(totals);
  }
  return totals;
}
