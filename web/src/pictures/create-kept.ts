/** Reads what is kept on this device, and stays current in every tab. */
import { type Accessor, createComputed, createSignal, on, onCleanup, untrack } from 'solid-js';
import { makeRerun, nextAnimationFrame } from '../replica/read/rerun.ts';
import { type KeepingState, pictureNews } from './picture-news.ts';

export interface Kept<Value> {
  /** The latest value; null before the first read, and where the browser provides no storage. */
  readonly value: Accessor<Value | null>;
  readonly state: Accessor<KeepingState>;
  /** Runs work that changes what is kept, then notifies all tabs. @throws whatever the work throws. */
  change(work: () => Promise<unknown>): Promise<void>;
}

/** @param of what to read; tracked. Reads again when it changes, and when anything arrives or is removed. */
export function createKept<About, Value>(of: Accessor<About>, read: (about: About) => Promise<Value>): Kept<Value> {
  const [value, setValue] = createSignal<Value | null>(null);
  const [state, setState] = createSignal<KeepingState>({ at: 'resting' });
  const rerun = makeRerun(async () => {
    const about = untrack(of);
    const now = await read(about).catch(() => null);
    if (about === untrack(of)) setValue(() => now);
  }, nextAnimationFrame);
  createComputed(on(of, () => rerun.request()));
  const news = pictureNews((heard) => {
    if (heard.type === 'state') setState(heard.state);
    if (heard.type === 'stored' || heard.type === 'wanted') rerun.request();
  });
  news.tell({ type: 'ask' });
  onCleanup(() => {
    rerun.dispose();
    news[Symbol.dispose]();
  });
  return {
    value,
    state,
    async change(work) {
      await work();
      news.tell({ type: 'wanted' });
      rerun.request();
    },
  };
}
