/** Search results as links. */
import type { SearchKind, SearchRow } from '@ingesthub/schema/replica/search.ts';
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import styles from './search-page.module.css';
import { describePlace, resultAddress } from './search-result.ts';

export const kindTitles: Record<SearchKind, string> = {
  projects: 'Projects',
  subjects: 'Subjects',
  packages: 'Packages',
  folders: 'Folders',
  assets: 'Files',
};

export function ResultList(props: { kind: SearchKind; rows: readonly SearchRow[] }) {
  return (
    <ul>
      <For each={props.rows}>
        {(row) => (
          <li>
            <A class={styles['result'] ?? ''} href={resultAddress(props.kind, row)}>
              <Show when={row.file_type}>{(type) => <Icon name={type()} size={14} />}</Show>
              <span class={styles['name']}>{row.name}</span>
              <span class={`muted ${styles['place']}`}>{describePlace(props.kind, row)}</span>
            </A>
          </li>
        )}
      </For>
    </ul>
  );
}
