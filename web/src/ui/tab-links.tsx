/** Tabs as links: the one that is shown is part of the address. */
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { formatCount } from './format.ts';

interface TabLink {
  readonly label: string;
  readonly href: string;
  /** Absent: the tab has no number. */
  readonly count?: number | null;
}

export function TabLinks(props: { label: string; tabs: readonly TabLink[]; current: string }) {
  return (
    <nav class="tabs" aria-label={props.label}>
      <For each={props.tabs}>
        {(tab) => (
          <A
            href={tab.href}
            end
            aria-current={props.current === tab.href ? 'page' : undefined}
            activeClass=""
            inactiveClass=""
          >
            {tab.label}
            <Show when={tab.count !== undefined}>
              <span class="count">{formatCount(tab.count ?? null)}</span>
            </Show>
          </A>
        )}
      </For>
    </nav>
  );
}
