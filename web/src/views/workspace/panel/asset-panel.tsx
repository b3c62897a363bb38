/** The panel of one asset: its preview, review status, tags and facts. */
import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import { A } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { isWaiting, type PreviewRequests } from '../../../pictures/create-preview-requests.ts';
import { KeepVideo } from '../../../pictures/ui/keep-video.tsx';
import { type AssetDetail, assetDetailQuery } from '../../../queries/assets.ts';
import { type ListCounts, tagsIn } from '../../../queries/list-counts.ts';
import { createLiveQuery } from '../../../replica/read/create-live-query.ts';
import { fileTypeNames } from '../../../ui/asset-words.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import {
  countFrames,
  formatBytes,
  formatCountOf,
  formatDateTime,
  formatDuration,
  formatFrameRange,
  formatFrameRate,
  formatResolution,
} from '../../../ui/format.ts';
import { Icon } from '../../../ui/icon.tsx';
import { NamePicker } from '../../../ui/name-picker.tsx';
import { useReplica } from '../../../ui/replica-context.ts';
import { reviewStatuses } from '../../../ui/review-status.ts';
import { addTag, removeTag, review } from '../changes/asset-changes.ts';
import { useChangeAssets } from '../changes/change-context.ts';
import styles from './asset-panel.module.css';
import { AssetPreview } from './asset-preview.tsx';

export function AssetPanel(props: {
  assetId: string;
  /** Counts of the list that the asset is in. */
  counts: ListCounts;
  previews: PreviewRequests;
  onClose: () => void;
}) {
  const { replica } = useReplica();
  const rows = createLiveQuery<AssetDetail>(replica, () => assetDetailQuery(props.assetId));
  createEffect(() => {
    const packageId = rows()[0]?.package_id;
    if (packageId !== undefined) void replica.needMetadata(packageId);
  });
  props.previews.show(() =>
    rows()
      .filter(isWaiting)
      .map(({ id }) => id),
  );
  return (
    <aside class={styles['panel']} aria-label="Asset">
      <Show when={rows()[0]}>
        {(asset) => (
          <>
            <header class={styles['header']}>
              <h2 title={asset().name}>{asset().name}</h2>
              <button
                type="button"
                class="button quiet icon"
                aria-label="Close the asset panel"
                title="Close (Esc)"
                onClick={() => props.onClose()}
              >
                <Icon name="close" />
              </button>
            </header>
            <AssetPreview asset={asset()} />
            <KeepVideo asset={asset()} />
            <Show when={asset().problem}>
              {(problem) => (
                <p class={styles['problem']}>
                  <Icon name="problem" size={14} /> <span>{problem()}</span>
                </p>
              )}
            </Show>
            <Review asset={asset()} />
            <Tags asset={asset()} counts={props.counts} />
            <Facts asset={asset()} />
          </>
        )}
      </Show>
    </aside>
  );
}

function Review(props: { asset: AssetDetail }) {
  const change = useChangeAssets();
  return (
    <fieldset class={styles['review']}>
      <legend class="visually-hidden">Review status</legend>
      <For each={reviewStatuses}>
        {({ status, label }) => (
          <button
            type="button"
            class="button"
            aria-pressed={props.asset.review_status === status}
            onClick={() => change(review(status), [props.asset.id])}
          >
            <Icon name={status} size={13} /> {label}
          </button>
        )}
      </For>
    </fieldset>
  );
}

function Tags(props: { asset: AssetDetail; counts: ListCounts }) {
  const change = useChangeAssets();
  const [open, setOpen] = createSignal(false);
  const tags = createMemo(() => (open() ? tagsIn(props.counts) : []));
  return (
    <section class={styles['tags']} aria-label="Tags">
      <For each={props.asset.tags}>
        {(tag) => (
          <span class="chip" title={tag}>
            <span>{tag}</span>
            <button
              type="button"
              aria-label={`Remove tag ${tag}`}
              onClick={() => change(removeTag(tag), [props.asset.id])}
            >
              <Icon name="close" size={12} />
            </button>
          </span>
        )}
      </For>
      <NamePicker
        label={
          <>
            <Icon name="tag" size={13} /> Add tag
          </>
        }
        fieldLabel="Add a tag to this asset"
        class={styles['addTag'] ?? ''}
        names={tags()}
        picked={props.asset.tags}
        allowNew
        open={open()}
        onOpenChange={setOpen}
        onPick={(tag) => change(addTag(tag), [props.asset.id])}
      />
    </section>
  );
}

