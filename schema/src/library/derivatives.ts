/**
 * Names and paths of derivatives below the derivative folder. A key is a file name,
 * `<content hash>-<recipe>-<source's extension>.<extension>`: the same content, read the same way by the same recipe,
 * always gives the same file, whichever asset needs it. A changed recipe gives a new file beside the old one.
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

/** A source's content, and everything else that may make two sources of one content hash look different. */
export interface DerivedContent {
  /** `assets.content_hash`. */
  readonly hash: string;
  /**
   * The source's extension in lower case, without the dot. It chooses the file type and some readers: the bytes of an
   * EXR file named `.qt` are read as a video, and the two give different pictures.
   */
  readonly extension: string;
  /**
   * For pictures whose hash covers only a part of them: the time of their last change in nanoseconds, or a number for
   * the times of all frames. Uncompressed pictures of one size may differ between the parts that are hashed.
   */
  readonly modifiedNs?: bigint;
}

export function derivativeKey(kind: DerivativeKind, content: DerivedContent, options: RecipeOptions = {}): string {
  const { hash, extension: source, modifiedNs } = content;
  const { name, extension } = recipes[kind];
  const time = modifiedNs === undefined ? [] : [`m${BigInt.asUintN(64, modifiedNs).toString(36)}`];
  const parts = [name, source, ...time, ...(kind === 'proxy' ? variants(options) : [])];
  return `${hash}-${parts.join('-')}.${extension}`;
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
