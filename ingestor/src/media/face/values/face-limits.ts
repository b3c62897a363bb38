/**
 * How much of a file's face metadata is read. A generous real one, with a segmentation mask and an
 * embedding in it, stays below a tenth of each.
 */

/** Bytes of one pickle, and of what holds a text. */
export const MAX_BYTES = 4 * 1024 * 1024;
/** Bytes of a text after decompression; texts hold no masks but small ones, and take longer to read. */
export const MAX_TEXT_BYTES = 1024 * 1024;
/** Opcodes of a pickle. */
export const MAX_OPERATIONS = 500_000;
/** Of the pickle machine: stack, marks and memo, each. */
export const MAX_HELD = 100_000;
/**
 * Values in the result, one that is referred to twice counted twice: what a reader that follows every
 * reference would see.
 */
export const MAX_VALUES = 500_000;
/** Bytes of texts, bytes and arrays in the result, counted likewise, and of what conversions copy. */
export const MAX_EXPANDED_BYTES = 16 * 1024 * 1024;
/** Lists in dicts in lists. */
export const MAX_DEPTH = 64;
