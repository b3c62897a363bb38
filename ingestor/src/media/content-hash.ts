/**
 * What `assets.content_hash` holds: hex SHA-256 over the size and the bytes of a file. Files up to
 * 4 MiB are read whole; of larger ones the first, middle and last MiB, so that an hour of video on a
 * NAS costs three short reads. Two large files of one size that differ only elsewhere share a hash.
 */

/** Bytes. */
export const WHOLE_FILE_LIMIT = 4 * 1024 * 1024;
/** Bytes. */
export const SAMPLE_SIZE = 1024 * 1024;

/** The parts of a file that its hash covers: [start, end) in bytes. */
export function hashedRanges(size: number): [start: number, end: number][] {
  if (size <= WHOLE_FILE_LIMIT) return [[0, size]];
  const middle = Math.floor((size - SAMPLE_SIZE) / 2);
  return [
    [0, SAMPLE_SIZE],
    [middle, middle + SAMPLE_SIZE],
    [size - SAMPLE_SIZE, size],
  ];
}
