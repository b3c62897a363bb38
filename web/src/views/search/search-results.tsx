/** Results in groups, as a list box that the search field controls. */
import { For, Show } from 'solid-js';
import { Icon } from '../../ui/icon.tsx';
import type { Entry, ResultGroup } from './create-search.ts';
import { MatchText } from './match-text.tsx';
import type { ResultItem } from './result-items.ts';
import styles from './search-page.module.css';

export function SearchResults(props: {
  id: string;
  groups: readonly ResultGroup[];
  text: string;
  /** The key of the entry that the arrow keys are on. */
  active: string | null;
  onRun: (entry: Entry) => void;
}) {
  return (
    <div role="listbox" id={props.id} aria-label="Results">
      <For each={props.groups}>
        {(group) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options
          <div role="group" aria-label={`${group.label}${group.note === '' ? '' : `, ${group.note}`}`}>
            <div class={styles['heading']} aria-hidden="true">
              <b>{group.label}</b> <span>{group.note}</span>
            </div>
            <For each={group.entries}>
              {(entry) => (
                <Show
                  when={entry.item}
                  fallback={
                    <button
                      type="button"
                      role="option"
                      id={optionId(props.id, entry.key)}
                      class={`link ${styles['more']}`}
                      aria-selected={entry.key === props.active}
                      tabindex={-1}
                      onClick={() => props.onRun(entry)}
                    >
                      {entry.more?.label}
                    </button>
                  }
                >
                  {(item) => (
                    <a
                      role="option"
                      id={optionId(props.id, entry.key)}
                      class={styles['result']}
                      aria-selected={entry.key === props.active}
                      tabindex={-1}
                      href={item().address}
                    >
                      <Result item={item()} text={props.text} />
                    </a>
                  )}
                </Show>
              )}
            </For>
          </div>
        )}
      </For>
    </div>
  );
}

export function optionId(listId: string, key: string): string {
  return `${listId} ${key}`.replaceAll(/\s/g, '-');
}

function Result(props: { item: ResultItem; text: string }) {
  return (
    <>
      <span class={styles['picture']}>
        <Show when={props.item.picture} fallback={<Icon name={props.item.icon} />}>
          {(source) => <img src={source()} alt="" loading="lazy" decoding="async" />}
        </Show>
      </span>
      <span class={styles['name']}>
        <MatchText text={props.item.name} typed={props.item.isCommand ? '' : props.text} lenient />
      </span>
      <span class={styles['place']}>
        <MatchText text={props.item.place} typed={props.text} />
      </span>
      <span class={styles['facts']}>{props.item.facts}</span>
    </>
  );
}
