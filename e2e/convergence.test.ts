import { expect, test } from 'vitest';
import { converge } from './src/convergence/converge.ts';
import { OUTSIDE_STEPS, PERSON_STEPS } from './src/convergence/steps.ts';

const SEED = 20_261_122;
/** The round that reaches this is completed: one round. */
const STEPS = 1;
/** Milliseconds; the test takes half a minute on an otherwise idle machine. */
const PATIENCE_MS = 10 * 60_000;

test(
  `converge: brings three clients and their server to the same state without loss after one round of accidents (seed ${SEED})`,
  async () => {
    const { events, steps, applied, rejected, looks, lists } = await converge({ seed: SEED, steps: STEPS });
    // Nothing has been rejected yet that a person could retry or discard.
    const expected = PERSON_STEPS.map(({ name }) => name).filter((name) => name !== 'a retry' && name !== 'a discard');
    expect([...events.keys()]).toEqual(expect.arrayContaining([...expected, 'the server is killed', ...OUTSIDE_STEPS]));
    expect(applied).toBeGreaterThan(steps / 4);
    expect(rejected).toBeGreaterThan(0);
    expect(looks).toBeGreaterThan(steps);
    expect(lists).toBeGreaterThan(0);
  },
  PATIENCE_MS,
);
