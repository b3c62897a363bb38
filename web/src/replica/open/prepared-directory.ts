/// <reference types="vite/client" />
/** An empty replica that the build has prepared (prepared-replica-plugin.ts): initdb in the browser takes seconds. */

const files = import.meta.glob<string>('../../.build/replica-*.tar.gz', {
  query: '?url',
  import: 'default',
  eager: true,
});
const [name, url] = Object.entries(files)[0] ?? [];

/** This build's version of the replica, by which images it can open are known too. Null: it was built without one. */
export const buildKey = name === undefined ? null : (/replica-(.+)\.tar\.gz$/.exec(name)?.[1] ?? null);

/** @returns a PGlite data directory as a gzipped tar; null when this build has none, or it cannot be had now. */
export async function preparedDirectory(): Promise<Response | null> {
  if (url === undefined) return null;
  const response = await fetch(url).catch(() => null);
  return response?.ok && response.body ? response : null;
}
