/** Detects an MPEG transport stream (ISO/IEC 13818-1) by its first bytes. Blocks: only for the threads of a walk. */
import { closeSync, constants, openSync, readSync } from 'node:fs';

/** Bytes per packet: plain, with a timestamp before it (M2TS), and with a checksum after it. */
const PACKETS = [188, 192, 204];
/** The first byte of each packet. */
const SYNC = 0x47;
/** Consecutive packets to find; in source code not even three letters G are spaced like that. */
const IN_A_ROW = 4;
const LENGTH = 204 * (IN_A_ROW + 1);

/** @returns true also for an unreadable file, whose problem is reported when it is opened for display. */
export function isTransportStream(file: string | Buffer): boolean {
  try {
    // Never blocks on something that is no longer a regular file, such as a pipe.
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

/** Whether packets follow each other. A recording may begin within a packet, and a truncated one has fewer packets. */
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
