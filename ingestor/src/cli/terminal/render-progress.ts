/** Renders a run's progress as lines of a terminal; pure, so that tests need no terminal. */

import { printable } from '../../log/printable.ts';
import type { Pace } from './pace.ts';
import type { RunView } from './run-view.ts';
import { durationText, plural } from './text-table.ts';

export interface Style {
  /** Characters per line. */
  readonly width: number;
  readonly color: boolean;
}

const LABEL = 11;
const MAX_BAR = 30;
/** Narrower bars show less than the numbers do. */
const MIN_BAR = 8;

/** @param paces the pace of each kind of work. */
export function renderProgress(view: RunView, paces: ReadonlyMap<string, Pace>, style: Style): string[] {
  const lines = [headline(view)];
  for (const { kind, done, failed, total } of view.work) {
    if (total === 0) continue;
    const numbers = `${done + failed}/${total}${failed > 0 ? ` (${failed} failed)` : ''}`;
    const text = [numbers, ...paceText(view, paces.get(kind), total - done - failed)].join('  ');
    lines.push(withBar(kind, (done + failed) / total, text, style));
  }
  return lines.map((line, index) => (index === 0 ? cut(line, style.width) : line));
}

/** Renders the same progress on one line, for logs. */
export function progressLine(view: RunView): string {
  const work = view.work.filter(({ total }) => total > 0);
  const counts = work.map(({ kind, done, failed, total }) => `${kind} ${done + failed}/${total}`);
  return [headline(view), ...counts].join(', ');
}

function headline({
  package: name,
  status,
  held,
  filesFound,
  assetsRegistered,
  assetsFailed,
  waitsFor,
}: RunView): string {
  const state = waitsFor ?? (held === null ? STATES[status] : held === 'paused' ? 'paused' : 'being cancelled');
  const facts = [
    ...(filesFound > 0 ? [plural(filesFound, 'file')] : []),
    ...(assetsRegistered > 0 ? [plural(assetsRegistered, 'asset')] : []),
    ...(assetsFailed > 0 ? [`${assetsFailed} with a problem`] : []),
  ];
  return `${printable(name)}: ${[state, ...facts].join(', ')}`;
}

const STATES = {
  queued: 'waiting for the ingestor',
  scanning: 'scanning the folder',
  processing: 'working',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
} as const;

/** Returns no estimate for work that is held or stalled. */
function paceText(view: RunView, pace: Pace | undefined, remaining: number): string[] {
  if (pace === undefined || remaining === 0 || view.held !== null || view.waitsFor !== null) return [];
  const rate = pace.perSecond();
  const seconds = pace.secondsFor(remaining);
  if (rate === null || seconds === null) return [];
  const speed = rate >= 1 ? `${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s` : `${(rate * 60).toFixed(1)}/min`;
  return [speed, `about ${durationText(seconds)} left`];
}

function withBar(label: string, share: number, text: string, { width, color }: Style): string {
  const head = `  ${label.padEnd(LABEL)} `;
  const room = Math.min(MAX_BAR, width - head.length - text.length - 1);
  if (room < MIN_BAR) return cut(`${head}${text}`, width);
  // The bar is full only when all work is done.
  const full = share >= 1 ? room : Math.min(room - 1, Math.round(share * room));
  const rest = '░'.repeat(room - full);
  return `${head}${'█'.repeat(full)}${color && rest !== '' ? `\u001b[2m${rest}\u001b[22m` : rest} ${text}`;
}

function cut(line: string, width: number): string {
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}
