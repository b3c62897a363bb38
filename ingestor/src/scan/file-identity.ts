/** Facts that reveal whether a file on disk has changed. */

interface FileIdentity {
  /** Bytes, as the file system reports the length; a sparse file occupies less. */
  readonly size: number;
  /** Clamped to the years 1 to 9999, whatever the camera's clock said. */
  readonly modifiedAt: Date;
  /** Signed 64 bit, as stored in Postgres. */
  readonly device: bigint;
  readonly inode: bigint;
  /** Nanoseconds since 1970, clamped to 64 bit for times before 1677 and after 2262. */
  readonly modifiedNs: bigint;
  /**
   * The time when the file or its metadata last changed, in nanoseconds since 1970. No program can set it back; a new
   * name or permission advances it too.
   */
  readonly changedNs: bigint;
}

export interface ScannedFile extends FileIdentity {
  /** When the file was created, in nanoseconds since 1970; null: the file system does not provide it. */
  readonly bornNs: bigint | null;
  /** Relative to the package's folder. */
  readonly relativePath: string;
  /** True for a file with a video's extension that is source code: `.ts` of TypeScript. */
  readonly isProgram?: boolean;
}

const MIN_NS = -(2n ** 63n);
const MAX_NS = 2n ** 63n - 1n;

/** Clamps nanoseconds to 64 bit. */
export function clampNs(ns: bigint): bigint {
  return ns < MIN_NS ? MIN_NS : ns > MAX_NS ? MAX_NS : ns;
}

/**
 * Returns when a file was created; null where that cannot be relied on: a file system without creation times gives zero,
 * or the time of the last change instead.
 */
export function bornAt({ birthtimeNs, ctimeNs }: { birthtimeNs: bigint; ctimeNs: bigint }): bigint | null {
  return birthtimeNs <= 0n || birthtimeNs >= ctimeNs ? null : clampNs(birthtimeNs);
}

/** The facts that a renamed file keeps. The device is not among them: a mount may get another number. */
export interface FilePlace {
  readonly inode: bigint;
  readonly size: number | bigint;
  readonly modifiedNs: bigint;
}

/** Returns one signed 64-bit number for a file, the same under each of its names. */
export function fileKey({ inode, size, modifiedNs }: FilePlace): bigint {
  let key = 0xcbf29ce484222325n;
  for (const part of [inode, BigInt(size), modifiedNs]) {
    key = BigInt.asUintN(64, (key ^ BigInt.asUintN(64, part)) * 0x9e3779b97f4a7c15n);
    key ^= key >> 29n;
  }
  return BigInt.asIntN(64, key);
}

const MILLISECOND = 1_000_000n;

/** Whether many files may share a time: a program or drive wrote it with no more than millisecond precision. */
export function isCoarse(modifiedNs: bigint): boolean {
  return modifiedNs % MILLISECOND === 0n;
}
