/** Creates stills of every format and oddity that can be produced here, and files that only claim to be stills. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { withFaceMetadata } from '@ingesthub/fixtures/face-metadata.ts';
import { writeCard } from '@ingesthub/fixtures/odd-media/test-card.ts';
import sharp, { type Sharp } from 'sharp';
import { makeWithFfmpeg } from '../../testing/media-files.ts';
import { dng, halfFloatTiff, hugePng, logLTiff, psd } from '../../testing/odd-pictures.ts';

const BY_SHARP: readonly (readonly [name: string, make: (picture: Sharp) => Sharp])[] = [
  ['8 bit.png', (it) => it.png()],
  ['16 bit.png', (it) => it.toColourspace('rgb16').png()],
  ['palette.png', (it) => it.png({ palette: true })],
  ['interlaced.png', (it) => it.png({ progressive: true })],
  ['transparent.png', (it) => it.ensureAlpha(0.3).png()],
  ['grey.png', (it) => it.toColourspace('b-w').png()],
  ['wide gamut.png', (it) => it.withIccProfile('p3').png()],
  ['16 bit.tif', (it) => it.toColourspace('rgb16').tiff({ compression: 'none' })],
  ['tiled.tif', (it) => it.tiff({ compression: 'lzw', tile: true, tileWidth: 64, tileHeight: 64 })],
  ['pyramid.tiff', (it) => it.tiff({ compression: 'deflate', tile: true, pyramid: true })],
  ['one bit.tif', (it) => it.toColourspace('b-w').tiff({ bitdepth: 1, compression: 'ccittfax4' })],
  ['ink.tif', (it) => it.toColourspace('cmyk').tiff({ compression: 'lzw' })],
  ['progressive.jpg', (it) => it.jpeg({ progressive: true })],
  ['ink.jpg', (it) => it.toColourspace('cmyk').jpeg()],
  ['grey.jpg', (it) => it.toColourspace('b-w').jpeg()],
  ['subsampled.jpeg', (it) => it.jpeg({ chromaSubsampling: '4:2:0' })],
  ['lossy.webp', (it) => it.webp()],
  ['lossless.webp', (it) => it.webp({ lossless: true })],
  ['one.gif', (it) => it.gif()],
  ['av1.avif', (it) => it.avif()],
  ...[2, 3, 4, 5, 6, 7, 8].map((orientation): [string, (picture: Sharp) => Sharp] => [
    `turned ${['', '', 'mirrored', '180', 'flipped', 'transposed', '90', 'transverse', '270'][orientation]}.jpg`,
    (it) => it.withMetadata({ orientation }).jpeg(),
  ]),
];

const BY_OIIOTOOL =
  'half.exr zip.exr card.dpx card.hdr card.heic card.jp2 card.tga card.bmp card.sgi card.psd card.pic card.rla card.iff card.ico card.ppm card.pnm card.pfm card.jfif card.j2c card.webp';

/** Files that a program which guesses formats would read, including the files that they reference. */
const NO_PICTURES: readonly (readonly [name: string, text: string])[] = [
  ['drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="/etc/passwd"/></svg>'],
  ['playlist.mov', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n'],
  ['list.mp4', "ffconcat version 1.0\nfile '../odd-media/h264.mp4'\n"],
  ['list of one.mp4', 'ffconcat version 1.0\nfile card.png\n'],
  ['playlist of others.mov', '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n../odd-media/mpeg2.mpg\n#EXT-X-ENDLIST\n'],
  ['commands.dpx', 'push graphic-context\nimage over 0,0 0,0 "/etc/passwd"\npop graphic-context\n'],
  ['page.jpg', '<!DOCTYPE html><title>404 Not Found</title>'],
  ['empty.exr', ''],
  ['one byte.jpg', 'x'],
];

/** @param folder is created. */
export async function makeOddStills(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const to = (name: string) => path.join(folder, name);
  await writeCard(to('card.png'));
  for (const [name, make] of BY_SHARP) await make(sharp(to('card.png')).removeAlpha()).toFile(to(name));
  for (const name of BY_OIIOTOOL.split(' ')) {
    // Formats that oiiotool cannot write here are left out.
    const light = /\.(?:exr|hdr)$/.test(name) ? ['--colorconvert', 'sRGB', 'linear'] : [];
    await promisify(execFile)('oiiotool', ['card.png', ...light, '-o', name], { cwd: folder }).catch(() => {});
  }
  await makeWithFfmpeg(to('card.jxl'), `-i ${to('card.png')} -c:v libjxl`).catch(() => {});

  await writeFile(to('half float.tif'), halfFloatTiff(40, 30, 0x3800));
  await writeFile(to('logarithmic.tif'), logLTiff(160, 90));
  await writeFile(to('lab.psd'), psd(40, 30, [128, 128, 128], { mode: 9, merged: true }));
  await writeFile(to('no merged picture.psd'), psd(40, 30, [128, 128, 128], { mode: 3, merged: false }));
  for (const orientation of [1, 6]) await writeFile(to(`raw ${orientation}.dng`), dng(48, 32, orientation));
  await writeFile(to('claims much.png'), hugePng(20_000, 20_000));
  await writeFile(to('claims too much.png'), hugePng(100_000, 100_000));
  for (const [width, height] of [
    [1, 1],
    [1, 3000],
    [3000, 1],
  ] as const) {
    await sharp({ create: { width, height, channels: 3, background: '#a52' } }).toFile(to(`${width} by ${height}.png`));
  }
  await makeFaces(folder);
  for (const [name, text] of NO_PICTURES) await writeFile(to(name), text);
  await makeWithFfmpeg(to('plate.%04d.png'), '-f lavfi -i testsrc2=size=160x90:rate=24:duration=0.5');
  await makeWithFfmpeg(to('gaps.%d.jpg'), '-f lavfi -i testsrc2=size=160x90:rate=4:duration=2 -pix_fmt yuvj420p');
}

async function makeFaces(folder: string): Promise<void> {
  for (const [index, yaw] of [-60, 0, 60].entries()) {
    const png = await sharp(path.join(folder, 'card.png')).resize(256, 256, { fit: 'cover' }).png().toBuffer();
    const face = withFaceMetadata(png, {
      pose: { pitch: 5, yaw, roll: 2 },
      landmarks: Array.from({ length: 68 }, (_, point) => [point * 3, 255 - point * 3] as const),
      sourcePath: `/mnt/client/take_${index}.png`,
      sourceRect: [0, 0, 256, 256],
      sourceSize: [320, 240],
      ...{ sharpness: 40, brightness: 0.5, hue: 20 },
    });
    await writeFile(path.join(folder, `0000${index}_0.png`), face);
  }
}
