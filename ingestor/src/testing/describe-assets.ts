/** For tests: assets of a library in one line each. */
import type { LibraryAsset, TestLibrary } from './library.ts';

export function line({ path, probe, missing }: LibraryAsset): string {
  return `${path} ${missing ? 'missing' : probe}`;
}

/** Describes an asset with its tags, which name the path that it had when it was tagged. */
export function touched({ path, tags, review, missing }: LibraryAsset): string {
  return `${path} ${missing ? 'missing ' : ''}${review} ${tags.join()}`;
}

export async function idsByPath(library: TestLibrary, packageId: string): Promise<Map<string, string>> {
  return new Map((await library.assets(packageId)).map(({ path, id }) => [path, id]));
}
