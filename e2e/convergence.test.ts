import { expect, test } from 'vitest';
import { converge } from './src/convergence/converge.ts';
import { OUTSIDE_STEPS, PERSON_STEPS, SERVER_STEPS } from './src/convergence/steps.ts';

const SEED = 20_261_122;
const STEPS = 160;
/** Milliseconds; it takes less than one minute where it has the machine for itself. */
const PATIENCE_MS = 10 * 60_000;

test(
  `converge: whatever happens to three clients and their server, all come to the same, and nothing is lost (seed ${SEED})`,
  async () => {
    const { events, applied, rejected, looks, leftAlone } = await converge({ seed: SEED, steps: STEPS });
    const expected = [...PERSON_STEPS, ...SERVER_STEPS].map(({ name }) => name);
    expect([...events.keys()]).toEqual(expect.arrayContaining([...expected, ...OUTSIDE_STEPS]));
    expect(applied).toBeGreaterThan(STEPS / 4);
    expect(rejected).toBeGreaterThan(0);
    expect(leftAlone).toBeGreaterThan(0);
    expect(looks).toBeGreaterThan(STEPS);
  },
  PATIENCE_MS,
);
