import { expect, test } from 'vitest';
import { placeholderText, previewOf, thumbnailSource } from './preview-source.ts';

const asset = {
  id: 'a1',
  file_type: 'video',
  thumbnail_status: 'ready',
  thumbnail_version: -7,
  proxy_status: 'pending',
  proxy_version: null,
  problem: null,
} as const;
const poster = '/media/assets/a1/thumbnail?v=-7';

test('previewOf: plays the proxy, else an original that needs none, else shows the thumbnail', () => {
  expect(previewOf({ ...asset, proxy_status: 'ready', proxy_version: 12 })).toEqual({
    kind: 'video',
    source: '/media/assets/a1/proxy?v=12',
    poster,
  });
  expect(previewOf({ ...asset, proxy_status: 'none' })).toMatchObject({ source: '/media/assets/a1/original' });
  expect(previewOf({ ...asset, file_type: 'audio', proxy_status: 'none' })).toMatchObject({ kind: 'audio' });
  expect(previewOf(asset)).toEqual({ kind: 'image', source: poster });
  expect(previewOf({ ...asset, file_type: 'sequence', proxy_status: 'none' })).toEqual({
    kind: 'image',
    source: poster,
  });
});

test('previewOf: gives the reason when there is nothing to show', () => {
  const failed = { ...asset, proxy_status: 'failed', thumbnail_status: 'failed', problem: 'Cut short.' } as const;
  expect(previewOf(failed)).toEqual({ kind: 'none', reason: 'No preview could be made.' });
  expect(placeholderText(failed)).toBe('Cut short.');
  expect(placeholderText({ ...failed, problem: null })).toBe('No preview could be made.');
  expect(placeholderText({ ...asset, thumbnail_status: 'pending' })).toBe('Preview pending');
  expect(thumbnailSource({ ...asset, thumbnail_status: 'pending' })).toBeNull();
});
