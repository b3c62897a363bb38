import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { FirefoxDriver } from './src/journeys/firefox-driver.ts';
import { journeys } from './src/journeys/journeys.ts';
import { travel } from './src/journeys/travel.ts';
import { makeWorld, type World } from './src/journeys/world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld(FirefoxDriver.start);
});
afterEach(async () => {
  expect(await world.driver.forbidden()).toEqual([]);
});
afterAll(() => world[Symbol.asyncDispose]());

test.each(journeys)('in Firefox a person can $name', (journey) => travel(world, journey));
