/** Writes headers of EXR files for tests, attribute by attribute, including headers that no program writes. */

export interface WrittenAttribute {
  readonly name: string;
  readonly type: string;
  readonly value: Buffer;
}

export interface WrittenChannel {
  readonly name: string;
  /** 0 uint, 1 half, 2 float. */
  readonly pixelType?: number;
  readonly sampling?: readonly [number, number];
}

export const attribute = (name: string, type: string, value: Buffer): WrittenAttribute => ({ name, type, value });

export function int32s(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeInt32LE(value | 0, index * 4);
  return bytes;
}

export function floats(...values: readonly number[]): Buffer {
  return Buffer.from(Float32Array.from(values).buffer);
}

export function channelList(channels: readonly (string | WrittenChannel)[]): Buffer {
  const entries = channels.map((channel) => {
    const { name, pixelType = 1, sampling = [1, 1] } = typeof channel === 'string' ? { name: channel } : channel;
    return Buffer.concat([zeroEnded(name), int32s(pixelType), Buffer.alloc(4), int32s(...sampling)]);
  });
  return Buffer.concat([...entries, Buffer.from([0])]);
}

/** Returns the attributes that every part must have, for 8 x 4 pixels. */
export function needed(channels: readonly (string | WrittenChannel)[]): WrittenAttribute[] {
  return [
    attribute('channels', 'chlist', channelList(channels)),
    attribute('compression', 'compression', Buffer.from([3])),
    attribute('dataWindow', 'box2i', int32s(0, 0, 7, 3)),
    attribute('displayWindow', 'box2i', int32s(0, 0, 7, 3)),
    attribute('lineOrder', 'lineOrder', Buffer.from([0])),
    attribute('pixelAspectRatio', 'float', floats(1)),
    attribute('screenWindowCenter', 'v2f', floats(0, 0)),
    attribute('screenWindowWidth', 'float', floats(1)),
  ];
}

/** @param flags in addition to the multi-part flag, which the number of parts sets. */
export function exrHeader(parts: readonly (readonly WrittenAttribute[])[], flags = 0): Buffer {
  const multiPart = parts.length > 1;
  return Buffer.concat([
    int32s(20000630, 2 | flags | (multiPart ? 0x1000 : 0)),
    ...parts.flatMap((attributes) => [...attributes.map(written), Buffer.from([0])]),
    ...(multiPart ? [Buffer.from([0])] : []),
  ]);
}

function written({ name, type, value }: WrittenAttribute): Buffer {
  return Buffer.concat([zeroEnded(name), zeroEnded(type), int32s(value.length), value]);
}

function zeroEnded(text: string): Buffer {
  return Buffer.concat([Buffer.from(text), Buffer.from([0])]);
}
