import { expect, test } from 'vitest';
import { formatShapeReference, parseShapeReference } from './shapes.ts';

const ID = '0198a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

test.each([
  { name: 'projects' },
  { name: 'assets', scopeId: ID },
  { name: 'asset_metadata', scopeId: ID },
  { name: 'mutations', scopeId: ID },
] as const)('parseShapeReference: parses the output of formatShapeReference for $name', (reference) => {
  expect(parseShapeReference(formatShapeReference(reference))).toEqual(reference);
});

test('parseShapeReference: accepts an id in upper case as the same shape', () => {
  expect(parseShapeReference(`mutations?client=${ID.toUpperCase()}`)).toEqual({ name: 'mutations', scopeId: ID });
});

test.each([
  '',
  'nothing',
  'assets',
  'assets?project=1',
  `assets?client=${ID}`,
  `projects?project=${ID}`,
  `assets?project=${ID}&x`,
])('parseShapeReference: returns null for %s', (text) => {
  expect(parseShapeReference(text)).toBeNull();
});
