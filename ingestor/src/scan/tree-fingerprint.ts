import { createHash } from 'node:crypto';

/** Of a whole tree, by the fingerprints of its folders: equal, nothing in it has changed. */
export function treeFingerprint(folders: ReadonlyMap<string, string>): string {
  const hash = createHash('sha256');
  for (const [path, fingerprint] of [...folders].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${JSON.stringify(path)} ${fingerprint}\n`);
  }
  return hash.digest('hex');
}
