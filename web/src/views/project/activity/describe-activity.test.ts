import { expect, test } from 'vitest';
import type { RunEventRow } from '../../../queries/activity.ts';
import {
  type ActivityItem,
  byDay,
  describeOwnChange,
  describeRunEvent,
  describeThingEvent,
} from './describe-activity.ts';

const now = new Date('2026-11-30T15:00:00');
const run: RunEventRow = {
  id: 'r',
  package_id: 'p',
  package_name: 'delivery_03',
  status: 'done',
  run_status: 'done',
  run_held: null,
  run_problem: null,
  run_files_found: 20,
  run_assets_registered: 12,
  run_assets_probed: 6,
  run_thumbnails_made: 0,
  run_proxies_made: 0,
  run_assets_failed: 1,
  run_at: now,
  run_host: 'nas-1',
  run_started_at: now,
  run_finished_at: now,
};

function sentence({ before, name, after }: ActivityItem): string {
  return [before, name, after].filter((part) => part !== '').join(' ');
}

test.each([
  [{}, 'nas-1 ingested delivery_03', '12 assets · 1 problem', null],
  [{ run_host: null }, 'Ingested delivery_03', '12 assets · 1 problem', null],
  [{ status: 'queued', run_status: 'queued' }, 'Ingest of delivery_03 waits', 'Waiting for an ingestor', null],
  [
    { status: 'processing', run_status: 'processing' },
    'nas-1 is ingesting delivery_03',
    '6 of 12 assets read · 0 thumbnails · 0 proxies · 1 problem',
    0.5,
  ],
  [
    { status: 'scanning', run_status: 'scanning', run_held: 'paused' },
    'Ingest of delivery_03 stands still',
    'Paused',
    null,
  ],
  [
    { status: 'failed', run_status: 'failed', run_problem: 'The folder is gone.' },
    'Ingest of delivery_03 failed',
    'The folder is gone.',
    null,
  ],
  [{ status: 'cancelled', run_status: 'cancelled' }, 'Ingest of delivery_03 was cancelled', null, null],
] as const)('describeRunEvent: %j', (change, wanted, detail, share) => {
  const item = describeRunEvent({ ...run, ...change });
  expect([sentence(item), item.detail, item.share]).toEqual([wanted, detail, share]);
});

test('describeThingEvent: names the person where the library keeps who it was, and links what still has a page', () => {
  const row = { id: 'i', kind: 'package', at: now, name: 'delivery_03', thing_id: 'p' } as const;
  const created = describeThingEvent({ ...row, event: 'created', who: null });
  expect([sentence(created), created.href]).toEqual(['Package delivery_03 was added', '/packages/p']);
  const pickedUp = describeThingEvent({ ...row, event: 'picked up', who: 'lena' });
  expect(sentence(pickedUp)).toBe('lena picked up delivery_03');
  const deleted = describeThingEvent({ ...row, kind: 'subject', event: 'deleted', who: 'lena' });
  expect([sentence(deleted), deleted.href]).toEqual(['lena deleted subject delivery_03', null]);
});

test('byDay: puts what goes on now first, and what has no time last', () => {
  const at = (time: string) => describeOwnChange({ id: time, label: time, at: new Date(time), waiting: false });
  const days = byDay(
    [
      describeOwnChange({ id: 'x', label: null, at: null, waiting: true }),
      at('2025-03-01T10:00:00'),
      at('2026-11-29T23:59:00'),
      at('2026-11-30T00:01:00'),
      at('2026-11-02T10:00:00'),
      at('2026-11-30T14:00:00'),
      describeRunEvent({ ...run, status: 'scanning', run_status: 'scanning' }),
    ],
    now,
  );
  expect(days.map(({ label, items }) => [label, items.length])).toEqual([
    ['Now', 1],
    ['Today', 2],
    ['Yesterday', 1],
    ['2 Nov', 1],
    ['1 Mar 2025', 1],
    ['Earlier', 1],
  ]);
  expect(days[1]?.items[0]?.name).toBe('2026-11-30T14:00:00');
  expect(days.at(-1)?.items[0]).toMatchObject({ name: 'A change', detail: 'Waiting to be sent' });
});
