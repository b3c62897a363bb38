/**
 * Names and paths of derivatives below the derivative folder. A key is a file name,
 * `<content hash>-<recipe>.<extension>`: the same content and recipe always give the same file,
 * whichever asset needs it, and a changed recipe gives a new file beside the old one.
 */

export type DerivativeKind = 'thumbnail' | 'proxy' | 'sprite' | 'waveform';

/** Raise a recipe's number when its output changes; existing files are then regenerated. */
const recipes = {
  thumbnail: { name: 'thumbnail-2', extension: 'webp', mediaType: 'image/webp' },
  proxy: { name: 'proxy-3', extension: 'mp4', mediaType: 'video/mp4' },
  /** 10 x 10 tiles, spread evenly over the duration. */
  sprite: { name: 'sprite-2', extension: 'jpg', mediaType: 'image/jpeg' },
  /** The JSON data format of https://github.com/bbc/audiowaveform. */
  waveform: { name: 'waveform-1', extension: 'json', mediaType: 'application/json' },
} as const satisfies Record<DerivativeKind, { name: string; extension: string; mediaType: string }>;

/** The media type of every thumbnail. */
export const THUMBNAIL_MEDIA_TYPE = recipes.thumbnail.mediaType;

/** Default proxy height in lines. */
export const PROXY_HEIGHT = 720;

/** Frames per second for a sequence's proxy when neither its frames nor a person states a rate. */
export const SEQUENCE_FRAME_RATE = { numerator: 24, denominator: 1 } as const;

export interface RecipeOptions {
  /** Proxy height in lines. */
  readonly height?: number;
  /** Frames per second of a sequence's proxy; the frames themselves may not state a rate. */
  readonly frameRate?: { readonly numerator: number; readonly denominator: number };
}

export function derivativeKey(kind: DerivativeKind, contentHash: string, options: RecipeOptions = {}): string {
  const { name, extension } = recipes[kind];
  return `${contentHash}-${[name, ...(kind === 'proxy' ? variants(options) : [])].join('-')}.${extension}`;
}

/** Returns whether a file name is a derivative's key, from the present recipe or an older one. */
export function isDerivativeKey(name: string): boolean {
  return /^[0-9a-f]{64}-(?:thumbnail|proxy|sprite|waveform)-\d+(?:-[\d.a-z]+)*\.(?:webp|mp4|jpg|json)$/.test(name);
}

export function derivativeMediaType(kind: DerivativeKind): string {
  return recipes[kind].mediaType;
}

/** Returns the path below the derivative folder, with '/' separators: 256 folders, by the hash's first two digits. */
export function derivativePath(key: string): string {
  return `${key.slice(0, 2)}/${key}`;
}

function variants({ height, frameRate }: RecipeOptions): string[] {
  return [
    ...(height === undefined || height === PROXY_HEIGHT ? [] : [String(height)]),
    ...(frameRate === undefined ? [] : [`${frameRate.numerator}.${frameRate.denominator}fps`]),
  ];
}
