/** Tests of journeys in Chromium, on one product for all of them. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ChromiumDriver } from './chromium-driver.ts';
import type { Journey } from './journeys.ts';
import { travel } from './travel.ts';
import { makeWorld, type World } from './world.ts';

/** Declares one test for each journey; it also fails when the page's content security policy has blocked anything. */
export function testInChromium(journeys: readonly Journey[]): void {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(ChromiumDriver.start);
  });
  afterEach(async () => {
    expect(await world.driver.forbidden()).toEqual([]);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test.each(journeys)('in Chromium a person can $name', (journey) => travel(world, journey));
}
