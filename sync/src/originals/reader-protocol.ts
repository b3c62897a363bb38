/** How the server and its readers of originals talk, beside HTTP. */

/** The path of the original, its bytes in base64. */
export const PATH_HEADER = 'x-original-path';
/** Asks whether the reader still has a thread to spare. */
export const ALIVE_PATH = '/alive';
