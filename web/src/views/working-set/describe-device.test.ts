import { expect, test } from 'vitest';
import type { ProjectOnDevice } from '../../replica/model/replica.ts';
import { describeDevice, describeLoaded } from './describe-device.ts';

const loading: ProjectOnDevice = {
  choice: 'pinned',
  state: 'loading',
  assetCount: 100_000,
  sizeBytes: null,
  loadedAssets: 43_999,
};

test('describeDevice: describes where a project’s assets are, and how many have been loaded', () => {
  expect(describeDevice(loading)).toBe('Loading, 43%');
  expect(describeDevice({ ...loading, assetCount: null })).toBe('Loading');
  expect(describeDevice({ ...loading, assetCount: 0, loadedAssets: 0 })).toBe('Loading, 0%');
  expect(describeDevice({ ...loading, state: 'here' })).toBe('Always on this device');
  expect(describeDevice(undefined)).toBe('Created on this device');
});

test('describeLoaded: never exceeds the total, although assets can arrive after the count', () => {
  expect(describeLoaded(loading)).toBe('43,999 of 100,000 assets');
  expect(describeLoaded({ ...loading, assetCount: 40 })).toBe('40 of 40 assets');
});
