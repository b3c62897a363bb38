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
}

export interface ScannedFile extends FileIdentity {
  /** Within the package's folder. */
  readonly relativePath: string;
}

const MIN_NS = -(2n ** 63n);
const MAX_NS = 2n ** 63n - 1n;

/** Nanoseconds as 64 bit hold them. */
export function clampNs(ns: bigint): bigint {
  return ns < MIN_NS ? MIN_NS : ns > MAX_NS ? MAX_NS : ns;
}
