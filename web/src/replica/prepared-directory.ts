/// <reference types="vite/client" />
/** An empty replica that the build has prepared (prepared-replica-plugin.ts): initdb in the browser takes seconds. */

const files = import.meta.glob<string>('../../.build/replica-*.tar.gz', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** @returns a PGlite data directory; null when this build has none, or it cannot be had now. */
export async function preparedDirectory(): Promise<Blob | null> {
  const [url] = Object.values(files);
  if (url === undefined) return null;
  const response = await fetch(url).catch(() => null);
  return response?.ok ? response.blob() : null;
}
