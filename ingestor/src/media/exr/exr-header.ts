/**
 * Parses the header of an OpenEXR file by its published layout (https://openexr.com/en/latest/OpenEXRFileLayout.html):
 * the version's flags, then for each part a list of attributes with name, type, length and value. Pure, and linear in
 * the header's length. `exr-attributes.ts` decodes the values.
 */
import { type ExrBox, type ExrChannel, type ExrValues, readAttribute, text } from './exr-attributes.ts';
import { ExrBytes, ExrHeaderCut, ExrHeaderError, NoExr } from './exr-bytes.ts';

export interface ExrHeader {
  /** Bytes; the table of pixel offsets follows. */
  readonly length: number;
  readonly version: number;
  readonly tiled: boolean;
  readonly deep: boolean;
  readonly multiPart: boolean;
  /** One part, or several in a multi-part file; multi-part headers name their parts (`type`, `view`). */
  readonly parts: readonly [ExrPart, ...ExrPart[]];
}

/** The known attributes of one part, each with its expected type. */
export interface ExrPart extends ExrValues {
  readonly channels: readonly ExrChannel[];
  readonly dataWindow: ExrBox;
  readonly displayWindow: ExrBox;
  /** Text attributes by name. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Frames have tens of each; a file beyond these limits is hostile. */
const [MOST_PARTS, MOST_ATTRIBUTES] = [4096, 50_000];
const MAGIC = 20000630;

/** Returns true when the bytes start with EXR's magic number. */
function isExr(bytes: Buffer): boolean {
  return bytes.length >= 4 && bytes.readInt32LE(0) === MAGIC;
}

/**
 * @param start the first bytes of the file, as many as are available.
 * @throws ExrHeaderCut when they end before the header does.
 * @throws ExrHeaderError when they are not an EXR header.
 */
export function parseExrHeader(start: Buffer): ExrHeader {
  const bytes = new ExrBytes(start);
  if (bytes.left < 4 || !isExr(start)) throw new NoExr('it is not an EXR file');
  bytes.take(4);
  const flags = bytes.uint32();
  const multiPart = (flags & 0x1000) !== 0;
  const parts: ExrPart[] = [];
  let attributes = 0;
  // A list of parts ends with an empty part.
  while (parts.length === 0 || (multiPart && !bytes.atZero())) {
    if (parts.length === MOST_PARTS) throw new ExrHeaderError('it has too many parts');
    const values: ExrValues = {};
    const texts = new Map<string, string>();
    for (let name = bytes.name(); name !== ''; name = bytes.name()) {
      attributes += 1;
      if (attributes > MOST_ATTRIBUTES) throw new ExrHeaderError('it has too many attributes');
      const type = bytes.name();
      const value = bytes.part(bytes.int32());
      // The first attribute of a name wins, as in the OpenEXR library.
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

/** Decodes one attribute. A value shorter than its type is damage: reading more of the file would not complete it. */
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
