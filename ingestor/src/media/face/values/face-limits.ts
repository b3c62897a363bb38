/**
 * Limits on the face metadata that is read from a file. Generous real metadata, with a segmentation mask and an
 * embedding, stays below a tenth of each.
 */

/** Bytes of one pickle, and of a chunk that holds text. */
export const MAX_BYTES = 4 * 1024 * 1024;
/** Bytes of a text after decompression; texts hold only small masks, and take longer to read. */
export const MAX_TEXT_BYTES = 1024 * 1024;
/** Opcodes executed for a pickle. */
export const MAX_OPERATIONS = 500_000;
/** Entries in the pickle machine's stack, marks and memo, each. */
export const MAX_ENTRIES = 100_000;
/** Values in the result, counted once for each reference: what a reader that follows every reference would visit. */
export const MAX_VALUES = 500_000;
/**
 * Bytes of texts, bytes and arrays in the result, counted once for each reference, plus those that conversions copy.
 */
export const MAX_EXPANDED_BYTES = 16 * 1024 * 1024;
/** Levels of nested lists and dicts. */
export const MAX_DEPTH = 64;
