/** Whether a file is an MPEG transport stream (ISO/IEC 13818-1), by its first bytes. Blocks: for the threads of a walk. */
import { closeSync, constants, openSync, readSync } from 'node:fs';

/** Bytes of a packet: alone, with a time before it (M2TS), and with a check behind it. */
const PACKETS = [188, 192, 204];
/** With which each packet begins. */
const SYNC = 0x47;
/** Packets in a row; of a program's text not even three letters G lie like that. */
const IN_A_ROW = 4;
const LENGTH = 204 * (IN_A_ROW + 1);

/** @returns true also for one that cannot be read: why is told where it is opened to be shown. */
export function isTransportStream(file: string | Buffer): boolean {
  try {
    // Never waits for the other end of something that is no longer a regular file.
    const handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const start = Buffer.alloc(LENGTH);
      return hasPackets(start.subarray(0, readSync(handle, start, 0, LENGTH, 0)));
    } finally {
      closeSync(handle);
    }
  } catch {
    return true;
  }
}

/** A recording may begin within a packet; one that is cut short has fewer. */
function hasPackets(start: Buffer): boolean {
  return PACKETS.some((packet) => {
    for (let first = 0; first < packet && first < start.length; first += 1) {
      let at = first;
      while (at < start.length && at < first + packet * IN_A_ROW && start[at] === SYNC) at += packet;
      if (at >= first + packet * IN_A_ROW || (at >= start.length && at > first + packet)) return true;
    }
    return false;
  });
}
