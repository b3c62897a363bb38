import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ChromiumDriver } from './src/journeys/chromium-driver.ts';
import { journeys } from './src/journeys/journeys.ts';
import { travel } from './src/journeys/travel.ts';
import { makeWorld, type World } from './src/journeys/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld(ChromiumDriver.start);
});
afterEach(async () => {
  expect(await world.driver.forbidden()).toEqual([]);
});
afterAll(() => world[Symbol.asyncDispose]());

test.each(journeys)('in Chromium a person can $name', (journey) => travel(world, journey));
