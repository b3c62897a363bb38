import { defineConfig } from 'vitest/config';

/**
 * unit: a second or so each; `npm run check` runs these.
 * integration: whole parts with real processes and media; ten seconds and more; two at a time, which wait for much of theirs.
 * long: outages, kills, and every kind of odd and damaged media; many minutes, and not part of `npm test`.
 * e2e: the product, and pages of it, in Chromium; two at a time, which wait for most of theirs.
 */
const packages = '{schema,sync,ingestor,web,launch,fixtures}';

const inNode = {
  // In Node, Solid would be its server build, where nothing is reactive.
  ssr: { resolve: { conditions: ['browser', 'module', 'node'] } },
};
// A test waits for what comes, not for how long it takes: of that the benchmarks speak.
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
          // No test leaves anything behind in its process, so each of the two runs one file after the other: half the time.
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
          include: [`${packages}/**/*.long.test.ts`],
          exclude: ['**/node_modules/**'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
      {
        test: {
          environment: 'node',
          expect: patient,
          name: 'e2e',
          globalSetup: test.globalSetup,
          include: ['e2e/**/*.test.ts', 'web/**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
