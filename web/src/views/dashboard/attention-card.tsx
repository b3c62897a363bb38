/** Findings that need a person, each row a link to the assets or changes in question. */
import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import { useReplica } from '../../ui/replica-context.ts';
import { attentionItems } from './attention.ts';
import { Card } from './card.tsx';
import type { LibraryCounts } from './create-library-counts.ts';
import styles from './dashboard.module.css';

export function AttentionCard(props: { counts: LibraryCounts }) {
  const { status, ready } = useReplica();
  const items = createMemo(() => attentionItems(props.counts.troubled(), status().rejected.length));
  return (
    <Card title="Needs attention" end={items().length > 0 ? items().length : undefined} reads={[props.counts.troubled]}>
      <Show
        when={items().length > 0}
        fallback={
          <p class={styles['nothing']}>
            {ready() ? 'Nothing. All files are whole, on disk and linked.' : 'Nothing so far. Still loading.'}
          </p>
        }
      >
        <ul class={styles['list']} data-moves>
          <For each={items()}>
            {(item) => (
              <li>
                <A class={styles['attention'] ?? ''} href={item.href} title={item.detail}>
                  <span class={item.severity}>
                    <Icon name={item.icon} />
                  </span>
                  <span class={styles['texts']}>
                    <span class="cut">{item.title}</span>
                    <span class="small faint cut">{item.detail}</span>
                  </span>
                  <Icon name="chevronRight" size={12} />
                </A>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Card>
  );
}
