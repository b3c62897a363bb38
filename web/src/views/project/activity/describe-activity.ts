/** Describes the events of a project, and sorts them by day. */
import type { OwnChangeRow, RunEventRow, ThingEventRow } from '../../../queries/activity.ts';
import { describeRun } from '../../../ui/describe-run.ts';
import { formatCountOf } from '../../../ui/format.ts';
import type { IconName } from '../../../ui/icon.tsx';

export type ActivityKind = 'ingest' | 'library' | 'own';

export interface ActivityItem {
  readonly id: string;
  readonly kind: ActivityKind;
  readonly icon: IconName;
  /** Null: the time is not known. */
  readonly at: Date | null;
  /** Whether it goes on now. */
  readonly now: boolean;
  /** Before, and after, the name of the thing. */
  readonly before: string;
  readonly name: string;
  readonly after: string;
  /** Null: the thing has no page. */
  readonly href: string | null;
  readonly detail: string | null;
  /** The share of a run that is done; null: unknown, or no run. */
  readonly share: number | null;
}

interface ActivityDay {
  readonly label: string;
  readonly items: readonly ActivityItem[];
}

export function describeRunEvent(run: RunEventRow): ActivityItem {
  const described = describeRun(run);
  const active = described?.active ?? false;
  const host = run.run_host;
  const item = {
    id: run.id,
    kind: 'ingest',
    icon: 'ingest',
    at: run.run_finished_at ?? run.run_at ?? run.run_started_at,
    now: active,
    name: run.package_name,
    href: `/packages/${run.package_id}`,
    share: active ? (described?.share ?? null) : null,
  } as const;
  const text = described?.text ?? null;
  switch (run.status) {
    case 'queued':
      return { ...item, before: 'Ingest of', after: 'waits', detail: text };
    case 'scanning':
    case 'processing':
      return active
        ? { ...item, before: host === null ? 'Ingesting' : `${host} is ingesting`, after: '', detail: text }
        : { ...item, before: 'Ingest of', after: 'stands still', detail: text };
    case 'done':
      return {
        ...item,
        before: host === null ? 'Ingested' : `${host} ingested`,
        after: '',
        detail: [
          formatCountOf(run.run_assets_registered ?? 0, 'asset'),
          formatCountOf(run.run_assets_failed ?? 0, 'problem'),
        ].join(' · '),
      };
    case 'failed':
      return { ...item, before: 'Ingest of', after: 'failed', detail: text };
    case 'cancelled':
      return { ...item, before: 'Ingest of', after: 'was cancelled', detail: run.run_problem };
  }
}

const icons = { package: 'package', subject: 'subject', project: 'project' } as const;

export function describeThingEvent({ id, kind, event, at, who, name, thing_id: thing }: ThingEventRow): ActivityItem {
  const noun = { package: 'Package', subject: 'Subject', project: 'Project' }[kind];
  const lower = noun.toLowerCase();
  const item = { id, kind: 'library', icon: icons[kind], at, now: false, name, detail: null, share: null } as const;
  const href = { package: `/packages/${thing}`, subject: `/subjects/${thing}`, project: null }[kind];
  switch (event) {
    case 'created':
      return { ...item, before: noun, after: 'was added', href };
    case 'picked up':
      return { ...item, icon: 'pickedUp', before: who === null ? 'Picked up' : `${who} picked up`, after: '', href };
    case 'deleted':
      // A deleted thing has no page; it can be restored.
      return {
        ...item,
        icon: 'delete',
        before: who === null ? `Deleted ${lower}` : `${who} deleted ${lower}`,
        after: '',
        href: null,
      };
  }
}

export function describeOwnChange({ id, label, at, waiting }: OwnChangeRow): ActivityItem {
  return {
    id,
    kind: 'own',
    icon: 'edit',
    at,
    now: false,
    before: 'You:',
    name: label ?? 'A change',
    after: '',
    href: null,
    detail: waiting ? 'Waiting to be sent' : null,
    share: null,
  };
}

/** Sorts items by time, the latest first, into days; those without a time come last. */
export function byDay(items: readonly ActivityItem[], now: Date): ActivityDay[] {
  const timeOf = (item: ActivityItem) => (item.now ? Number.POSITIVE_INFINITY : (item.at?.getTime() ?? 0));
  const days: { label: string; items: ActivityItem[] }[] = [];
  for (const item of items.toSorted((a, b) => compare(timeOf(b), timeOf(a)) || compare(a.id, b.id))) {
    const label = item.now ? 'Now' : item.at === null ? 'Earlier' : formatDay(item.at, now);
    const last = days.at(-1);
    if (last?.label === label) last.items.push(item);
    else days.push({ label, items: [item] });
  }
  return days;
}

const thisYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const otherYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

function formatDay(date: Date, now: Date): string {
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return 'Today';
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return (date.getFullYear() === now.getFullYear() ? thisYear : otherYear).format(date);
}

function compare<Value extends string | number>(a: Value, b: Value): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
