import { expect, test } from 'vitest';
import { queryCondition } from '../../queries/query/query-condition.ts';
import { allAssetsAddress, assetAddress, folderAddress } from './thing-address.ts';

const query = (address: string) => new URLSearchParams(address.split('?')[1]).get('q') ?? '';

test('assetAddress: asks for the whole path, whatever characters it has', () => {
  for (const path of ['A CAM/take 1.mov', 'a:b (or).mov', '-or.mov', 'plates/sh010.####.exr']) {
    const slash = path.lastIndexOf('/');
    const address = assetAddress('p', slash === -1 ? null : path.slice(0, slash), path.slice(slash + 1));
    const { where, problems } = queryCondition(query(address), { subjects: [], packages: [] });
    expect([where, problems]).toEqual([{ rest: { kind: 'text', text: path }, sidecar: { kind: 'all', of: [] } }, []]);
  }
});

test('folderAddress: asks for the assets below a folder', () => {
  expect(folderAddress('p', 'day 02')).toBe('/packages/p?q=%22day+02%2F%22');
});

test('allAssetsAddress: keeps words apart and lists sidecars as the search does', () => {
  expect(query(allAssetsAddress(' jane  or size>1 '))).toBe('jane "or" "size>1" sidecar:any');
  expect(allAssetsAddress('jane')).toBe('/assets?q=jane+sidecar%3Aany');
});
