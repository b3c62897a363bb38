/** Names that NAS systems, desktops and their programs leave in folders; never media. */
const NAMES = new Set([
  ...['@eadir', '@recycle', '@recently-snapshot', '#recycle', '#snapshot', '~snapshot'],
  ...['thumbs.db', 'ehthumbs.db', 'desktop.ini', '$recycle.bin', 'system volume information'],
  ...['icon\r', '__macosx', 'network trash folder', 'temporary items', 'lost+found'],
]);

/**
 * Raise it when the rules here, in partial-files.ts, clip-parts.ts or sidecars.ts change: all folders are then scanned
 * again.
 */
export const LITTER_VERSION = 2;

/** Whether a file or folder is ignored: litter, hidden (`.DS_Store`, `._*`, `.snapshot`) or a lock file. */
export function isLitter(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || NAMES.has(name.toLowerCase());
}
