/** The library by asset type: number and size, with bars for comparison. */
import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { formatBytes, formatCount, formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { Card } from './card.tsx';
import type { LibraryCounts } from './create-library-counts.ts';
import styles from './dashboard.module.css';

export function TypesCard(props: { counts: LibraryCounts }) {
  const largest = () => Math.max(1, ...props.counts.types().map((row) => row.asset_count));
  return (
    <Card title="By type" end="assets · size" reads={[props.counts.types]}>
      <Show when={props.counts.types().length > 0} fallback={<p class={styles['nothing']}>No assets yet</p>}>
        <ul class={styles['types']} data-moves>
          <For each={props.counts.types()}>
            {(row) => {
              const label = ASSET_TYPE_LABELS[row.asset_type];
              return (
                <li>
                  <A href={`/assets?q=${encodeURIComponent(`role:${row.asset_type}`)}`}>
                    <Icon name={row.asset_type} size={14} />
                    <span>
                      <span class="visually-hidden">
                        {label}: {formatCountOf(row.asset_count, 'asset')}, {formatBytes(row.size_bytes)}
                      </span>
                      <span aria-hidden="true">{label}</span>
                    </span>
                    <span class={styles['bar']}>
                      <span style={{ width: `${(100 * row.asset_count) / largest()}%` }} />
                    </span>
                    <span class="number" aria-hidden="true">
                      {formatCount(row.asset_count)}
                    </span>
                    <span class="number faint" aria-hidden="true">
                      {formatBytes(row.size_bytes)}
                    </span>
                  </A>
                </li>
              );
            }}
          </For>
        </ul>
      </Show>
    </Card>
  );
}
