import { expect, test } from 'vitest';
import { type ClipCountRow, clipFacts } from './clip-facts.ts';

function clips(count: number, facts: Partial<ClipCountRow>): ClipCountRow {
  return { package_id: '1', width: 4096, height: 2160, codec: 'prores', has_metadata: true, ...facts, count };
}

test('clipFacts: names what at least four of five clips have', () => {
  expect(clipFacts([clips(8, {}), clips(2, { width: 1920, height: 1080, codec: 'h264' })])).toEqual({
    resolution: '4096 × 2160',
    codec: 'prores',
  });
});

test('clipFacts: says mixed where fewer agree, and leaves unknown ones out', () => {
  const rows = [clips(7, {}), clips(3, { width: 1920, height: 1080, codec: null })];
  expect(clipFacts(rows)).toEqual({ resolution: 'Mixed', codec: 'prores' });
});

test('clipFacts: knows no codec until that of every clip is on this device', () => {
  expect(clipFacts([clips(9, {}), clips(1, { codec: null, has_metadata: false })])).toMatchObject({ codec: null });
  expect(clipFacts([])).toEqual({ resolution: null, codec: null });
});
