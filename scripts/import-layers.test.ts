import { expect, test } from 'vitest';
import { findViolations, type Imports } from './import-layers.ts';

const rooms = { 'a/src': ['low', 'high', '.'] };
const packages = { a: ['b'], b: [] };

test.each<[string, Record<string, string[]>, string[]]>([
  ['a room imports a room below it', { 'a/src/high/x.ts': ['a/src/low/y.ts'], 'a/src/low/y.ts': [] }, []],
  [
    'a room imports a room above it',
    { 'a/src/low/x.ts': ['a/src/high/y.ts'], 'a/src/high/y.ts': [] },
    ['a/src/low/x.ts imports a/src/high/y.ts: in a/src, low is below high.'],
  ],
  [
    'a room imports a file that lies directly in the parent',
    { 'a/src/high/x.ts': ['a/src/main.ts'], 'a/src/main.ts': [] },
    ['a/src/high/x.ts imports a/src/main.ts: in a/src, high is below ..'],
  ],
  [
    'a room is in no layer',
    { 'a/src/new/x.ts': ['a/src/low/y.ts'], 'a/src/low/y.ts': [] },
    ['a/src/new is in no layer: add it to scripts/import-layers.ts.'],
  ],
  [
    'a package imports a package that it may not',
    { 'b/src/x.ts': ['a/src/low/y.ts'], 'a/src/low/y.ts': [] },
    ['b/src/x.ts imports a/src/low/y.ts: b may import no package.'],
  ],
  [
    'three folders form a cycle',
    { 'c/one/x.ts': ['c/two/x.ts'], 'c/two/x.ts': ['c/three/x.ts'], 'c/three/x.ts': ['c/one/y.ts'] },
    ['Folders import each other in a cycle: c/one, c/three, c/two.'],
  ],
])('findViolations reports when %s', (_name, imports, expected) => {
  const graph: Imports = new Map(Object.entries(imports));
  expect(findViolations(graph, rooms, packages)).toEqual(expected);
});
