/** Lists what needs a person's attention, each with the page that shows it. */
import type { TroubledPackageRow } from '../../queries/library-counts.ts';
import { formatCountOf } from '../../ui/format.ts';
import type { IconName } from '../../ui/icon.tsx';

export interface AttentionItem {
  readonly icon: IconName;
  readonly severity: 'danger' | 'warning';
  readonly title: string;
  /** Where it is, or why. */
  readonly detail: string;
  readonly href: string;
}

/** @param refused the number of this device's changes that the server refused. */
export function attentionItems(packages: readonly TroubledPackageRow[], refused: number): AttentionItem[] {
  const items: AttentionItem[] = [];
  const failed = packages.filter(({ failure }) => failure !== null);
  for (const { id, name, failure } of failed.slice(0, 3))
    items.push({
      icon: 'error',
      severity: 'danger',
      title: `${name} was not ingested`,
      detail: failure ?? '',
      href: `/packages/${id}`,
    });
  const counted = (
    column: 'problem_count' | 'missing_count' | 'gap_count',
    query: string,
    shown: Pick<AttentionItem, 'icon' | 'severity'>,
    title: (count: number) => string,
  ) => {
    const among = packages.filter((row) => row[column] > 0).toSorted((a, b) => b[column] - a[column]);
    const count = among.reduce((sum, row) => sum + row[column], 0);
    const [first] = among;
    if (first === undefined) return;
    const page = among.length === 1 ? `/packages/${first.id}` : '/assets';
    items.push({
      ...shown,
      title: title(count),
      detail: placesOf(among),
      href: `${page}?q=${encodeURIComponent(query)}`,
    });
  };
  counted('problem_count', 'problem:', { icon: 'damaged', severity: 'danger' }, (count) =>
    formatCountOf(count, 'damaged file'),
  );
  counted(
    'missing_count',
    'missing:',
    { icon: 'notOnDisk', severity: 'warning' },
    (count) => `${formatCountOf(count, 'file')} not on disk`,
  );
  counted(
    'gap_count',
    'gap:',
    { icon: 'gaps', severity: 'warning' },
    (count) => `${formatCountOf(count, 'sequence')} with gaps`,
  );
  const unlinked = packages.filter(({ links_failed }) => links_failed > 0);
  const [link] = unlinked.toSorted((a, b) => b.links_failed - a.links_failed);
  if (link !== undefined) {
    const count = unlinked.reduce((sum, row) => sum + row.links_failed, 0);
    items.push({
      icon: 'unlink',
      severity: 'warning',
      title: `${formatCountOf(count, 'file')} without a dataset link`,
      detail: placesOf(unlinked),
      href: `/packages/${link.id}`,
    });
  }
  if (refused > 0)
    items.push({
      icon: 'problem',
      severity: 'danger',
      title: `${formatCountOf(refused, 'change')} refused by the server`,
      detail: 'Made on this device',
      href: '/sync',
    });
  return items;
}

function placesOf(packages: readonly TroubledPackageRow[]): string {
  const [first, ...others] = packages;
  if (first === undefined) return '';
  return others.length === 0
    ? `${first.name} · ${first.project_name}`
    : `${first.name} and ${formatCountOf(others.length, 'more package', 'more packages')}`;
}
