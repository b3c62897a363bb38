/** The packages with a subject. Their numbers are those of the whole package. */
import type { PackageSummaryRow } from '@ingesthub/schema/library/rows.ts';
import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import type { PackageListRow } from '../../queries/packages.ts';
import { packagePicturesQuery } from '../../queries/row-pictures.ts';
import type { LiveQuery } from '../../replica/read/create-live-query.ts';
import { formatBytes, formatCount, formatDateTime, formatWhen } from '../../ui/format.ts';
import { ReadProblem } from '../../ui/read-problem.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { ReviewBar } from '../../ui/review-bar.tsx';
import table from '../../ui/table.module.css';
import { type Column, Table } from '../../ui/table.tsx';
import { ContactStrip } from '../lists/contact-strip.tsx';
import { createRowPictures } from '../lists/create-row-pictures.ts';
import { StatusCell } from '../packages/status-cell.tsx';
import styles from './subject-page.module.css';

const columns: readonly Column[] = [
  { name: 'Pictures', width: '98px', kind: 'buttons' },
  { name: 'Package' },
  { name: 'Status', width: '120px' },
  { name: 'Assets', width: '82px', kind: 'number' },
  { name: 'Size', width: '82px', kind: 'number' },
  { name: 'Reviewed', width: '140px' },
  { name: 'Arrived', width: '84px', kind: 'number' },
];

export function PackagesCard(props: { packages: LiveQuery<PackageListRow>; summaries: readonly PackageSummaryRow[] }) {
  const { replica, ready } = useReplica();
  const pictures = createRowPictures(replica, packagePicturesQuery, ready);
  const byId = createMemo(() => new Map(props.summaries.map((row) => [row.package_id, row])));
  return (
    <section class="card" aria-label="Packages">
      <header>
        <h2>Packages</h2>
        <span class="muted small">numbers of the whole package</span>
        <span class="end">{formatCount(props.packages.loading ? null : props.packages().length)}</span>
      </header>
      <ReadProblem error={props.packages.error} onRetry={props.packages.refresh} />
      <Show
        when={props.packages().length > 0 || props.packages.loading}
        fallback={<p class={`muted ${styles['body']}`}>No package has this subject.</p>}
      >
        <Table columns={columns}>
          <For each={props.packages()}>
            {(row) => {
              const summary = () => byId().get(row.id) ?? null;
              return (
                <tr>
                  <td>
                    <ContactStrip id={row.id} pictures={pictures} />
                  </td>
                  <td class={table['name']} title={row.name}>
                    <A href={`/packages/${row.id}`}>{row.name}</A>
                  </td>
                  <td>
                    <StatusCell row={row} problems={summary()?.problem_count ?? null} />
                  </td>
                  <td class={table['number']}>{formatCount(summary()?.asset_count ?? null)}</td>
                  <td class={table['number']}>{formatBytes(summary()?.size_bytes ?? null)}</td>
                  <td>
                    <ReviewBar counts={summary()} />
                  </td>
                  <td class={table['number']}>
                    <time title={formatDateTime(row.created_at)}>{formatWhen(row.created_at, new Date())}</time>
                  </td>
                </tr>
              );
            }}
          </For>
        </Table>
      </Show>
    </section>
  );
}
