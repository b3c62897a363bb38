import { expect, test } from 'vitest';
import { type AssetFile, assetCommand } from './asset-commands.ts';

const video: AssetFile = {
  path: "/mnt/nas/it’s it's/a b.mov",
  file_type: 'video',
  first_frame: null,
  last_frame: null,
  missing_frames: null,
};
const sequence: AssetFile = {
  path: '/mnt/p/sh.####.exr',
  file_type: 'sequence',
  first_frame: 1001,
  last_frame: 1096,
  missing_frames: '1003',
};

test('assetCommand: quotes the path of a video', () => {
  expect(assetCommand('rv', video)).toBe(String.raw`rv '/mnt/nas/it’s it'\''s/a b.mov'`);
  expect(assetCommand('vlc', video)).toBe(String.raw`vlc '/mnt/nas/it’s it'\''s/a b.mov'`);
  expect(assetCommand('oiiotool', video)).toBeNull();
});

test('assetCommand: names the frames of a sequence', () => {
  expect(assetCommand('rv', sequence)).toBe('rv /mnt/p/sh.%04d.exr');
  expect(assetCommand('vlc', sequence)).toBeNull();
  expect(assetCommand('oiiotool', sequence)).toBe(
    'oiiotool --frames 1001-1096 --skip-bad-frames --info /mnt/p/sh.%04d.exr',
  );
});

test('assetCommand: keeps oiiotool from reading a frame number into a still’s name', () => {
  const still: AssetFile = { ...video, file_type: 'image', path: '/mnt/take#1.png' };
  expect(assetCommand('oiiotool', still)).toBe("oiiotool --wildcardoff --info '/mnt/take#1.png'");
  expect(assetCommand('oiiotool', { ...still, path: '/mnt/a.png' })).toBe('oiiotool --info /mnt/a.png');
});

test('assetCommand: has none for a file that is neither picture nor sound', () => {
  expect(assetCommand('rv', { ...video, file_type: 'other' })).toBeNull();
});
