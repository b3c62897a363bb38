/** One short sentence at a time about what was just done, seen for a while and read out to a screen reader. */
import { createSignal } from 'solid-js';

export interface Notice {
  readonly text: string;
  readonly kind: 'done' | 'failed';
}

const SHOWN_MS = { done: 4000, failed: 12_000 } as const;

const [notice, setNotice] = createSignal<Notice | null>(null);
let hide: ReturnType<typeof setTimeout> | undefined;

export { notice };

export function notify(text: string, kind: Notice['kind'] = 'done'): void {
  clearTimeout(hide);
  setNotice({ text, kind });
  hide = setTimeout(() => setNotice(null), SHOWN_MS[kind]);
}

/** Says in a notice why work failed. */
export function notifyFailure(what: string, error: unknown): void {
  notify(`${what}: ${error instanceof Error ? error.message : String(error)}`, 'failed');
}
