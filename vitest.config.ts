import { defineConfig } from 'vitest/config';

const node = { environment: 'node', testTimeout: 30_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        // In Node, Solid would be its server build, where nothing is reactive.
        ssr: { resolve: { conditions: ['browser', 'module', 'node'] } },
        test: {
          ...node,
          name: 'unit',
          server: { deps: { inline: [/solid-js/] } },
          include: ['{schema,sync,ingestor,web,launch,fixtures}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/*.browser.test.ts'],
          globalSetup: ['launch/src/vitest-postgres.ts'],
        },
      },
      {
        test: {
          ...node,
          name: 'e2e',
          include: ['e2e/**/*.test.ts', 'web/**/*.browser.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
