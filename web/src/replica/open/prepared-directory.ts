/// <reference types="vite/client" />
/** Fetches the build's empty replica (prepared-replica-plugin.ts): running initdb in the browser takes seconds. */

const files = import.meta.glob<string>('../../../.build/replica-*.tar.gz', {
  query: '?url',
  import: 'default',
  eager: true,
});
const [name, url] = Object.entries(files)[0] ?? [];

/** This build's replica version, also the key of the images it can open; null: built without a prepared replica. */
export const buildKey = name === undefined ? null : (/replica-(.+)\.tar\.gz$/.exec(name)?.[1] ?? null);

/** @returns a PGlite data directory as a gzipped tar; null when this build has none, or it cannot be fetched now. */
export async function preparedDirectory(): Promise<Response | null> {
  if (url === undefined) return null;
  const response = await fetch(url).catch(() => null);
  return response?.ok && response.body ? response : null;
}
