/** Says which projects the search reaches on the server only, or why it does not reach them. */
import { For, Match, Show, Switch } from 'solid-js';
import type { Thing } from '../../queries/search/library-names.ts';
import { formatCountOf } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { notifyFailure } from '../../ui/notices.ts';
import { useReplica } from '../../ui/replica-context.ts';
import type { ServerResults } from './create-server-results.ts';
import styles from './search-page.module.css';

const names = new Intl.ListFormat('en-GB', { type: 'conjunction' });
/** Projects that are named, and offered to be kept here; the others are counted. */
const NAMED = 3;

export function ServerNote(props: { server: ServerResults; projects: readonly Thing[] }) {
  const { replica, status, online } = useReplica();
  const absent = () => props.projects.filter(({ id }) => props.server.absent.includes(id));
  const named = () => {
    const all = absent().map(({ name }) => name);
    const left = all.length - NAMED;
    return names.format(left > 0 ? [...all.slice(0, NAMED), formatCountOf(left, 'other project')] : all);
  };
  const found = () => props.server.folders().length + props.server.assets().length;
  const problem = () => props.server.folders.problem ?? props.server.assets.problem;
  const isLoading = () => props.server.folders.loading || props.server.assets.loading;
  /** The projects of the server's results. */
  const withResults = () => {
    const ids = new Set([...props.server.folders(), ...props.server.assets()].map((row) => row.project_id));
    return absent().filter(({ id }) => ids.has(id));
  };
  function keep({ id, name }: Thing): void {
    replica.chooseProject(id, 'pinned').catch((error: unknown) => notifyFailure(`Could not keep ${name}`, error));
  }
  return (
    <Show when={absent().length > 0}>
      <div class={styles['server']}>
        <Icon name="notOnDisk" size={14} />
        <p role="status">
          <b>On the server only:</b> {named()} {absent().length === 1 ? 'is' : 'are'} not on this device.{' '}
          <Switch>
            <Match when={!online()}>Its folders and assets cannot be searched while you’re offline.</Match>
            <Match when={problem()}>{(why) => <>The server could not search: {why()}</>}</Match>
            <Match when={isLoading()}>Searching on the server…</Match>
            <Match when={found() === 0}>The server finds nothing there.</Match>
          </Switch>
        </p>
        <For each={withResults().slice(0, NAMED)}>
          {(project) => (
            <button type="button" class="button small" onClick={() => keep(project)}>
              <Icon name="export" size={14} /> Keep {project.name} on this device
              <Show when={status().projects.get(project.id)?.assetCount}>
                {(count) => <> · {formatCountOf(count(), 'asset')}</>}
              </Show>
            </button>
          )}
        </For>
      </div>
    </Show>
  );
}
