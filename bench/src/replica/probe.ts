/**
 * Measures in the page, from an input event to the frame that shows its result. The probe watches frames
 * until the screen has been still for a while; the measured frame is the first one that already looks like
 * the final screen. A measurement therefore needs to know only where to look, not what will be shown.
 */
import type { Page } from 'playwright-core';

export interface Shown {
  /** Milliseconds from the event to the frame that first looked different. */
  readonly firstMs: number;
  /** Milliseconds from the event to the first frame in which every tile has its final look. */
  readonly ms: number;
  /** Like `ms`, but including the list's counts of shown and selected assets. */
  readonly wholeMs: number;
}

/** Milliseconds since the navigation; null when not reached yet. */
export interface Marks {
  readonly firstRows: number | null;
  readonly firstPicture: number | null;
  /** When every tile in the page had its picture. */
  readonly allPictures: number | null;
  readonly ready: number | null;
  /** When the mirror first answered a list's question. */
  readonly mirror: number | null;
}

type InputEvent = 'keydown' | 'click' | 'change' | 'scroll' | 'popstate';

interface ProbeInPage {
  arm(event: InputEvent): void;
  /** Returns the event's wall-clock time in milliseconds; null when no event occurred. */
  disarm(): number | null;
  settled(options: { stillMs: number; patienceMs: number; timeoutMs: number }): Promise<Shown | null>;
  marks: Marks;
}

/** Milliseconds without a further change that end a measurement. */
const STILL_MS = 700;
/** Milliseconds to wait for a first change. */
const PATIENCE_MS = 3000;
const TIMEOUT_MS = 20_000;

/** Installs a probe in every document the page opens from now on. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(probe);
}

/**
 * Performs an action on the page and measures its effect.
 *
 * @param event the kind of event that starts the clock: the last one of this kind.
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

/** @returns the wall-clock time in milliseconds of the last event of this kind that the action causes. */
export async function eventTime(page: Page, event: InputEvent, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate((kind) => (globalThis as unknown as { probe: ProbeInPage }).probe.arm(kind), event);
  await act();
  const time = await page.evaluate(() => (globalThis as unknown as { probe: ProbeInPage }).probe.disarm());
  if (time === null) throw new Error(`No ${event} event occurred.`);
  return time;
}

export function readMarks(page: Page): Promise<Marks> {
  return page.evaluate(() => (globalThis as unknown as { probe: ProbeInPage }).probe.marks);
}

/** Runs in the page, so it must not use anything from this module. */
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
    /** Frames that differ from the one before; the first is the frame at arming. */
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

  /** Calls back with each frame's look once the frame has been handed to the compositor. */
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
    mirror: null,
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

  interface Hub {
    readonly replica: { status(): { phase: string }; ask: (...question: unknown[]) => Promise<unknown> };
  }
  let hub: Hub | undefined;
  // The app's first question is asked as soon as it has a replica.
  Object.defineProperty(globalThis, 'ingestHub', {
    get: () => hub,
    set(given: Hub) {
      const { replica } = given;
      const { ask } = replica;
      replica.ask = async (...question) => {
        const list = await ask(...question);
        if (list !== null) marks.mirror ??= performance.now();
        return list;
      };
      hub = given;
    },
  });
  function phase(): string | undefined {
    return hub?.replica.status().phase;
  }
  eachFrame((seen, at) => {
    if (tiles().length > 0 && seen.whole) marks.firstRows ??= at;
    const pictures = tiles().map((tile) => tile.querySelector('img'));
    const painted = pictures.map((picture) => picture?.complete === true && picture.naturalWidth > 0);
    if (painted.includes(true)) marks.firstPicture ??= at;
    if (painted.length > 0 && !painted.includes(false)) marks.allPictures ??= at;
    if (phase() === 'ready') marks.ready ??= at;
    // Stops watching when all marks are set or no further mark counts, to free the page's frames.
    return Object.values(marks).includes(null) && !(marks.ready !== null && at > marks.ready + 10_000);
  });
}
