/** Runs the convergence test: in each round all clients act concurrently, then the world comes to rest. */
import { setTimeout as delay } from 'node:timers/promises';
import { type SeededRandom, seededRandom } from '@ingesthub/fixtures/seeded-random.ts';
import { comeToRest, type RestFigures } from './come-to-rest.ts';
import { writeOutside } from './outside-writer.ts';
import { OUTSIDE_STEPS, PERSON_STEPS, type PersonStep, SERVER_STEPS } from './steps.ts';
import { type Person, World } from './world.ts';

export interface ConvergeOptions {
  readonly seed: number;
  /** The number of client steps; the round that reaches it is completed. */
  readonly steps: number;
  /** Stops the test after the current round. */
  readonly signal?: AbortSignal;
  /** Called after each round. */
  readonly onRound?: (done: Convergence) => void;
}

export interface Convergence extends RestFigures {
  readonly rounds: number;
  /** The number of client steps done. */
  readonly steps: number;
  /** How often each event happened, by its name. */
  readonly events: ReadonlyMap<string, number>;
}

/** Milliseconds over which server steps and outside writes are spread in a round. */
const ROUND_MS = 3000;

/** @throws Error with the first violations and the events of that round. */
export async function converge({ seed, steps, signal, onRound }: ConvergeOptions): Promise<Convergence> {
  const events = new Map<string, number>();
  let done: Convergence = { rounds: 0, steps: 0, applied: 0, rejected: 0, looks: 0, leftAlone: 0, lists: 0, events };
  await using world = await World.create(seed);
  await comeToRest(world, seededRandom(seed));
  for (; done.steps < steps && !signal?.aborted; onRound?.(done)) {
    const happened: string[] = [];
    const onEvent = (who: string, name: string) => {
      events.set(name, (events.get(name) ?? 0) + 1);
      happened.push(`${who}: ${name}`);
    };
    const numbers = seededRandom(seed * 1000 + done.rounds);
    const own = () => seededRandom(numbers.whole(0, 2 ** 31));
    try {
      const lanes = world.people.map((person, index) => {
        const steps = PERSON_STEPS.filter(({ turn }) => turn === undefined || turn === (done.rounds + index) % 2);
        return liveThrough(world, person, { steps, random: own(), onEvent });
      });
      const [stepsDone] = await Promise.all([
        Promise.all(lanes),
        disturb(world, done.rounds, own(), onEvent),
        writeBeside(world, own(), onEvent),
      ]);
      const figures = await comeToRest(world, own());
      done = {
        rounds: done.rounds + 1,
        steps: done.steps + stepsDone.reduce((sum, count) => sum + count, 0),
        applied: done.applied + figures.applied,
        rejected: done.rejected + figures.rejected,
        looks: done.looks + figures.looks,
        leftAlone: done.leftAlone + figures.leftAlone,
        lists: done.lists + figures.lists,
        events,
      };
    } catch (error) {
      const words = [world.server, ...world.people.map(({ client }) => client)].map((part) => part.words).join('');
      const text = `Round ${done.rounds} of seed ${seed}: ${(error as Error).message}\nWhat happened:\n  ${happened.join('\n  ')}\n${words}`;
      throw new Error(text, { cause: error });
    }
  }
  return done;
}

type OnEvent = (who: string, name: string) => void;

/** Runs a person's steps in random order, each as often as it defines. @returns the number of steps. */
async function liveThrough(
  world: World,
  person: Person,
  { steps, random, onEvent }: { steps: readonly PersonStep[]; random: SeededRandom; onEvent: OnEvent },
): Promise<number> {
  const inTurn = shuffled(
    random,
    steps.flatMap((step) => Array.from({ length: step.times }, () => step)),
  );
  for (const step of inTurn) {
    const ran = await step.run(world, person, random);
    onEvent(person.client.name, ran ? step.name : `${step.name}, without effect`);
  }
  return inTurn.length;
}

/** Runs two server steps in each round, one after the other. */
async function disturb(world: World, round: number, random: SeededRandom, onEvent: OnEvent): Promise<void> {
  for (const number of [2 * round, 2 * round + 1]) {
    const step = SERVER_STEPS[number % SERVER_STEPS.length];
    await delay(random.whole(0, ROUND_MS / 2));
    await step?.run(world);
    if (step) onEvent('server', step.name);
  }
}

async function writeBeside(world: World, random: SeededRandom, onEvent: OnEvent): Promise<void> {
  for (const name of shuffled(random, OUTSIDE_STEPS)) {
    await delay(random.whole(0, ROUND_MS / OUTSIDE_STEPS.length));
    await writeOutside(world.sql, random, name);
    onEvent('outside', name);
  }
}

function shuffled<T>(random: SeededRandom, list: readonly T[]): T[] {
  return list
    .map((one) => ({ one, at: random.next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ one }) => one);
}
