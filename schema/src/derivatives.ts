/**
 * Where derivatives lie below the derivative folder. A key is a file name,
 * `<content hash>-<recipe>.<extension>`: the same content and recipe make the same file, whatever
 * asset asks for it, and a changed recipe makes a new one beside it.
 */

export type DerivativeKind = 'thumbnail' | 'proxy';

/** Raised when what a recipe makes changes; old files are then made again. */
const recipes = {
  thumbnail: { name: 'thumbnail-1', extension: 'webp' },
  proxy: { name: 'proxy-1', extension: 'mp4' },
} as const satisfies Record<DerivativeKind, { name: string; extension: string }>;

/** Of every thumbnail. */
export const THUMBNAIL_MEDIA_TYPE = 'image/webp';

export function derivativeKey(kind: DerivativeKind, contentHash: string): string {
  const recipe = recipes[kind];
  return `${contentHash}-${recipe.name}.${recipe.extension}`;
}

/** The path below the derivative folder, '/' between parts: 256 folders, by the hash's first two digits. */
export function derivativePath(key: string): string {
  return `${key.slice(0, 2)}/${key}`;
}
