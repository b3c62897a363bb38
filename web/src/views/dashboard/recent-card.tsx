/** The packages that arrived or were ingested last. */
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { type RecentPackageRow, recentPackagesQuery } from '../../queries/recent-packages.ts';
import { packagePicturesQuery } from '../../queries/row-pictures.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { formatCount } from '../../ui/format.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { ReviewBar } from '../../ui/review-bar.tsx';
import { TypeBadge } from '../../ui/type-badge.tsx';
import { ContactStrip } from '../lists/contact-strip.tsx';
import { createRowPictures } from '../lists/create-row-pictures.ts';
import { Card } from './card.tsx';
import type { LibraryCounts } from './create-library-counts.ts';
import styles from './dashboard.module.css';
import { formatRecent } from './format-recent.ts';
import { RecentStatus } from './recent-status.tsx';

/** Widths of the columns, and whether only wide screens have them; the name takes the rest. */
const WIDTHS = [
  ['96px', false],
  ['auto', false],
  ['72px', true],
  ['92px', true],
  ['104px', false],
  ['64px', false],
  ['104px', false],
  ['82px', false],
] as const;

export function RecentCard(props: { counts: LibraryCounts; now: Date }) {
  const { replica, ready } = useReplica();
  const packages = createLiveQuery<RecentPackageRow>(replica, () => recentPackagesQuery(props.counts.here()));
  const pictures = createRowPictures(replica, packagePicturesQuery, ready);
  return (
    <Card
      title="Recent packages"
      end="Reviewed: approved, rejected, flagged"
      reads={[packages]}
      class={styles['recent']}
    >
      <Show when={packages().length > 0} fallback={<p class={styles['nothing']}>No packages yet</p>}>
        <table class={styles['packages']} data-moves>
          <colgroup>
            <For each={WIDTHS}>
              {([width, isWide]) => <col style={{ width }} class={isWide ? 'wide' : undefined} />}
            </For>
          </colgroup>
          <thead class="visually-hidden">
            <tr>
              <th>Pictures</th>
              <th>Package</th>
              <th>Type</th>
              <th>Project</th>
              <th>Status</th>
              <th>Assets</th>
              <th>Reviewed</th>
              <th>Time</th>
            </tr>
          </thead>
          <tbody>
            <For each={packages()}>
              {(row) => (
                <tr>
                  <td class={styles['strip']}>
                    <ContactStrip id={row.id} pictures={pictures} />
                  </td>
                  <td class={`cut ${styles['title']}`} title={row.name}>
                    <A href={`/packages/${row.id}`}>{row.name}</A>
                  </td>
                  <td class="wide">
                    <TypeBadge type={row.type} />
                  </td>
                  <td class="wide cut muted" title={row.project_name}>
                    {row.project_name}
                  </td>
                  <td class="cut">
                    <RecentStatus row={row} />
                  </td>
                  <td class="number">{formatCount(row.asset_count)}</td>
                  <td>
                    <ReviewBar counts={countsOf(row)} />
                  </td>
                  <td class="number muted">
                    <time datetime={row.at.toISOString()}>{formatRecent(row.at, props.now)}</time>
                  </td>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </Show>
    </Card>
  );
}

function countsOf({ asset_count, approved_count, rejected_count, flagged_count }: RecentPackageRow) {
  if (asset_count === null || approved_count === null || rejected_count === null || flagged_count === null) return null;
  return { asset_count, approved_count, rejected_count, flagged_count };
}
