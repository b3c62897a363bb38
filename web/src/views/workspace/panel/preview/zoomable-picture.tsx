/** A picture to zoom and pan: by wheel, pinch, drag, double click and keys, to its own pixels and beyond. */
import { createEffect, createMemo, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { formatResolution } from '../../../../ui/format.ts';
import { createPointers } from './create-pointers.ts';
import type { FullPicture } from './full-picture.ts';
import { FIT, type Look, type Point, panBy, placeOf, type Size, type Stage, scaleOf, zoomAt, zoomTo } from './look.ts';
import styles from './zoomable-picture.module.css';

/** The share by which one key press zooms, and the CSS pixels by which one pans. */
const STEP = 1.4;
const PAN = 40;

export interface ZoomableProps {
  readonly name: string;
  /** The picture that is there at once. */
  readonly thumbnail: string;
  readonly full: FullPicture;
  /** The size of the file's picture; null: unknown, and the thumbnail's counts. */
  readonly size: Size | null;
  readonly look: Look;
  readonly onLook: (look: Look) => void;
  readonly onError: () => void;
  /** Draws over the picture, in its pixels. @param pixel the size of a CSS pixel among them. */
  readonly overlay?: (pixel: number) => JSX.Element;
}

export function ZoomablePicture(props: ZoomableProps) {
  let frame!: HTMLDivElement;
  const [room, setRoom] = createSignal<Size>({ width: 1, height: 1 });
  const [thumbnail, setThumbnail] = createSignal<Size | null>(null);
  const [loaded, setLoaded] = createSignal<string | null>(null);
  const [failed, setFailed] = createSignal<string | null>(null);
  createEffect(
    on(
      () => props.thumbnail,
      () => setThumbnail(null),
      { defer: true },
    ),
  );

  const picture = () => props.size ?? thumbnail();
  const stage = createMemo((): Stage | null => {
    const size = picture();
    return size && { picture: size, frame: room(), density: window.devicePixelRatio };
  });
  const place = () => {
    const known = stage();
    return known && placeOf(props.look, known);
  };
  const scale = () => {
    const known = stage();
    return known === null ? null : scaleOf(props.look, known);
  };
  const address = () => ('address' in props.full ? props.full.address : null);
  /** Whether the thumbnail has fewer pixels than are shown now. */
  const needsMore = () => {
    const [small, whole, now] = [thumbnail(), picture(), scale()];
    return small !== null && whole !== null && now !== null && small.width < whole.width * Math.min(1, now) * 0.99;
  };
  const wantsFull = createMemo((before: string | null) => {
    const full = address();
    if (full === null || failed() === full) return null;
    return needsMore() || before === full ? full : null;
  }, null);
  const reason = () => {
    if (!needsMore()) return null;
    if ('reason' in props.full) return props.full.reason;
    if (failed() === address()) return 'The full picture could not be loaded, so this is its preview.';
    return loaded() === address() ? null : 'Loading the full picture…';
  };

  onMount(() => {
    const observer = new ResizeObserver(() => setRoom({ width: frame.clientWidth, height: frame.clientHeight }));
    observer.observe(frame);
    onCleanup(() => observer.disconnect());
    // A wheel over the picture must not scroll or zoom the page, which a passive listener cannot prevent.
    frame.addEventListener('wheel', onWheel, { passive: false });
  });

  function change(step: (stage: Stage) => Look): void {
    const known = stage();
    if (known !== null) props.onLook(step(known));
  }
  const inFrame = (event: { clientX: number; clientY: number }): Point => {
    const { left, top } = frame.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const middle = (): Point => ({ x: room().width / 2, y: room().height / 2 });

  function onWheel(event: WheelEvent): void {
    event.preventDefault();
    // A pinch on a touchpad comes as small steps with Ctrl; some mice count lines instead of pixels.
    const pixels = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1);
    const factor = Math.exp(-Math.max(-240, Math.min(240, pixels)) * (event.ctrlKey ? 0.01 : 0.0025));
    change((known) => zoomAt(props.look, factor, inFrame(event), known));
  }
  const pointers = createPointers({
    onPan: (by) => change((known) => panBy(props.look, by, known)),
    onPinch: (factor, at) =>
      change((known) => zoomAt(props.look, factor, inFrame({ clientX: at.x, clientY: at.y }), known)),
  });
  function toggle(at: Point): void {
    change((known) => (props.look.scale === null ? zoomTo(props.look, 1, at, known) : FIT));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pans: Readonly<Record<string, Point>> = {
      ArrowLeft: { x: PAN, y: 0 },
      ArrowRight: { x: -PAN, y: 0 },
      ArrowUp: { x: 0, y: PAN },
      ArrowDown: { x: 0, y: -PAN },
    };
    const by = pans[event.key];
    if (by !== undefined) change((known) => panBy(props.look, by, known));
    else if (event.key === '+' || event.key === '=') change((known) => zoomAt(props.look, STEP, middle(), known));
    else if (event.key === '-') change((known) => zoomAt(props.look, 1 / STEP, middle(), known));
    else if (event.key === '0') props.onLook(FIT);
    else if (event.key === '1') change((known) => zoomTo(props.look, 1, middle(), known));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const box = () => {
    const at = place();
    return at && { left: `${at.left}px`, top: `${at.top}px`, width: `${at.width}px`, height: `${at.height}px` };
  };
  const percent = () => {
    const now = scale();
    return now === null ? '–' : `${Math.round(now * 100)}%`;
  };
  return (
    <div class={styles['stage']}>
      {/* biome-ignore lint/a11y/useSemanticElements: no element says picture with controls */}
      <div
        ref={frame}
        class={styles['frame']}
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys zoom and pan the picture
        tabIndex="0"
        aria-label={`${props.name}, ${percent()}. Plus and minus zoom, arrows move, 0 fits, 1 shows 100%`}
        data-larger={props.look.scale !== null}
        data-pixels={(scale() ?? 0) >= 2}
        onKeyDown={onKeyDown}
        onDblClick={(event) => toggle(inFrame(event))}
        {...pointers}
      >
        <img
          class={styles['picture']}
          src={props.thumbnail}
          alt={props.name}
          draggable={false}
          style={box() ?? { visibility: 'hidden' }}
          onLoad={(event) => {
            const { naturalWidth: width, naturalHeight: height } = event.currentTarget;
            setThumbnail({ width, height });
          }}
          onError={() => props.onError()}
        />
        <Show when={wantsFull()} keyed>
          {(full) => (
            <img
              class={styles['picture']}
              src={full}
              alt=""
              draggable={false}
              style={{ ...box(), visibility: loaded() === full ? 'visible' : 'hidden' }}
              onLoad={() => setLoaded(full)}
              onError={() => setFailed(full)}
            />
          )}
        </Show>
        <Show when={props.overlay && box() && picture()}>
          {(size) => (
            <svg
              class={styles['overlay']}
              aria-hidden="true"
              viewBox={`0 0 ${size().width} ${size().height}`}
              style={box() ?? {}}
            >
              {props.overlay?.(size().width / (place()?.width ?? 1))}
            </svg>
          )}
        </Show>
      </div>
      <div class={styles['labels']}>
        <Show when={picture()}>
          {(size) => <span class={styles['label']}>{formatResolution(size().width, size().height)}</span>}
        </Show>
        <button
          type="button"
          class={styles['label']}
          title={props.look.scale === null ? 'Show 100%' : 'Fit the picture'}
          aria-label={`Zoom ${percent()}: ${props.look.scale === null ? 'show 100%' : 'fit the picture'}`}
          onClick={() => toggle(middle())}
        >
          {percent()}
        </button>
      </div>
      <Show when={reason()}>
        {(sentence) => (
          <p class={styles['reason']} role="status">
            {sentence()}
          </p>
        )}
      </Show>
    </div>
  );
}
