/**
 * The header of an OpenEXR file by its published layout (https://openexr.com/en/latest/OpenEXRFileLayout.html): the
 * version's flags, then for each part attributes of a name, a type, a length and a value. Pure, and linear in the
 * header's length. What a value says is in `exr-attributes.ts`.
 */
import { type ExrBox, type ExrChannel, type ExrValues, readAttribute, text } from './exr-attributes.ts';
import { ExrBytes, ExrHeaderCut, ExrHeaderError, NoExr } from './exr-bytes.ts';

export interface ExrHeader {
  /** Bytes; the table of where the pixels are follows. */
  readonly length: number;
  readonly version: number;
  readonly tiled: boolean;
  readonly deep: boolean;
  readonly multiPart: boolean;
  /** One, unless the file has several; those of which a whole is made (`type`, `view`) have a name. */
  readonly parts: readonly [ExrPart, ...ExrPart[]];
}

/** The attributes that are known here, and of no other type than they should be. */
export interface ExrPart extends ExrValues {
  readonly channels: readonly ExrChannel[];
  readonly dataWindow: ExrBox;
  readonly displayWindow: ExrBox;
  /** Attributes of text, by their names. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Files of film work have tens of both; a file that has more of them than this was made to harm. */
const [MOST_PARTS, MOST_ATTRIBUTES] = [4096, 50_000];
const MAGIC = 20000630;

/** Whether a file that begins like this says that it is EXR. */
function isExr(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readInt32LE(0) === MAGIC;
}

/**
 * @param start of the file, as many bytes as there are at hand.
 * @throws ExrHeaderCut when they end before the header does.
 * @throws ExrHeaderError when they are no such header.
 */
export function parseExrHeader(start: Buffer): ExrHeader {
  const bytes = new ExrBytes(start);
  if (bytes.left < 4 || !isExr(start)) throw new NoExr('it is no EXR file');
  bytes.take(4);
  const flags = bytes.uint32();
  const multiPart = (flags & 0x1000) !== 0;
  const parts: ExrPart[] = [];
  let attributes = 0;
  // A list of parts ends with an empty one.
  while (parts.length === 0 || (multiPart && !bytes.atZero())) {
    if (parts.length === MOST_PARTS) throw new ExrHeaderError('it has too many parts');
    const values: ExrValues = {};
    const texts = new Map<string, string>();
    for (let name = bytes.name(); name !== ''; name = bytes.name()) {
      attributes += 1;
      if (attributes > MOST_ATTRIBUTES) throw new ExrHeaderError('it has too many attributes');
      const type = bytes.name();
      const value = bytes.part(bytes.int32());
      // The first of a name counts, as for the library.
      if (type === 'string' && !texts.has(name)) texts.set(name, text(value.from()));
      Object.assign(values, { ...valuesOf(name, type, value), ...values });
    }
    parts.push(partOf(values, texts));
  }
  const [first, ...rest] = parts;
  if (first === undefined) throw new ExrHeaderError('it has no part');
  if (multiPart) bytes.take(1);
  return {
    length: start.length - bytes.left,
    version: flags & 0xff,
    tiled: (flags & 0x200) !== 0,
    deep: (flags & 0x800) !== 0,
    multiPart,
    parts: [first, ...rest],
  };
}

/** A value that is shorter than its type ends within the header, so there is nothing more to wait for. */
function valuesOf(name: string, type: string, value: ExrBytes): ExrValues {
  try {
    return readAttribute(name, type, value);
  } catch (error) {
    if (error instanceof ExrHeaderCut) throw new ExrHeaderError(`the value of ${name} is too short`);
    throw error;
  }
}

function partOf(values: ExrValues, texts: ReadonlyMap<string, string>): ExrPart {
  const { channels, dataWindow, displayWindow } = values;
  if (channels === undefined || channels.length === 0) throw new ExrHeaderError('it lists no channels');
  if (dataWindow === undefined || displayWindow === undefined) throw new ExrHeaderError('it names no picture size');
  for (const [left, top, right, bottom] of [dataWindow, displayWindow]) {
    if (right <= left || bottom <= top) throw new ExrHeaderError('its picture has no size');
  }
  return { ...values, channels, dataWindow, displayWindow, texts };
}
