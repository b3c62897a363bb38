/** The picture of an asset to zoom and pan, or its video or sound with the browser's own controls. */

import type { AssetRow } from '@ingesthub/schema/library/rows.ts';
import { createMemo, createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { Icon } from '../../../../ui/icon.tsx';
import { useReplica } from '../../../../ui/replica-context.ts';
import { type Preview, previewOf } from '../../tile/preview-source.ts';
import styles from './asset-preview.module.css';
import { fullPicture } from './full-picture.ts';
import type { Look } from './look.ts';
import { ZoomablePicture } from './zoomable-picture.tsx';

/** The facts of an asset that its preview depends on. */
export type PreviewedAsset = Pick<
  AssetRow,
  | 'id'
  | 'name'
  | 'file_type'
  | 'width'
  | 'height'
  | 'first_frame'
  | 'missing_since'
  | 'problem'
  | 'thumbnail_status'
  | 'thumbnail_version'
  | 'proxy_status'
  | 'proxy_version'
>;

export function AssetPreview(props: {
  asset: PreviewedAsset;
  look: Look;
  onLook: (look: Look) => void;
  /** Draws over a picture, in its pixels. */
  overlay?: ((pixel: number) => JSX.Element) | undefined;
}) {
  const { online } = useReplica();
  const preview = createMemo((): Preview => previewOf(props.asset), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const source = () => {
    const shown = preview();
    return shown.kind === 'none' ? null : shown.source;
  };
  // A failed preview is loaded again once the server is reachable again.
  const [failed, setFailed] = createSignal<string | null>(null);
  const attempt = createMemo(() => `${online()} ${source()}`);
  const reason = () => {
    const shown = preview();
    if (shown.kind === 'none') return shown.reason;
    if (failed() !== attempt()) return null;
    if (!online()) return 'This preview is not on this device, and you’re offline.';
    // A delivered file may be in a format that browsers cannot play; a proxy never is.
    if (source()?.endsWith('/original')) return 'This browser cannot play the file, or it could not be loaded.';
    return `The ${{ image: 'picture', video: 'video', audio: 'sound' }[shown.kind]} could not be loaded.`;
  };
  const poster = () => {
    const shown = preview();
    return shown.kind === 'video' ? (shown.poster ?? undefined) : undefined;
  };
  return (
    <div class={styles['preview']} data-kind={preview().kind}>
      <Show
        when={reason() === null && source()}
        keyed
        fallback={
          <div class={styles['none']}>
            <Icon name={props.asset.file_type} size={28} />
            <p>{reason()}</p>
            <Show when={preview().kind !== 'none' && online()}>
              <button type="button" class="button" onClick={() => setFailed(null)}>
                Try again
              </button>
            </Show>
          </div>
        }
      >
        {(address) => (
          <Switch>
            <Match when={preview().kind === 'video'}>
              {/* biome-ignore lint/a11y/useMediaCaption: deliveries have no captions */}
              <video
                src={address}
                poster={poster()}
                controls
                loop
                preload="metadata"
                onError={() => setFailed(attempt())}
              />
            </Match>
            <Match when={preview().kind === 'audio'}>
              {/* biome-ignore lint/a11y/useMediaCaption: deliveries have no captions */}
              <audio src={address} controls preload="metadata" onError={() => setFailed(attempt())} />
            </Match>
            <Match when={preview().kind === 'image'}>
              <ZoomablePicture
                name={props.asset.name}
                thumbnail={address}
                full={fullPicture(props.asset, online())}
                size={sizeOf(props.asset)}
                look={props.look}
                onLook={props.onLook}
                onError={() => setFailed(attempt())}
                {...(props.overlay && { overlay: props.overlay })}
              />
            </Match>
          </Switch>
        )}
      </Show>
    </div>
  );
}

function sizeOf({ width, height }: PreviewedAsset): { width: number; height: number } | null {
  return width === null || height === null ? null : { width, height };
}
