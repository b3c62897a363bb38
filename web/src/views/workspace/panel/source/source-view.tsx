/** Shows a face crop's frame in its source, with the crop's rectangle, in place of the crop's preview. */
import type { FaceDetails } from '@ingesthub/schema/library/asset-details.ts';
import { A } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, Match, Show, Switch } from 'solid-js';
import { type FaceSourceRow, faceSourceQuery, sourceNames } from '../../../../queries/face-source.ts';
import { createLiveQuery } from '../../../../replica/read/create-live-query.ts';
import { useReplica } from '../../../../ui/replica-context.ts';
import { previewOf } from '../../tile/preview-source.ts';
import { assetAddress } from '../parts/asset-address.ts';
import { AssetPreview } from '../preview/asset-preview.tsx';
import { FIT } from '../preview/look.ts';
import { type FoundSource, findSource, type SourceAnswer } from './find-source.ts';
import { SourceRectangle } from './source-rectangle.tsx';
import { SourceVideo } from './source-video.tsx';
import styles from './source-view.module.css';

export interface SourceViewProps {
  readonly cropId: string;
  readonly projectId: string;
  readonly face: FaceDetails;
  readonly landmarks: boolean;
  readonly onClose: () => void;
}

export function SourceView(props: SourceViewProps) {
  const { replica } = useReplica();
  const names = createMemo(() => sourceNames(props.face), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const rows = createLiveQuery<FaceSourceRow>(replica, () => {
    const known = names();
    return known && faceSourceQuery(props.projectId, known);
  });
  // A clip's frame rate, by which its frame is found, is in its package's metadata.
  createEffect(() => {
    for (const id of new Set(rows().map(({ package_id }) => package_id))) void replica.needMetadata(id);
  });
  const answer = createMemo((): SourceAnswer => {
    const known = names();
    return known === null ? { is: 'absent' } : findSource(rows(), known, props.face, props.cropId);
  });
  const found = () => {
    const now = answer();
    return now.is === 'found' ? now.source : null;
  };
  const several = () => {
    const now = answer();
    return now.is === 'several' ? now.sources : null;
  };
  return (
    <>
      <Switch
        fallback={
          <p class={styles['sentence']}>
            {rows.loading ? '' : `No asset of this project is called ${names()?.file ?? 'like its source'}.`}
          </p>
        }
      >
        <Match when={several()}>
          {(sources) => (
            <div class={styles['sentence']}>
              <p>{sources().length} assets of this project have this name. The crop does not say which.</p>
              <ul>
                <For each={sources()}>
                  {(source) => (
                    <li>
                      <A class="link" href={assetAddress(source)}>
                        {source.package_name}/{source.relative_path}
                      </A>
                    </li>
                  )}
                </For>
              </ul>
            </div>
          )}
        </Match>
        <Match when={found()}>{(source) => <Frame source={source()} {...props} />}</Match>
      </Switch>
      <p class={styles['bar']}>
        <span class="cut">
          <Show when={found()} fallback="Source">
            {(source) => (
              <A
                class="link"
                href={assetAddress(source().asset)}
                title={`${source().asset.package_name}/${source().asset.relative_path}`}
              >
                {source().asset.name}
              </A>
            )}
          </Show>
          <Show when={found()}>{(source) => <span class="muted"> {describeFrame(source(), props.face)}</span>}</Show>
        </span>
        <button type="button" class="button small" onClick={() => props.onClose()}>
          Back to the crop
        </button>
      </p>
    </>
  );
}

function Frame(props: SourceViewProps & { readonly source: FoundSource }) {
  const [look, setLook] = createSignal(FIT);
  const preview = () => previewOf(props.source.asset);
  const video = () => {
    const shown = preview();
    return shown.kind === 'video' ? shown.source : null;
  };
  // The rectangle is in the pixels of the picture that the crop's tool saw.
  const asset = () => {
    const size = props.face.source_size;
    return size === undefined ? props.source.asset : { ...props.source.asset, width: size[0], height: size[1] };
  };
  return (
    <Show
      when={video()}
      keyed
      fallback={
        <AssetPreview
          asset={asset()}
          look={look()}
          onLook={setLook}
          overlay={(pixel) => <SourceRectangle face={props.face} pixel={pixel} landmarks={props.landmarks} />}
        />
      }
    >
      {(address) => (
        <SourceVideo
          address={address}
          size={asset()}
          seconds={props.source.seconds}
          overlay={(pixel) => <SourceRectangle face={props.face} pixel={pixel} landmarks={props.landmarks} />}
        />
      )}
    </Show>
  );
}

function describeFrame({ asset, frame, seconds }: FoundSource, { source_rect }: FaceDetails): string {
  const parts = [
    asset.file_type === 'image' ? null : frame === null ? 'the frame isn’t recorded' : `frame ${frame}`,
    frame !== null && seconds === null ? 'its frame rate isn’t known' : null,
    source_rect === undefined ? 'the rectangle isn’t recorded' : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}
