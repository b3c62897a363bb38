import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { environment as ingestorVariables } from '../ingestor/src/settings/config.ts';
import { environment as launchVariables } from '../launch/src/config.ts';
import { createApp } from '../sync/src/app.ts';
import { environment as serverVariables } from '../sync/src/settings/config.ts';

const configuration = readTables('docs/configuration.md', '\n## Development');
const shapes = [launchVariables.shape, serverVariables.shape, ingestorVariables.shape];

test('docs/configuration.md lists every variable that a process reads, and no other', () => {
  const variables = new Set(shapes.flatMap((shape) => Object.keys(shape)));
  expect(configuration.map(([name]) => name).sort()).toEqual([...variables].sort());
});

test('docs/configuration.md states the default of every variable that has one', () => {
  const stated = new Map(configuration.map(([name = '', value = '']) => [name, value]));
  for (const shape of shapes) {
    for (const [name, schema] of Object.entries(shape)) {
      const parsed = schema.safeParse(undefined);
      const value = parsed.success ? parsed.data : undefined;
      if (value !== undefined && value !== '') expect(stated.get(name), name).toBe(String(value));
    }
  }
});

test('docs/http.md lists every route of the server, and no other', () => {
  const { routes } = createApp({
    sql: Object.assign(() => Promise.resolve([]), {}) as never,
    source: {} as never,
    wantedImages: {} as never,
    log: {} as never,
    config: {
      databaseFolder: null,
      derivativeFolder: tmpdir(),
      mediaRoots: [],
      minFree: 0,
      preparedFolder: '',
      replicaImageFolder: tmpdir(),
      version: '0',
      webFolder: tmpdir(),
    },
    signal: AbortSignal.abort(),
  });
  const served = routes.filter(({ method, path }) => method !== 'ALL' && /^\/(api|media)\//.test(path));
  const documented = readTables('docs/http.md').map(([method, path]) => `${method} ${path}`);
  expect(documented.sort()).toEqual([...new Set(served.map(({ method, path }) => `${method} ${path}`))].sort());
});

/** Reads the cells of all tables of a page, code marks taken off; headers and what follows `end` are left out. */
function readTables(page: string, end = '\0'): string[][] {
  const [text = ''] = readFileSync(new URL(`../${page}`, import.meta.url), 'utf8').split(end);
  return text
    .split('\n')
    .filter((line) => /^\| (`|[A-Z]+ \| `)/.test(line))
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
    );
}
