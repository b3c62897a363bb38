import { expect, test } from 'vitest';
import type { ExportRow } from '../../../queries/export-assets.ts';
import { textWriter, type WriteOptions } from './text-formats.ts';

const options: WriteOptions = { place: (path) => path, folder: '/mnt/nas', pasteable: false };
const row: ExportRow = {
  id: '1',
  name: '=cmd.mov',
  project: 'Northlight',
  package: 'delivery, 3',
  subject: null,
  source_path: '/mnt/nas/d3',
  relative_path: 'A_CAM/=cmd.mov',
  file_type: 'video',
  asset_type: 'raw',
  camera: '@cam',
  review_status: 'approved',
  tags: ['hero', 'smile'],
  size_bytes: 1000,
  modified_at: new Date('2026-02-11T09:30:00Z'),
  missing_since: null,
  width: null,
  height: null,
  duration_seconds: 4.2,
  first_frame: null,
  last_frame: null,
  missing_frames: null,
  yaw: -12.5,
  pitch: null,
  roll: null,
  sharpness: null,
  picked_up_at: null,
  picked_up_by: null,
  problem: null,
  thumbnail_status: 'ready',
  thumbnail_version: 1,
  codec: null,
  frame_rate: null,
};

test('textWriter: writes CSV with empty cells for what is unknown, and no formula', () => {
  const writer = textWriter('csv', options);
  const names = writer.begin.trimEnd().split(',');
  const cells = writer.row(row, true).trimEnd();
  expect(cells).toContain(
    `Northlight,"delivery, 3",,'=cmd.mov,/mnt/nas/d3/A_CAM/=cmd.mov,video,raw,'@cam,approved,hero; smile,1000,2026-02-11T09:30:00.000Z,,,4.2`,
  );
  expect(names.indexOf('yaw')).toBeGreaterThan(0);
  // The package's name has a comma.
  expect(cells.split(',')[names.indexOf('yaw') + 1]).toBe('-12.5');
});

test('textWriter: writes JSON that parses, with unknown as null', () => {
  const writer = textWriter('json', options);
  const text = writer.begin + writer.row(row, true) + writer.row(row, false) + writer.end;
  const parsed = JSON.parse(text);
  expect(parsed).toHaveLength(2);
  expect(parsed[1]).toMatchObject({ name: '=cmd.mov', tags: ['hero', 'smile'], width: null, yaw: -12.5 });
});

test('textWriter: writes an empty JSON list for no rows', () => {
  const writer = textWriter('json', options);
  expect(JSON.parse(writer.begin + writer.end)).toEqual([]);
});

test('textWriter: lists every frame, mapped or relative, and counts what does not fit on a line', () => {
  const sequence = {
    ...row,
    relative_path: 'p/sh.##.exr',
    file_type: 'sequence' as const,
    first_frame: 1,
    last_frame: 3,
    missing_frames: '2',
  };
  const files = textWriter('files', { ...options, place: (path) => `/Volumes${path}` });
  expect(files.row(sequence, true)).toBe('/Volumes/mnt/nas/d3/p/sh.01.exr\n/Volumes/mnt/nas/d3/p/sh.03.exr\n');
  const rsync = textWriter('rsync', options);
  expect(rsync.row(sequence, true)).toBe('d3/p/sh.01.exr\nd3/p/sh.03.exr\n');
  expect(rsync.row({ ...row, relative_path: 'a\nb.mov' }, false)).toBe('');
  expect(rsync.leftOut()).toBe(1);
});
