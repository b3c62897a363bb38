/** A short message about the latest action, one at a time, shown for a few seconds and announced to screen readers. */
import { createSignal } from 'solid-js';
import { describeError } from '../replica/model/describe-error.ts';

export interface Notice {
  readonly text: string;
  readonly kind: 'done' | 'failed';
  /** Offered as a button beside the text. */
  readonly action?: NoticeAction;
}

export interface NoticeAction {
  readonly label: string;
  readonly run: () => Promise<void>;
}

const SHOWN_MS = { done: 4000, failed: 12_000 } as const;
/** Long enough to read, think and reach the button. */
const ACTION_SHOWN_MS = 10_000;

const [notice, setNotice] = createSignal<Notice | null>(null);
let hide: ReturnType<typeof setTimeout> | undefined;
let held = false;

export { notice };

export function notify(text: string, options: Partial<Pick<Notice, 'kind' | 'action'>> = {}): void {
  const shown: Notice = { kind: 'done', ...options, text };
  setNotice(shown);
  hideLater(shown);
}

/** Keeps the notice while a person points at it or has the focus in it. */
export function holdNotice(on: boolean): void {
  held = on;
  const shown = notice();
  if (shown !== null) hideLater(shown);
}

function hideLater(shown: Notice): void {
  clearTimeout(hide);
  const shownMs = shown.action ? ACTION_SHOWN_MS : SHOWN_MS[shown.kind];
  if (!held) hide = setTimeout(() => setNotice(null), shownMs);
}

/** Runs a notice's action and hides the notice, so that the action runs only once. */
export function act(action: NoticeAction): void {
  clearTimeout(hide);
  held = false;
  setNotice(null);
  void action.run();
}

/** Shows a notice with the reason for a failure. @param what names the failed action: 'Could not copy the link' */
export function notifyFailure(what: string, error: unknown): void {
  notify(`${what}: ${describeError(error)}`, { kind: 'failed' });
}
