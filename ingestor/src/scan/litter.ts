/** What NAS boxes, desktops and their programs leave in folders; never media. */
const NAMES = new Set([
  ...['@eadir', '@recycle', '@recently-snapshot', '#recycle', '#snapshot', '~snapshot'],
  ...['thumbs.db', 'ehthumbs.db', 'desktop.ini', '$recycle.bin', 'system volume information'],
  ...['icon\r', '__macosx', 'network trash folder', 'temporary items', 'lost+found'],
]);

/** Goes up whenever the rules here or in partial-files.ts change: folders are looked at again then. */
export const LITTER_VERSION = 1;

/** Whether a file or folder of this name is ignored: litter, hidden (`.DS_Store`, `._*`, `.snapshot`), a lock file. */
export function isLitter(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || NAMES.has(name.toLowerCase());
}