function Facts(props: { asset: AssetDetail }) {
  const path = () => `${props.asset.source_path}/${props.asset.relative_path}`;
  const frames = () => formatFrameRange(props.asset.first_frame, props.asset.last_frame);
  // A recording in several files.
  const isInParts = () => props.asset.file_type !== 'sequence';
  const audio = () =>
    [
      props.asset.audio_codec,
      props.asset.audio_channels === null ? null : `${props.asset.audio_channels} ch`,
      props.asset.sample_rate === null ? null : `${props.asset.sample_rate / 1000} kHz`,
    ]
      .filter((part) => part !== null)
      .join(' · ');
  const degrees = (angle: number) => `${angle.toFixed(1)}°`;
  return (
    <dl class={styles['facts']}>
      <Fact name="Path">
        <span class={styles['path']}>
          <span class="mono">
            <For each={path().split(/(?<=\/)/)}>
              {(part) => (
                <>
                  {part}
                  <wbr />
                </>
              )}
            </For>
          </span>
          <CopyButton text={path()} what="path" />
        </span>
      </Fact>
      <Fact name="Package">
        <A class="link" href={`/packages/${props.asset.package_id}`}>
          {props.asset.package_name}
        </A>
      </Fact>
      <Fact name="Type">
        {fileTypeNames[props.asset.file_type]} · {ASSET_TYPE_LABELS[props.asset.asset_type]}
      </Fact>
      <Fact name="Sidecar of">{props.asset.sidecar_of}</Fact>
      <Fact name="Subject">{props.asset.subject_name}</Fact>
      <Fact name="Camera">{props.asset.camera ?? 'No camera'}</Fact>
      <Fact name="Size">{formatBytes(props.asset.size_bytes)}</Fact>
      <Fact name="Modified">{formatDateTime(props.asset.modified_at)}</Fact>
      <Fact name="Not on disk since">
        {props.asset.missing_since && <span class={styles['wrong']}>{formatDateTime(props.asset.missing_since)}</span>}
      </Fact>
      <Fact name="Resolution">
        {props.asset.width !== null && formatResolution(props.asset.width, props.asset.height)}
      </Fact>
      <Fact name={isInParts() ? 'Parts' : 'Frames'}>
        {frames() &&
          (isInParts()
            ? `${framesOnDisk(props.asset)} of ${props.asset.last_frame} on disk`
            : `${frames()} · ${formatCountOf(framesOnDisk(props.asset), 'frame')} on disk`)}
      </Fact>
      <Fact name={isInParts() ? 'Missing parts' : 'Missing frames'}>
        {props.asset.missing_frames && <span class={styles['wrong']}>{props.asset.missing_frames}</span>}
      </Fact>
      <Fact name="Duration">
        {props.asset.duration_seconds !== null && formatDuration(props.asset.duration_seconds)}
      </Fact>
      <Fact name="Frame rate">
        {props.asset.frame_rate_numerator !== null &&
          formatFrameRate(props.asset.frame_rate_numerator, props.asset.frame_rate_denominator)}
      </Fact>
      <Fact name="Codec">{props.asset.codec}</Fact>
      <Fact name="Audio">{audio()}</Fact>
      <Fact name="Pose">
        {props.asset.yaw !== null &&
          props.asset.pitch !== null &&
          `yaw ${degrees(props.asset.yaw)} · pitch ${degrees(props.asset.pitch)}`}
      </Fact>
      <Fact name="Picked up">
        {props.asset.picked_up_at && `${formatDateTime(props.asset.picked_up_at)} by ${props.asset.picked_up_by}`}
      </Fact>
    </dl>
  );
}

function framesOnDisk({ first_frame, last_frame, missing_frames }: AssetDetail): number {
  const range = (last_frame ?? 0) - (first_frame ?? 0) + 1;
  return range - (missing_frames === null ? 0 : countFrames(missing_frames));
}

/** Omitted when the value is empty. */
function Fact(props: { name: string; children: JSX.Element }) {
  return (
    <Show when={props.children}>
      {(value) => (
        <div>
          <dt>{props.name}</dt>
          <dd>{value()}</dd>
        </div>
      )}
    </Show>
  );
}
