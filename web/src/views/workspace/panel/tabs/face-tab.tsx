/** Facts that were read from a face crop: pose, sharpness, alignment, source. */
import type { FaceDetails } from '@ingesthub/schema/library/asset-details.ts';
import { Show } from 'solid-js';
import type { AssetDetail } from '../../../../queries/assets.ts';
import { formatCountOf, formatResolution } from '../../../../ui/format.ts';
import { Icon } from '../../../../ui/icon.tsx';
import styles from '../asset-panel.module.css';
import { Fact } from '../parts/fact.tsx';
import { Absent } from './metadata-tab.tsx';
import { PoseMark } from './pose-mark.tsx';

const carriers = {
  fcWp: 'PNG chunk (fcWp)',
  dfl_header: 'PNG text (dfl_header)',
  faceswap: 'PNG text (faceswap)',
  app15: 'JPEG segment (APP15)',
} as const satisfies Record<FaceDetails['carrier'], string>;

export function FaceTab(props: {
  readonly asset: AssetDetail;
  readonly landmarks: boolean;
  readonly onLandmarks: (shown: boolean) => void;
  readonly onSource: () => void;
}) {
  const face = () => props.asset.details?.face ?? null;
  const pose = () => {
    const { yaw, pitch } = props.asset;
    return yaw === null || pitch === null ? null : { yaw, pitch };
  };
  return (
    <>
      <div class={styles['pose']}>
        <Show when={pose()}>{(known) => <PoseMark {...known()} />}</Show>
        <dl class="facts">
          <Fact name="Yaw">{degrees(props.asset.yaw)}</Fact>
          <Fact name="Pitch">{degrees(props.asset.pitch)}</Fact>
          <Fact name="Roll">{degrees(props.asset.roll)}</Fact>
          <Fact name="Sharpness">{number(props.asset.sharpness)}</Fact>
        </dl>
      </div>
      <Show
        when={face()}
        fallback={
          <p class={styles['nothing']}>
            <Absent asset={props.asset} />
          </p>
        }
      >
        {(known) => (
          <>
            <section class={styles['section']} aria-label="Source">
              <h3>Source</h3>
              <dl class="facts">
                <Fact name="File">
                  {known().source_filename && <span class="mono">{known().source_filename}</span>}
                </Fact>
                <Fact name="Path">
                  {known().source_filepath && <span class="mono">{known().source_filepath}</span>}
                </Fact>
                <Fact name="Size">{sizeOf(known().source_size)}</Fact>
                <Fact name="Rectangle">{rectangleOf(known().source_rect)}</Fact>
              </dl>
              <Show
                when={known().source_filename ?? known().source_filepath}
                fallback={<p class="muted small">The crop does not name its source.</p>}
              >
                <button type="button" class="button small" onClick={() => props.onSource()}>
                  <Icon name="clips" size={14} /> Show in source
                </button>
              </Show>
            </section>
            <section class={styles['section']} aria-label="Alignment">
              <h3>Alignment</h3>
              <dl class="facts">
                <Fact name="Face type">{known().face_type}</Fact>
                <Fact name="Landmarks">
                  {known().landmarks &&
                    `${formatCountOf(known().landmarks?.length ?? 0, 'point')} in the ${known().landmarks_in === 'source' ? 'source' : 'crop'}`}
                </Fact>
                <Fact name="Pose as written">{rawPose(known())}</Fact>
                <Fact name="Read from">{carriers[known().carrier]}</Fact>
              </dl>
              <Show when={known().landmarks}>
                <label class={styles['check']}>
                  <input
                    type="checkbox"
                    checked={props.landmarks}
                    onChange={(event) => props.onLandmarks(event.currentTarget.checked)}
                  />
                  {known().landmarks_in === 'source'
                    ? 'Draw landmarks over the source'
                    : 'Draw landmarks over the picture'}
                </label>
              </Show>
            </section>
            <Measures face={known()} />
          </>
        )}
      </Show>
    </>
  );
}

function Measures(props: { readonly face: FaceDetails }) {
  const known = () =>
    [props.face.brightness, props.face.hue, props.face.saturation, props.face.pureness, props.face.black].some(
      (value) => value !== undefined,
    );
  return (
    <Show when={known()}>
      <section class={styles['section']} aria-label="Measures">
        <h3>Measures</h3>
        <dl class="facts">
          <Fact name="Brightness">{number(props.face.brightness)}</Fact>
          <Fact name="Hue">{number(props.face.hue)}</Fact>
          <Fact name="Saturation">{number(props.face.saturation)}</Fact>
          <Fact name="Skin">{number(props.face.pureness)}</Fact>
          <Fact name="Black">{number(props.face.black)}</Fact>
        </dl>
      </section>
    </Show>
  );
}

/** @example degrees(-7.24) // '−7.2°' */
function degrees(angle: number | null): string | null {
  if (angle === null) return null;
  const shown = Math.abs(angle).toFixed(1);
  return `${angle < 0 && shown !== '0.0' ? '−' : ''}${shown}°`;
}

function number(value: number | null | undefined): string | null {
  return value == null ? null : String(Number(value.toPrecision(4))).replace('-', '−');
}

function sizeOf(size: FaceDetails['source_size']): string | null {
  return size === undefined ? null : formatResolution(...size);
}

function rectangleOf(rect: FaceDetails['source_rect']): string | null {
  if (rect === undefined) return null;
  const [left, top, right, bottom] = rect.map(Math.round) as [number, number, number, number];
  return `${right - left} × ${bottom - top} at ${left}, ${top}`;
}

function rawPose({ pose_raw, pose_convention }: FaceDetails): string | null {
  if (pose_raw === undefined) return null;
  const values = pose_raw.map((value) => number(value) ?? '–').join(', ');
  return pose_convention === undefined ? values : `${values} ${pose_convention}`;
}
