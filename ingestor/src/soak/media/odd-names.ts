/** Creates files with names that programs mistake for options, patterns, addresses and other things. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Longest file name on Linux, in bytes. */
const LONGEST = 255;

const STEMS = [
  ...['line\nbreak', 'tab\there', 'return\rhere', '-i', '-', '--help', '-y out', '%d', '%04d', '%', '%%', '%s%n'],
  ...['a:b', 'file:x', 'pipe:0', 'concat:a|b', 'data:,x', 'subfile,,start,0,end,9,,:x', 'cache:x', 'http:x'],
  ...[
    '*',
    '?',
    '[a-z]',
    '{1,2}',
    '{FRAME}',
    '#',
    '####',
    '@',
    '@@@@',
    '~',
    '!',
    '&',
    ';',
    '|',
    '<',
    '>',
    '`id`',
    '$(id)',
    '$HOME',
  ],
  ...['"', "'", '\\', '\\n', ' leading', 'trailing ', 'two  spaces', 'x..', 'CON', 'undefined', 'null', '__proto__'],
  ...[
    'e\u0301 apart',
    '\u00e9 joined',
    '\u{1f3ac}',
    '\u202etxt',
    '\u0085',
    '\u2028',
    '\ufeffmark',
    '\uef80',
    '\uf8ff',
    '\ufffd',
  ],
  ...['\x01\x1b[31m', 'a.b.c', '0', '1e9', '-1', 'NaN', 'v001', '2024-01-31', 'shot_0001_v002', '.mov'.slice(1)],
];
/** Bytes that are not UTF-8. */
const BYTES = ['ff', 'c3', 'e282', 'f0288cbc', 'c080', 'eda080', '61ff62', 'ffff', '80', 'e9e8'];
/** Originals to copy: one for each extension with a reader of its own. */
const ORIGINALS = [
  'odd-stills/8 bit.png',
  'odd-stills/half.exr',
  'odd-stills/raw 1.dng',
  'odd-media/h264.mp4',
  'odd-media/mjpeg.avi',
  'odd-media/sound.wav',
];

/** @param delivery holds the originals. */
export async function makeOddNames(delivery: string): Promise<void> {
  const folder = path.join(delivery, 'odd-names');
  await mkdir(folder, { recursive: true });
  const originals = new Map<string, Buffer>();
  for (const name of ORIGINALS) {
    const bytes = await readFile(path.join(delivery, name)).catch(() => null);
    if (bytes !== null) originals.set(path.extname(name), bytes);
  }
  let count = 0;
  const write = async (name: Buffer, extension: string) => {
    count += 1;
    const file = Buffer.concat([Buffer.from(`${folder}/`), name]);
    await writeFile(file, unlike(originals.get(extension) ?? Buffer.alloc(0), count));
  };
  const extensions = [...originals.keys()];
  for (const [index, stem] of STEMS.entries()) {
    // Each stem once, and the most dangerous ones in all formats.
    for (const extension of index < 12 ? extensions : [extensions[index % extensions.length] ?? '.png']) {
      await write(Buffer.from(stem + extension), extension);
    }
  }
  for (const [index, hex] of BYTES.entries()) {
    const extension = extensions[index % extensions.length] ?? '.png';
    await write(Buffer.concat([Buffer.from(hex, 'hex'), Buffer.from(extension)]), extension);
  }
  for (const extension of extensions) {
    await write(Buffer.from('n'.repeat(LONGEST - extension.length) + extension), extension);
    await write(Buffer.from(`${'\u00e9'.repeat((LONGEST - 5) / 2)}${extension}`), extension);
  }
  for (const stem of [
    Buffer.from('%d'),
    Buffer.from('-i'),
    Buffer.from('fe', 'hex'),
    Buffer.from('new\nline'),
    Buffer.from('q'.repeat(246)),
  ]) {
    for (const frame of [1, 2, 3]) await write(Buffer.concat([stem, Buffer.from(`.000${frame}.png`)]), '.png');
  }
}

/** Makes a copy with the same media but unique bytes: an atom, or a tail, that readers skip. */
function unlike(bytes: Buffer, count: number): Buffer {
  const atom = Buffer.from('\0\0\0\x0cfree\0\0\0\0', 'latin1');
  atom.writeUInt32BE(count, 8);
  return Buffer.concat([bytes, atom]);
}
