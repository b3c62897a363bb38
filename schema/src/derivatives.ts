/**
 * Where derivatives lie below the derivative folder. A key is a file name,
 * `<content hash>-<recipe>.<extension>`: the same content and recipe make the same file, whatever
 * asset asks for it, and a changed recipe makes a new one beside it.
 */

export type DerivativeKind = 'thumbnail' | 'proxy' | 'sprite' | 'waveform';

/** Raised when what a recipe makes changes; old files are then made again. */
const recipes = {
  thumbnail: { name: 'thumbnail-2', extension: 'webp', mediaType: 'image/webp' },
  proxy: { name: 'proxy-3', extension: 'mp4', mediaType: 'video/mp4' },
  /** 10 x 10 tiles, evenly spread over the duration. */
  sprite: { name: 'sprite-2', extension: 'jpg', mediaType: 'image/jpeg' },
  /** https://github.com/bbc/audiowaveform, its JSON data format. */
  waveform: { name: 'waveform-1', extension: 'json', mediaType: 'application/json' },
} as const satisfies Record<DerivativeKind, { name: string; extension: string; mediaType: string }>;

/** Of every thumbnail. */
export const THUMBNAIL_MEDIA_TYPE = recipes.thumbnail.mediaType;

/** Lines of a proxy, unless somebody asks for another height. */
export const PROXY_HEIGHT = 720;

/** Rate of a sequence's proxy whose frames name none and nobody has set one: frames a second. */
export const SEQUENCE_FRAME_RATE = { numerator: 24, denominator: 1 } as const;

export interface RecipeOptions {
  /** Of a proxy: lines. */
  readonly height?: number;
  /** Of a sequence's proxy: frames a second, which its files may not say. */
  readonly frameRate?: { readonly numerator: number; readonly denominator: number };
}

export function derivativeKey(kind: DerivativeKind, contentHash: string, options: RecipeOptions = {}): string {
  const { name, extension } = recipes[kind];
  return `${contentHash}-${[name, ...(kind === 'proxy' ? variants(options) : [])].join('-')}.${extension}`;
}

/** Whether a file name is a derivative's key, of this recipe or an older one. */
export function isDerivativeKey(name: string): boolean {
  return /^[0-9a-f]{64}-(?:thumbnail|proxy|sprite|waveform)-\d+(?:-[\d.a-z]+)*\.(?:webp|mp4|jpg|json)$/.test(name);
}

export function derivativeMediaType(kind: DerivativeKind): string {
  return recipes[kind].mediaType;
}

/** The path below the derivative folder, '/' between parts: 256 folders, by the hash's first two digits. */
export function derivativePath(key: string): string {
  return `${key.slice(0, 2)}/${key}`;
}

function variants({ height, frameRate }: RecipeOptions): string[] {
  return [
    ...(height === undefined || height === PROXY_HEIGHT ? [] : [String(height)]),
    ...(frameRate === undefined ? [] : [`${frameRate.numerator}.${frameRate.denominator}fps`]),
  ];
}
