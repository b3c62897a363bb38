/**
 * Measures in the page, from an input's event to the frame that shows what came of it. The frames are
 * watched until the screen has been still for a while; the one since which it has looked as it does in
 * the end is the one that counts. So no measure needs to know what will be shown, only what to look at.
 */
import type { Page } from 'playwright-core';

export interface Shown {
  /** Milliseconds from the event to the frame that first looked different. */
  readonly firstMs: number;
  /** Milliseconds from the event to the frame since which every tile is as it stays. */
  readonly ms: number;
  /** The same, with what is said about the list: how many are shown and selected. */
  readonly wholeMs: number;
}

/** Since the navigation, in milliseconds; null: not yet. */
export interface Marks {
  readonly firstRows: number | null;
  readonly firstPicture: number | null;
  /** Every tile in the page has its picture. */
  readonly allPictures: number | null;
  readonly ready: number | null;
}

type InputEvent = 'keydown' | 'click' | 'change' | 'scroll' | 'popstate';

interface ProbeInPage {
  arm(event: InputEvent): void;
  /** The event's time on the wall clock, in milliseconds; null when there was none. */
  disarm(): number | null;
  settled(options: { stillMs: number; patienceMs: number; timeoutMs: number }): Promise<Shown | null>;
  marks: Marks;
}

/** Milliseconds without a change that end a measure, once there was one. */
const STILL_MS = 700;
/** As long as nothing has changed. */
const PATIENCE_MS = 3000;
const TIMEOUT_MS = 20_000;

/** Every page that is opened from now on has a probe. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(probe);
}

/**
 * Does something to the page and measures what comes of it.
 *
 * @param event the one that the time runs from: the last of its kind.
 * @returns null when nothing changed on the screen.
 */
export async function measure(page: Page, event: InputEvent, act: () => Promise<unknown>): Promise<Shown | null> {
  await page.evaluate((kind) => (globalThis as unknown as { probe: ProbeInPage }).probe.arm(kind), event);
  await act();
  return page.evaluate((options) => (globalThis as unknown as { probe: ProbeInPage }).probe.settled(options), {
    stillMs: STILL_MS,
    patienceMs: PATIENCE_MS,
    timeoutMs: TIMEOUT_MS,
  });
}

/** @returns the time of the last event of its kind that an act causes, on the wall clock in milliseconds. */
export async function eventTime(page: Page, event: InputEvent, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate((kind) => (globalThis as unknown as { probe: ProbeInPage }).probe.arm(kind), event);
  await act();
  const time = await page.evaluate(() => (globalThis as unknown as { probe: ProbeInPage }).probe.disarm());
  if (time === null) throw new Error(`There was no ${event}.`);
  return time;
}

export function readMarks(page: Page): Promise<Marks> {
  return page.evaluate(() => (globalThis as unknown as { probe: ProbeInPage }).probe.marks);
}

/** Runs in the page: it may use nothing from outside. */
function probe(): void {
  interface Look {
    readonly tiles: string;
    readonly facts: string;
    /** Whether no tile waits for its row. */
    readonly whole: boolean;
  }
  interface Run {
    readonly event: string;
    readonly before: Look;
    start: number | null;
    /** Those that looked different from the one before; the first is that of the arming. */
    readonly frames: (Look & { readonly at: number })[];
  }
  const tiles = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('[role=option][data-index]')];
  const says = (fact: string): string => document.querySelector(`[data-testid=${fact}]`)?.textContent ?? '';
  const differ = (a: Look, b: Look): boolean => a.tiles !== b.tiles || a.facts !== b.facts;

  function look(): Look {
    const all = tiles();
    return {
      tiles: all
        .map((tile) => `${tile.dataset['index']} ${tile.title} ${tile.ariaSelected} ${tile.textContent}`)
        .sort()
        .join('\n'),
      facts: `${says('shown')} ${says('selected')}`,
      whole: all.every((tile) => tile.title !== ''),
    };
  }

  /** Calls back when the frame that is being made has been handed on, with what it shows. */
  function eachFrame(onFrame: (seen: Look, at: number) => boolean): void {
    const channel = new MessageChannel();
    requestAnimationFrame(() => {
      const seen = look();
      channel.port1.onmessage = () => {
        channel.port1.close();
        if (onFrame(seen, performance.now())) eachFrame(onFrame);
      };
      channel.port2.postMessage(null);
    });
  }

  let armed: Run | null = null;
  const onEvent = (event: Event): void => {
    if (armed?.event === event.type) armed.start = event.timeStamp;
  };
  for (const kind of ['keydown', 'click', 'change', 'scroll', 'popstate'])
    addEventListener(kind, onEvent, { capture: true });

  const changes = ({ frames, start, before }: Run) =>
    frames.filter((frame, index) => start !== null && frame.at >= start && (index > 0 || differ(frame, before)));

  const marks: Record<keyof Marks, number | null> = {
    firstRows: null,
    firstPicture: null,
    allPictures: null,
    ready: null,
  };
  const inPage: ProbeInPage = {
    marks,
    arm(event) {
      const run: Run = { event, before: look(), start: null, frames: [] };
      armed = run;
      eachFrame((seen, at) => {
        const last = run.frames.at(-1);
        if (last === undefined || differ(last, seen)) run.frames.push({ ...seen, at });
        return armed === run;
      });
    },
    disarm() {
      const start = armed?.start ?? null;
      armed = null;
      return start === null ? null : performance.timeOrigin + start;
    },
    async settled({ stillMs, patienceMs, timeoutMs }) {
      const run = armed;
      if (run === null) throw new Error('The probe is not armed.');
      const asked = performance.now();
      for (;;) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        const last = changes(run).at(-1);
        const still = performance.now() - Math.max(asked, last?.at ?? 0);
        if (last === undefined ? still > patienceMs : still > stillMs && last.whole) break;
        if (performance.now() - asked > timeoutMs) throw new Error('The screen did not come to rest.');
      }
      armed = null;
      const { start } = run;
      const changed = changes(run);
      const [first, last] = [changed[0], changed.at(-1)];
      if (start === null || first === undefined || last === undefined) return null;
      const settled = changed.find((_, index) => changed.slice(index).every((later) => later.tiles === last.tiles));
      return {
        firstMs: first.at - start,
        ms: (settled ?? last).at - start,
        wholeMs: last.at - start,
      };
    },
  };
  Object.assign(globalThis, { probe: inPage });

  function phase(): string | undefined {
    const { ingestHub } = globalThis as { ingestHub?: { replica: { status(): { phase: string } } } };
    return ingestHub?.replica.status().phase;
  }
  eachFrame((seen, at) => {
    if (tiles().length > 0 && seen.whole) marks.firstRows ??= at;
    const pictures = tiles().map((tile) => tile.querySelector('img'));
    const painted = pictures.map((picture) => picture?.complete === true && picture.naturalWidth > 0);
    if (painted.includes(true)) marks.firstPicture ??= at;
    if (painted.length > 0 && !painted.includes(false)) marks.allPictures ??= at;
    if (phase() === 'ready') marks.ready ??= at;
    // Nothing more to come, or nothing that still counts: the frames are the page's again.
    return Object.values(marks).includes(null) && !(marks.ready !== null && at > marks.ready + 10_000);
  });
}
