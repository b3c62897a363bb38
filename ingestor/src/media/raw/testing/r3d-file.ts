/** Makes the beginning of a RED file, as far as `r3d-header.ts` reads it. */

export function r3dFile(type: 'RED1' | 'RED2', { timecode = '10:15:20:05' } = {}): Buffer {
  const entries = Buffer.concat(
    [
      [0x1001, timecode],
      [0x1006, '123-ABC'],
      [0x101a, 'A011'],
      [0x1023, '20260402'],
      [0x1024, '101520'],
      [0x1071, 'KOMODO 6K'],
    ].map(([tag, text]) => entry(Number(tag), `${text}\0`)),
  );
  const size = Buffer.alloc(2);
  size.writeUInt16BE(entries.length);
  const header = Buffer.alloc(type === 'RED1' ? 0x100 + 0x22 : 0x44 + 0x18);
  header.writeUInt32BE(type === 'RED1' ? 0x100 : 0x1000, 0);
  header.write(type, 4, 'latin1');
  if (type === 'RED1') {
    header.writeUInt16BE(4096, 0x36);
    header.writeUInt16BE(2160, 0x3a);
    header.writeUInt32BE(24_000, 0x3e);
    header.writeUInt32BE(1001, 0x42);
  } else {
    header.writeUInt8(1, 0x40);
    header.writeUInt32BE(4096, 0x4c);
    header.writeUInt32BE(2160, 0x50);
    header.writeUInt16BE(1001, 0x56);
    header.writeUInt32BE(24_000, 0x58);
  }
  return Buffer.concat([header, size, entries, Buffer.alloc(512)]);
}

function entry(tag: number, text: string): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(4 + text.length, 0);
  head.writeUInt16BE(tag, 2);
  return Buffer.concat([head, Buffer.from(text, 'latin1')]);
}
