/** The figures at the top of the dashboard, in words. */
import { formatBytes, formatCount, formatCountOf } from '../../ui/format.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { CountChanges } from './count-changes.ts';

export interface Figure {
  readonly icon: IconName;
  readonly label: string;
  readonly value: string;
  readonly line: readonly FigurePart[];
  /** The page that shows the assets behind the number. */
  readonly href: string;
  /** A sentence for screen readers. */
  readonly name: string;
}

/** Parts of a line follow one another with a space between. */
interface FigurePart {
  readonly text: string;
  readonly tone?: 'good' | 'warning' | 'danger';
}

export interface LibraryTotals {
  readonly assets: number;
  readonly bytes: number;
  readonly unreviewed: number;
  readonly approved: number;
  readonly pickedUp: number;
  readonly damaged: number;
  readonly missing: number;
  readonly gaps: number;
}

/**
 * @param totals null: nothing is known yet.
 * @param period 'today' or 'in 7 days'.
 * @param partial whether more is still arriving.
 */
export function libraryFigures(
  totals: LibraryTotals | null,
  changes: CountChanges | null,
  period: string,
  partial: boolean,
): Figure[] {
  const changeOf = (key: keyof CountChanges) => (changes === null ? null : changes[key]);
  const counted = (
    icon: IconName,
    label: string,
    noun: string,
    value: number | null,
    change: number | null,
    href: string,
    format: Formatter = count,
  ): Figure => ({
    icon,
    label,
    value: format.short(value),
    line: partial ? [{ text: 'so far' }] : changeParts(change, period, format),
    href,
    name:
      value === null
        ? `${label}: not known yet`
        : `${format.long(value, noun)}${partial ? ' so far' : changeWords(change, period, format)}`,
  });
  const share =
    totals !== null && totals.assets > 0 ? `${percentOf(totals.unreviewed, totals.assets)} of the library` : null;
  const review = counted(
    'unreviewed',
    'To review',
    'to review',
    totals?.unreviewed ?? null,
    changeOf('unreviewed'),
    assetsPage('status:unreviewed'),
  );
  return [
    counted('image', 'Assets', 'in the library', totals?.assets ?? null, changeOf('assets'), '/assets'),
    counted(
      'size',
      'Size',
      'of media',
      totals?.bytes ?? null,
      changeOf('bytes'),
      '/assets?sort=size_bytes&order=descending',
      bytes,
    ),
    share === null || partial ? review : { ...review, line: [{ text: share }], name: `${review.name}; ${share}` },
    counted(
      'approved',
      'Approved',
      'approved',
      totals?.approved ?? null,
      changeOf('approved'),
      assetsPage('status:approved'),
    ),
    counted(
      'pickedUp',
      'Picked up',
      'picked up',
      totals?.pickedUp ?? null,
      changeOf('pickedUp'),
      assetsPage('picked:'),
    ),
    attentionFigure(totals),
  ];
}

function attentionFigure(totals: LibraryTotals | null): Figure {
  const kinds = [
    { query: 'problem:', count: totals?.damaged ?? 0, words: 'damaged', tone: 'danger' },
    { query: 'missing:', count: totals?.missing ?? 0, words: 'not on disk', tone: 'warning' },
    { query: 'gap:', count: totals?.gaps ?? 0, words: 'with gaps', tone: 'warning' },
  ] as const;
  const found = kinds.filter((kind) => kind.count > 0);
  const parts = found.map(({ count, words, tone }) => ({ text: `${formatCount(count)} ${words}`, tone }));
  const line =
    parts.length > 0
      ? parts.flatMap((part, index) => (index > 0 ? [{ text: '·' }, part] : [part]))
      : [{ text: totals === null ? '' : 'Nothing' }];
  return {
    icon: 'problem',
    label: 'Need attention',
    // An asset may be of more than one kind.
    value: formatCount(totals === null ? null : found.reduce((sum, { count }) => sum + count, 0)),
    line,
    href: assetsPage(kinds.map(({ query }) => query).join(' or ')),
    name:
      totals === null
        ? 'Need attention: not known yet'
        : parts.length > 0
          ? parts.map(({ text }) => text).join(', ')
          : 'Nothing needs attention',
  };
}

interface Formatter {
  short(value: number | null): string;
  /** With its noun. */
  long(value: number, noun: string): string;
}

const count: Formatter = { short: formatCount, long: (value, noun) => `${formatCountOf(value, 'asset')} ${noun}` };
const bytes: Formatter = { short: formatBytes, long: (value, noun) => `${formatBytes(value)} ${noun}` };

function changeParts(change: number | null, period: string, format: Formatter): FigurePart[] {
  if (change === null) return [{ text: `Change ${period} not known` }];
  if (change === 0) return [{ text: `No change ${period}` }];
  const sign = change > 0 ? '+' : '−';
  return [
    { text: `${sign}${format.short(Math.abs(change))}`, ...(change > 0 && { tone: 'good' as const }) },
    { text: period },
  ];
}

function changeWords(change: number | null, period: string, format: Formatter): string {
  if (change === null) return '';
  if (change === 0) return `, no change ${period}`;
  return `, ${format.short(Math.abs(change))} ${change > 0 ? 'more' : format === bytes ? 'less' : 'fewer'} ${period}`;
}

/** Rounds to whole percent, but to 0% and 100% only where that is exact. */
function percentOf(part: number, whole: number): string {
  const percent = Math.round((100 * part) / whole);
  return `${part > 0 && part < whole ? Math.min(99, Math.max(1, percent)) : percent}%`;
}

function assetsPage(query: string): string {
  return `/assets?q=${encodeURIComponent(query)}`;
}
