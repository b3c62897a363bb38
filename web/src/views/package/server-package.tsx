/** A read-only view of a package that is not on this device, as the server lists it. */
import {
  type ListedAsset,
  packageAssetsAnswer,
  packageSummariesAnswer,
} from '@ingesthub/schema/replica/server-answers.ts';
import { useSearchParams } from '@solidjs/router';
import { createMemo, createUniqueId, For, Show } from 'solid-js';
import { formatFilter, parseFilter } from '../../queries/address/filter-url.ts';
import type { PackageListRow } from '../../queries/packages.ts';
import { plainWords } from '../../queries/query/edit-query.ts';
import { askServer } from '../../server-answers/ask-server.ts';
import { createAnswer } from '../../server-answers/create-answer.ts';
import { createServerPages } from '../../server-answers/create-server-pages.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { NotOnDevice } from '../working-set/not-on-device.tsx';
import { TextFilter } from '../workspace/filter/text-filter.tsx';
import { AssetTile } from '../workspace/tile/asset-tile.tsx';
import { PackageHeader } from './header/package-header.tsx';
import styles from './server-package.module.css';

const PAGE_SIZE = 200;
/** A shorter pause would send a request for every letter. */
const TYPING_PAUSE_MS = 200;

export function ServerPackage(props: { row: PackageListRow }) {
  const { online } = useReplica();
  const domId = createUniqueId();
  const [search, setSearch] = useSearchParams();
  const filter = createMemo(() => parseFilter({ ...search }));
  const asked = createMemo(() => plainWords(filter().text));
  const summaries = createAnswer(
    () => (online() ? props.row.project_id : null),
    (project, signal) => askServer('/api/package-summaries', { project }, packageSummariesAnswer, signal),
  );
  const summary = () => summaries()?.packages.find(({ package_id }) => package_id === props.row.id);
  const assets = createServerPages<{ package: string; text: string }, ListedAsset>(
    () => (online() ? { package: props.row.id, text: asked().words } : null),
    async (asked, after, signal) => {
      const page = { ...asked, limit: String(PAGE_SIZE), ...(after && { after: after.id }) };
      return (await askServer('/api/package-assets', page, packageAssetsAnswer, signal)).assets;
    },
    { pageSize: PAGE_SIZE, pauseMs: TYPING_PAUSE_MS },
  );

  function onScroll(event: Event & { currentTarget: HTMLElement }): void {
    const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
    if (scrollTop + 2 * clientHeight > scrollHeight) assets.more();
  }

  return (
    <div class={styles['view']}>
      <PackageHeader row={props.row} summary={summary()} />
      <NotOnDevice
        projectId={props.row.project_id}
        more={asked().hasTerms ? 'Some filters of this link work only once the project is on this device.' : undefined}
      />
      <Show when={online()}>
        <search class={styles['filter']} aria-label="Filter assets">
          <TextFilter
            text={asked().hasTerms ? asked().words : filter().text}
            onText={(text) => setSearch(formatFilter({ ...filter(), text }), { replace: true, scroll: false })}
          />
          <span class="muted">From the server, by name</span>
        </search>
      </Show>
      <div class={styles['assets']} onScroll={onScroll}>
        <Show when={assets.problem}>{(problem) => <p role="alert">{problem()}</p>}</Show>
        <Show when={online() && !assets.loading && assets().length === 0 && !assets.problem}>
          <p class="muted">{asked().words === '' ? 'No assets yet.' : 'No asset matches the filter.'}</p>
        </Show>
        <div class={styles['tiles']} role="listbox" aria-label="Assets">
          <For each={assets()}>
            {(asset, index) => (
              <AssetTile
                asset={{
                  ...asset,
                  package_id: props.row.id,
                  package_name: null,
                  placeholder: null,
                  waveform_version: null,
                }}
                domId={`${domId}-${index()}`}
                index={index()}
                count={assets().length}
                selected={false}
                focused={false}
                fast={false}
              />
            )}
          </For>
        </div>
        <Show when={assets.hasMore}>
          <button type="button" class="button" disabled={assets.loading} onClick={() => assets.more()}>
            More assets
          </button>
        </Show>
      </div>
    </div>
  );
}
