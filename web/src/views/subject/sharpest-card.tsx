/** The sharpest picture of each pose in the middle of the matrix, approved ones first. */
import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { filterQuery } from '../../queries/address/filter-url.ts';
import { emptyAssetFilter } from '../../queries/asset-filter.ts';
import { type AssetTile, assetTilesQuery } from '../../queries/assets.ts';
import { withRegions } from '../../queries/query/pose-regions.ts';
import { createLiveQuery } from '../../replica/read/create-live-query.ts';
import { createPoseBins } from '../../ui/poses/create-pose-bins.ts';
import { describeRegion, PoseGrid } from '../../ui/poses/pose-grid.ts';
import { useReplica } from '../../ui/replica-context.ts';
import { thumbnailSource } from '../workspace/tile/preview-source.ts';
import styles from './subject-page.module.css';

/** Twelve columns and four lines of bins. */
const SHOWN = { yaw: [-60, 60], pitch: [-20, 20] } as const;
const bins10 = new PoseGrid(10, null);

export function SharpestCard(props: { subjectId: string }) {
  const { replica, online } = useReplica();
  const bins = createPoseBins(replica, () => ({
    scope: { kind: 'subject', id: props.subjectId },
    pose: { degrees: 10, sharpest: true },
  }));
  const grid = createMemo(() => new PoseGrid(10, bins()));
  const ids = createMemo(
    () =>
      grid()
        .binsIn(SHOWN)
        .flatMap((bin) => grid().sharpestAt(bin) ?? []),
    [],
    { equals: (a, b) => a.join() === b.join() },
  );
  const tiles = createLiveQuery<AssetTile>(replica, () =>
    ids().length === 0 ? null : assetTilesQuery({ kind: 'subject', id: props.subjectId }, ids()),
  );
  const byId = createMemo(() => new Map(tiles().map((tile) => [tile.id, tile])));
  return (
    <section class="card" aria-label="Sharpest per pose">
      <header>
        <h2>Sharpest per pose</h2>
        <span class="end">approved first</span>
      </header>
      <Show
        when={bins() === null || ids().length > 0}
        fallback={<p class={`muted ${styles['body']}`}>No sharpness was read for these poses.</p>}
      >
        <div class={styles['sharpest']}>
          <For each={bins10.binsIn(SHOWN)}>
            {(bin) => {
              const region = bins10.regionOf(bin);
              const tile = createMemo(() => byId().get(grid().sharpestAt(bin) ?? ''));
              const source = createMemo(() => {
                const known = tile();
                const address = known && thumbnailSource(known);
                // With the connection: a picture that failed offline is asked for again.
                return address ? `${online()} ${address}` : null;
              });
              return (
                <Show
                  when={tile()}
                  fallback={
                    <span class={styles['none']} title={`${describeRegion(region)}: none`}>
                      –
                    </span>
                  }
                >
                  {(known) => (
                    <A
                      href={`/subjects/${props.subjectId}/assets${filterQuery({ ...emptyAssetFilter, text: withRegions('', [region]) })}`}
                      title={`${describeRegion(region)}\n${known().name}`}
                      aria-label={`${describeRegion(region)}: ${known().name}`}
                    >
                      <Show when={source()} keyed>
                        {(attempt) => (
                          <img
                            src={attempt.slice(attempt.indexOf(' ') + 1)}
                            alt=""
                            loading="lazy"
                            decoding="async"
                            onError={(event) => event.currentTarget.remove()}
                          />
                        )}
                      </Show>
                    </A>
                  )}
                </Show>
              );
            }}
          </For>
        </div>
      </Show>
    </section>
  );
}
