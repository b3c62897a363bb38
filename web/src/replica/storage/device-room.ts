/** Whether the device has room for what the replica writes. */
import { DeviceFullError } from './storage-errors.ts';

export interface DeviceRoom {
  /** Nothing new is taken until there is room again; what is there can be read. */
  readonly full: boolean;
  /** @throws DeviceFullError */
  demand(): void;
  /** Resolves when there is room. @throws when the signal aborts. */
  wait(): Promise<void>;
  /** Something has found no room. */
  ranOut(): void;
}

export interface DeviceRoomOptions {
  /** Bytes that this origin has and may have: `navigator.storage.estimate`. Null: not known here. */
  readonly estimate: () => Promise<{ usage: number; quota: number } | null>;
  /** Whether the database's files have room for what is written next. */
  readonly hasRoom: () => boolean;
  readonly onChange: () => void;
  readonly signal: AbortSignal;
}

/** Bytes below which nothing new is taken: a large change, its log, and the work of catching up. */
const LOW_BYTES = 48 * 1024 * 1024;
const LOOK_MS = 15_000;
/** People who make room wait for it to be noticed. */
const LOOK_WHEN_FULL_MS = 2_000;

export function watchDeviceRoom({ estimate, hasRoom, onChange, signal }: DeviceRoomOptions): DeviceRoom {
  let full = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let room = Promise.withResolvers<void>();
  room.resolve();

  function become(now: boolean): void {
    if (full === now) return;
    full = now;
    if (now) room = Promise.withResolvers();
    else room.resolve();
    // Nobody may be waiting.
    room.promise.catch(() => {});
    onChange();
  }
  async function look(): Promise<void> {
    clearTimeout(timer);
    const known = await estimate().catch(() => null);
    if (signal.aborted) return;
    // Where nothing is known, what ran out is tried again.
    become((known !== null && known.quota - known.usage < LOW_BYTES) || !hasRoom());
    timer = setTimeout(look, full ? LOOK_WHEN_FULL_MS : LOOK_MS);
  }

  function ranOut(): void {
    become(true);
    clearTimeout(timer);
    timer = setTimeout(look, LOOK_WHEN_FULL_MS);
  }

  signal.addEventListener(
    'abort',
    () => {
      clearTimeout(timer);
      room.reject(signal.reason);
    },
    { once: true },
  );
  void look();

  return {
    get full() {
      return full;
    },
    demand() {
      if (!full && !hasRoom()) ranOut();
      if (full) throw new DeviceFullError();
    },
    wait: () => room.promise,
    ranOut,
  };
}
