import { expect, test } from 'vitest';
import { EVENTS } from './events.ts';
import { soak } from './soak.ts';

const SEED = 20_261_122;

test(`soak: readers match the table at every up-to-date, whatever breaks meanwhile (seed ${SEED})`, async () => {
  const { events, observations } = await soak({ seed: SEED, rounds: EVENTS.length + 3, inTurn: true });
  expect([...events.keys()].toSorted()).toEqual(EVENTS.map(({ name }) => name).toSorted());
  expect(observations).toBeGreaterThan(400);
});
