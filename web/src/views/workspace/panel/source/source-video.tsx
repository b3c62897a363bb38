/** One frame of a source's video, with something drawn over it. */
import { createSignal, type JSX, onCleanup, onMount, Show } from 'solid-js';
import type { Size } from '../preview/look.ts';
import styles from './source-view.module.css';

export function SourceVideo(props: {
  readonly address: string;
  /** The size of the source's picture; null: unknown, and the video's counts. */
  readonly size: { readonly width: number | null; readonly height: number | null };
  /** The time of the frame; null: not known, and the drawing is only right by chance. */
  readonly seconds: number | null;
  readonly overlay: (pixel: number) => JSX.Element;
}) {
  let video!: HTMLVideoElement;
  const [own, setOwn] = createSignal<Size | null>(null);
  const [width, setWidth] = createSignal(1);
  const [failed, setFailed] = createSignal(false);
  /** Whether the video stands at the crop's frame: only then the drawing belongs to it. */
  const [isThere, setThere] = createSignal(false);
  onMount(() => {
    const observer = new ResizeObserver(() => setWidth(video.clientWidth));
    observer.observe(video);
    onCleanup(() => observer.disconnect());
  });
  const picture = (): Size | null => {
    const { width, height } = props.size;
    return width === null || height === null ? own() : { width, height };
  };
  const shownWidth = (size: Size) => Math.min(width(), (video.clientHeight * size.width) / size.height);
  function seek(): void {
    if (props.seconds !== null) video.currentTime = Math.min(props.seconds, video.duration || props.seconds);
  }
  function compare(): void {
    setThere(props.seconds !== null && Math.abs(video.currentTime - props.seconds) < 0.001);
  }
  return (
    <div class={styles['video']}>
      <Show when={!failed()} fallback={<p>The source’s video could not be loaded.</p>}>
        {/* biome-ignore lint/a11y/useMediaCaption: deliveries have no captions */}
        <video
          ref={video}
          src={props.address}
          controls
          preload="auto"
          onLoadedMetadata={() => {
            setOwn({ width: video.videoWidth, height: video.videoHeight });
            seek();
          }}
          onSeeked={compare}
          onTimeUpdate={compare}
          onError={() => setFailed(true)}
        />
        <Show when={isThere() && picture()}>
          {(size) => (
            <svg aria-hidden="true" viewBox={`0 0 ${size().width} ${size().height}`}>
              {props.overlay(size().width / shownWidth(size()))}
            </svg>
          )}
        </Show>
      </Show>
    </div>
  );
}
