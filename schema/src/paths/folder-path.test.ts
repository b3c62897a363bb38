import { expect, test } from 'vitest';
import { runOptions } from '../library/run-options.ts';
import { mutationArgs } from '../mutations/mutations.ts';
import { normalFolder } from './folder-path.ts';

test.each([
  ['/media/a', '/media/a'],
  ['/media/a/', '/media/a'],
  ['/media/a/.', '/media/a'],
  ['/media//a', '/media/a'],
  ['//media/./a/b/..', '/media/a'],
  ['/..', '/'],
  ['/', '/'],
  ['DAY02/A_CAM/', 'DAY02/A_CAM'],
  ['./DAY02/../DAY03', 'DAY03'],
  ['.', ''],
  ['../other', '../other'],
  ['a/../../other', '../other'],
])('normalFolder: %s is %s', (given, normal) => {
  expect(normalFolder(given)).toBe(normal);
});

const packageOf = (source_path: string) =>
  mutationArgs['packages.create'].safeParse({
    ids: ['0198c0de-0000-7000-8000-000000000000'],
    set: { name: 'A', type: 'vfx', project_id: '0198c0de-0000-7000-8000-000000000001', source_path },
  });

test('packages.create: normalizes a folder’s spelling and rejects text that is not a path', () => {
  for (const spelling of ['/media/a/.', '/media//a', '/media/b/../a', '/media/a//']) {
    expect(packageOf(spelling).data?.set.source_path).toBe('/media/a');
  }
  for (const refused of ['media/a', '/media/a\n', '/media/\u0000a', '/media/\u001b[31m']) {
    expect(packageOf(refused).success).toBe(false);
  }
});

test('runOptions: normalizes a folder within the package and rejects one outside it', () => {
  expect(runOptions.parse({ below: './DAY02//A_CAM/' })).toEqual({ below: 'DAY02/A_CAM' });
  expect(runOptions.parse({ below: '.' }).below).toBeUndefined();
  expect(runOptions.parse({ below: '' }).below).toBeUndefined();
  for (const below of ['../other', '/media/a', 'a/../..', 'a\nb']) {
    expect(runOptions.safeParse({ below }).success).toBe(false);
  }
});
