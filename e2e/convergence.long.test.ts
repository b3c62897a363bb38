import { expect, test } from 'vitest';
import { converge } from './src/convergence/converge.ts';
import { OUTSIDE_STEPS, PERSON_STEPS, SERVER_STEPS } from './src/convergence/steps.ts';

const SEED = 20_261_122;
const STEPS = 160;
/** Milliseconds; the test takes less than a minute on an otherwise idle machine. */
const PATIENCE_MS = 10 * 60_000;

test(
  `converge: brings three clients and their server to the same state without loss, whatever happens (seed ${SEED})`,
  async () => {
    const { events, applied, rejected, looks, leftAlone, lists } = await converge({ seed: SEED, steps: STEPS });
    const expected = [...PERSON_STEPS, ...SERVER_STEPS].map(({ name }) => name);
    expect([...events.keys()]).toEqual(expect.arrayContaining([...expected, ...OUTSIDE_STEPS]));
    expect(applied).toBeGreaterThan(STEPS / 4);
    expect(rejected).toBeGreaterThan(0);
    expect(leftAlone).toBeGreaterThan(0);
    expect(looks).toBeGreaterThan(STEPS);
    expect(lists).toBeGreaterThan(STEPS / 2);
  },
  PATIENCE_MS,
);
