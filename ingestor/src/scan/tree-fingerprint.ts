import { createHash } from 'node:crypto';

/** Combines the fingerprints of a tree’s folders; equal results mean that nothing in the tree has changed. */
export function treeFingerprint(folders: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, fingerprint] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${JSON.stringify(path)} ${fingerprint}\n`);
  }
  return hash.digest('hex');
}
