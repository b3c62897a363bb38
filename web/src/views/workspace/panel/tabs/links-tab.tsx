/** The things that an asset belongs to, as links. */
import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { AssetDetail } from '../../../../queries/assets.ts';
import { type NamesakeRow, namesakesQuery } from '../../../../queries/namesakes.ts';
import { createLiveQuery } from '../../../../replica/read/create-live-query.ts';
import { Icon } from '../../../../ui/icon.tsx';
import { useReplica } from '../../../../ui/replica-context.ts';
import styles from '../asset-panel.module.css';
import { assetAddress } from '../parts/asset-address.ts';
import { Fact } from '../parts/fact.tsx';

export function LinksTab(props: { readonly asset: AssetDetail; readonly onSource: () => void }) {
  const { replica } = useReplica();
  const namesakes = createLiveQuery<NamesakeRow>(replica, () => namesakesQuery(props.asset));
  const folder = () => props.asset.relative_path.slice(0, -props.asset.name.length);
  const source = () => props.asset.details?.face?.source_filename;
  return (
    <dl class={`facts ${styles['facts']}`}>
      <Fact name="Project">
        <A class="link" href={`/projects/${props.asset.project_id}`}>
          {props.asset.project_name}
        </A>
      </Fact>
      <Fact name="Package">
        <A class="link" href={`/packages/${props.asset.package_id}`}>
          {props.asset.package_name}
        </A>
      </Fact>
      <Fact name="Folder">{folder() === '' ? null : <span class="mono">{folder()}</span>}</Fact>
      <Fact name="Subject">
        {props.asset.subject_id !== null && props.asset.subject_name !== null && (
          <A
            class="link"
            href={`/packages/${props.asset.package_id}?${new URLSearchParams({ subject: props.asset.subject_id })}`}
          >
            {props.asset.subject_name} in this package
          </A>
        )}
      </Fact>
      <Fact name="Source">
        {source() && (
          <button type="button" class={`link ${styles['plain']}`} onClick={() => props.onSource()}>
            <Icon name="clips" size={12} /> {source()}
          </button>
        )}
      </Fact>
      <Fact name="Sidecar of">
        {props.asset.sidecar_of && (
          <A class="link" href={assetAddress({ ...props.asset, name: `${props.asset.sidecar_of}*` })}>
            {props.asset.sidecar_of}
          </A>
        )}
      </Fact>
      <Show when={namesakes().length > 0}>
        <Fact name="Same name">
          <ul class={styles['links']}>
            <For each={namesakes()}>
              {(row) => (
                <li>
                  <A class="link" href={assetAddress(row)}>
                    {row.package_name}/{row.relative_path}
                  </A>
                </li>
              )}
            </For>
          </ul>
        </Fact>
      </Show>
    </dl>
  );
}
