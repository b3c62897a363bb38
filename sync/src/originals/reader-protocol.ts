/** Names shared by the server and its readers of originals, beyond plain HTTP. */

/** The original's path as bytes in base64. */
export const PATH_HEADER = 'x-original-path';
/** Checks whether the reader still has a free thread. */
export const ALIVE_PATH = '/alive';
