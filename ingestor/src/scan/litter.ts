/** What NAS boxes and desktops leave in folders; never media. */
const NAMES = new Set(['@eadir', 'thumbs.db', 'desktop.ini', '#recycle', '#snapshot', '$recycle.bin', 'lost+found']);

/** Whether a file or folder of this name is ignored: litter, or hidden (`.DS_Store`, `._*`, `.snapshot`). */
export function isLitter(name: string): boolean {
  return name.startsWith('.') || NAMES.has(name.toLowerCase());
}
