/** Watches whether the device has room for the replica's writes. */
import { DeviceFullError } from './storage-errors.ts';

export interface DeviceRoom {
  /** True while new changes are refused for lack of room; reads still work. */
  readonly full: boolean;
  /** @throws DeviceFullError */
  demand(): void;
  /** Resolves when there is room. @throws when the signal aborts. */
  wait(): Promise<void>;
  /** Records that a write found no room. */
  ranOut(): void;
}

export interface DeviceRoomOptions {
  /** Bytes that this origin uses and may use, as from `navigator.storage.estimate`; null: unknown. */
  readonly estimate: () => Promise<{ usage: number; quota: number } | null>;
  /** Whether the database's files have room for the next writes. */
  readonly hasRoom: () => boolean;
  readonly onChange: () => void;
  readonly signal: AbortSignal;
}

/** Free bytes below which new changes are refused: enough for a large change, its log and catching up. */
const LOW_BYTES = 48 * 1024 * 1024;
const LOOK_MS = 15_000;
/** Shorter while full, because people who free space are waiting for the app to notice. */
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
    // Avoids an unhandled rejection when there are no waiters.
    room.promise.catch(() => {});
    onChange();
  }
  async function look(): Promise<void> {
    clearTimeout(timer);
    const known = await estimate().catch(() => null);
    if (signal.aborted) return;
    // Without an estimate, the device counts as having room until a write fails again.
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
