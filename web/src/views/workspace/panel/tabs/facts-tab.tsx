/** Facts that the library knows about an asset as a file. */
import { ASSET_TYPE_LABELS } from '@ingesthub/schema/library/package-kinds.ts';
import { For } from 'solid-js';
import { mapPath, pathMappings } from '../../../../paths/map-path.ts';
import { serverPath } from '../../../../paths/server-path.ts';
import type { AssetDetail } from '../../../../queries/assets.ts';
import { fileTypeNames } from '../../../../ui/asset-words.ts';
import { CopyButton } from '../../../../ui/copy-button.tsx';
import {
  countFrames,
  formatBytes,
  formatCountOf,
  formatDateTime,
  formatDuration,
  formatFrameRange,
  formatFrameRate,
  formatResolution,
} from '../../../../ui/format.ts';
import styles from '../asset-panel.module.css';
import { Fact } from '../parts/fact.tsx';

export function FactsTab(props: { readonly asset: AssetDetail }) {
  const path = () => mapPath(serverPath(props.asset), pathMappings());
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
  return (
    <dl class={`facts ${styles['facts']}`}>
      <Fact name="Path">
        <span class={styles['path']}>
          <span class="mono">
            <For each={path().split(/(?<=[/\\])/)}>
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
      <Fact name="Type">
        {fileTypeNames[props.asset.file_type]} · {ASSET_TYPE_LABELS[props.asset.asset_type]}
      </Fact>
      <Fact name="Subject">{props.asset.subject_name ?? '–'}</Fact>
      <Fact name="Camera">{props.asset.camera ?? '–'}</Fact>
      <Fact name="Sidecar of">{props.asset.sidecar_of}</Fact>
      <Fact name="Size">{formatBytes(props.asset.size_bytes)}</Fact>
      <Fact name="Modified">{formatDateTime(props.asset.modified_at)}</Fact>
      <Fact name="Not on disk since">
        {props.asset.missing_since && <span class="danger">{formatDateTime(props.asset.missing_since)}</span>}
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
        {props.asset.missing_frames && <span class="danger">{props.asset.missing_frames}</span>}
      </Fact>
      <Fact name="Duration">
        {props.asset.duration_seconds !== null && formatDuration(props.asset.duration_seconds)}
      </Fact>
      <Fact name="Frame rate">
        {props.asset.frame_rate_numerator !== null &&
          formatFrameRate(props.asset.frame_rate_numerator, props.asset.frame_rate_denominator)}
      </Fact>
      <Fact name="Timecode">
        {props.asset.details?.timecode && <span class="mono">{props.asset.details.timecode}</span>}
      </Fact>
      <Fact name="Codec">{props.asset.codec}</Fact>
      <Fact name="Audio">{audio()}</Fact>
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
