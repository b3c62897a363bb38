import { expect, test } from 'vitest';
import { fullPicture } from './full-picture.ts';

const still = { id: '1', name: 'a.PNG', file_type: 'image', first_frame: null, missing_since: null } as const;

test('fullPicture: is the original where browsers can show it', () => {
  expect(fullPicture(still, true)).toEqual({ address: '/media/assets/1/original' });
});

test.each([
  [{ ...still, name: 'a.exr' }, true, 'EXR'],
  [{ ...still, missing_since: new Date() }, true, 'on disk'],
  [still, false, 'offline'],
  [{ ...still, file_type: 'video' as const }, true, 'preview'],
])('fullPicture: says why there is only a preview (%#)', (asset, online, word) => {
  expect(fullPicture(asset, online)).toEqual({ reason: expect.stringContaining(word) });
});
