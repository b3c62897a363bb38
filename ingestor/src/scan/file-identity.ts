/** How a file on disk is told from what it was before. */

export interface FileIdentity {
  /** Bytes, as the file system gives its length: of a sparse file more than it takes. */
  readonly size: number;
  /** Within the years 1 to 9999, whatever the clock of its camera said. */
  readonly modifiedAt: Date;
  /** Signed 64 bit, as Postgres keeps them. */
  readonly device: bigint;
  readonly inode: bigint;
  /** Nanoseconds since 1970; at the ends of 64 bit for times before 1677 and after 2262. */
  readonly modifiedNs: bigint;
  /**
   * When the file or what the system says of it last changed, in nanoseconds since 1970. Nobody can put it back; a new
   * name or permission moves it on too.
   */
  readonly changedNs: bigint;
}

export interface ScannedFile extends FileIdentity {
  /** Within the package's folder. */
  readonly relativePath: string;
  /** It has a movie's name and is a program's text: `.ts` of TypeScript. */
  readonly isProgram?: boolean;
}

const MIN_NS = -(2n ** 63n);
const MAX_NS = 2n ** 63n - 1n;

/** Nanoseconds as 64 bit hold them. */
export function clampNs(ns: bigint): bigint {
  return ns < MIN_NS ? MIN_NS : ns > MAX_NS ? MAX_NS : ns;
}

/** The facts that a renamed file keeps. Its device is no part of them: a mount may get another number. */
export interface FilePlace {
  readonly inode: bigint;
  readonly size: number | bigint;
  readonly modifiedNs: bigint;
}

/** One signed 64-bit number for a file, the same under each of its names. */
export function fileKey({ inode, size, modifiedNs }: FilePlace): bigint {
  let key = 0xcbf29ce484222325n;
  for (const part of [inode, BigInt(size), modifiedNs]) {
    key = BigInt.asUintN(64, (key ^ BigInt.asUintN(64, part)) * 0x9e3779b97f4a7c15n);
    key ^= key >> 29n;
  }
  return BigInt.asIntN(64, key);
}

const MILLISECOND = 1_000_000n;

/** Whether a time may be the time of many files: written by a program or a drive that knows no finer ones. */
export function isCoarse(modifiedNs: bigint): boolean {
  return modifiedNs % MILLISECOND === 0n;
}
