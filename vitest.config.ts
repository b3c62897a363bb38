import { defineConfig } from 'vitest/config';
import { PATIENCE } from './e2e/src/patience.ts';

/**
 * unit: about a second each; run by `npm run check`.
 * integration: whole parts with real processes and media; ten seconds or more; two at a time, since each mostly waits.
 * long: outages, kills, full disks, and every kind of odd and damaged media, some of it in Chromium; many minutes; not
 *   part of `npm test`.
 * firefox: the journeys in Firefox, which few machines have; not part of `npm test`.
 * e2e: the product and single pages in Chromium; two at a time, since each mostly waits.
 */
const FIREFOX = 'e2e/firefox.test.ts';
const packages = '{schema,sync,ingestor,web,launch,fixtures,scripts}';

const inNode = {
  // By default, Node resolves Solid's server build, in which nothing is reactive.
  ssr: { resolve: { conditions: ['browser', 'module', 'node'] } },
};
// Tests wait for conditions and do not assert timing; the benchmarks measure time.
const patient = { poll: { timeout: 60_000 } };
const test = {
  environment: 'node',
  expect: patient,
  testTimeout: 90_000,
  hookTimeout: 60_000,
  server: { deps: { inline: [/solid-js/] } },
  globalSetup: ['launch/src/vitest-postgres.ts'],
};

export default defineConfig({
  test: {
    projects: [
      {
        ...inNode,
        test: {
          ...test,
          name: 'unit',
          // No test leaves state in its process, so each worker runs all its files in one: half the time.
          isolate: false,
          maxWorkers: 2,
          include: [`${packages}/**/*.test.ts`],
          exclude: ['**/node_modules/**', '**/*.{integration,browser,long}.test.ts'],
        },
      },
      {
        ...inNode,
        test: {
          ...test,
          name: 'integration',
          include: [`${packages}/**/*.integration.test.ts`],
          exclude: ['**/node_modules/**'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        ...inNode,
        test: {
          ...test,
          name: 'long',
          include: [`${packages}/**/*.long.test.ts`, 'e2e/*.long.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 300_000 * PATIENCE,
          hookTimeout: 300_000 * PATIENCE,
        },
      },
      {
        test: {
          environment: 'node',
          expect: { poll: { timeout: 60_000 * PATIENCE } },
          name: 'e2e',
          globalSetup: test.globalSetup,
          include: ['e2e/**/*.test.ts', 'web/**/*.browser.test.ts'],
          exclude: ['**/node_modules/**', '**/*.long.test.ts', FIREFOX],
          testTimeout: 180_000 * PATIENCE,
          hookTimeout: 180_000 * PATIENCE,
          maxWorkers: 2,
        },
      },
      {
        test: {
          environment: 'node',
          name: 'firefox',
          globalSetup: test.globalSetup,
          include: [FIREFOX],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
