/**
 * Creates stills and sequences on which readers disagree: EXR with parts and windows, floating-point TIFF, frames that
 * differ.
 */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { writeCard } from '@ingesthub/fixtures/odd-media/test-card.ts';
import sharp from 'sharp';
import { integerTiff, oldJpegTiff } from '../../testing/odd-pictures.ts';

const LIGHT = '--colorconvert sRGB linear -d half';
const FIVE = '--ch R,G,B,R,G --chnames R,G,B,m1,m2';
const XYZ = '--attrib:type=float[8] chromaticities 1,0,0,1,0,0,0.3333333,0.3333333';
const WIDE = '--attrib:type=float[8] chromaticities 0.708,0.292,0.17,0.797,0.131,0.046,0.3127,0.329';
const DEPTH = '--create 320x240 1 --chnames Z -d float --attrib oiio:subimagename depth';

/** oiiotool's arguments after the card, and the file that it writes; files that it cannot write here are left out. */
const BY_OIIOTOOL: readonly (readonly [name: string, args: string])[] = [
  ['mip-mapped grey.exr', `card.png ${LIGHT} --ch R --chnames Y -otex`],
  ['mip-mapped colour.exr', `card.png ${LIGHT} -otex`],
  [
    'depth first.exr',
    `card.png ${LIGHT} -o plain.exr ${DEPTH} plain.exr --attrib oiio:subimagename rgba --siappend -o`,
  ],
  ['anamorphic.exr', `card.png ${LIGHT} --attrib PixelAspectRatio 2.0 -o`],
  ['negative window.exr', `card.png ${LIGHT} --origin -40-30 --fullsize 320x240-40-30 -o`],
  ['overscan.exr', `card.png ${LIGHT} --origin -40-30 --fullsize 240x180+0+0 -o`],
  ['small in large.exr', `card.png ${LIGHT} --origin +100+50 --fullsize 640x480+0+0 -o`],
  ['chromaticities of XYZ.exr', `card.png ${LIGHT} ${XYZ} -o`],
  ['chromaticities of BT.2020.exr', `card.png ${LIGHT} ${WIDE} -o`],
  ['layers alone.exr', `card.png ${LIGHT} --chnames beauty.R,beauty.G,beauty.B -o`],
  ['luminance.exr', `card.png ${LIGHT} --ch R --chnames Y -o`],
  ['tiled float.exr', `card.png --colorconvert sRGB linear -d float --tile 64 64 -o`],
  ['float.tif', 'card.png --colorconvert sRGB linear -d float -o'],
  ['double.tif', 'card.png --colorconvert sRGB linear -d double -o'],
  ['grey float.tif', 'card.png --ch R --chnames Y -d float -o'],
  ['grey half.tif', 'card.png --ch R --chnames Y -d half -o'],
  ['covered float.tif', 'card.png --ch R,G --chnames Y,A -d float -o'],
  ['five of 8 bits.tif', `card.png ${FIVE} -d uint8 -o`],
  ['five of float.tif', `card.png ${FIVE} -d float -o`],
  ['twelve bits.dpx', 'card.png -d uint12 -o'],
  ['sixteen bits.dpx', 'card.png -d uint16 -o'],
  ['grey.tga', 'card.png --ch R --chnames Y -o'],
  ['covered.tga', 'card.png --ch R,G,B,R --chnames R,G,B,A -o'],
  ['sixteen bits.rla', 'card.png -d uint16 -o'],
  ['float.rla', 'card.png -d float -o'],
  ['sixteen bits.sgi', 'card.png -d uint16 -o'],
  ['sixteen bits.ppm', 'card.png -d uint16 -o'],
  ['grey.pfm', 'card.png --ch R --chnames Y -d float -o'],
];
/** Files that ImageMagick writes, with its arguments. */
const BY_IMAGEMAGICK: readonly (readonly [name: string, args: string])[] = [
  ['large.psb', ''],
  ['sixteen bits.psd', '-depth 16'],
  ['grey.psd', '-colorspace Gray'],
  ['ink.psd', '-colorspace CMYK'],
  ['card.pcx', ''],
  ['plain.dds', '-define dds:compression=none'],
  ['blocks.dds', '-define dds:compression=dxt5'],
  ['card.cin', ''],
  ['logarithmic.dpx', '-colorspace Log'],
  ['card.ras', ''],
  ['card.pict', ''],
  ['card.pam', ''],
  ['card.xwd', ''],
  ['card.pgm', ''],
  ['card.pbm', ''],
  ['palette.ico', '-resize 64x64 -colors 16'],
];

const run = promisify(execFile);

/** @param folder is created. */
export async function makeRareStills(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const card = path.join(folder, 'card.png');
  await writeCard(card);
  for (const [name, args] of BY_OIIOTOOL) await make(folder, 'oiiotool', [...args.split(' '), name], name);
  for (const [name, args] of BY_IMAGEMAGICK) {
    await make(folder, 'convert', ['card.png', ...args.split(' ').filter((each) => each !== ''), name], name);
  }
  await rm(path.join(folder, 'plain.exr'), { force: true });
  const jpeg = await sharp(card).removeAlpha().resize(160, 120).jpeg({ chromaSubsampling: '4:4:4' }).toBuffer();
  await writeFile(path.join(folder, 'old JPEG.tif'), oldJpegTiff(160, 120, jpeg));
  const ramp = Array.from({ length: 160 * 90 * 3 }, (_, index) => (Math.floor(index / 3) % 160) / 159);
  await writeFile(path.join(folder, '32 bits.tif'), integerTiff(160, 90, 3, ramp));
  for (const extension of ['exr', 'dpx', 'png', 'tif']) await makeMixed(folder, extension);
}

/** Writes a sequence whose middle frame has another shape. */
async function makeMixed(folder: string, extension: string): Promise<void> {
  for (const frame of [1, 2, 3, 4, 5]) {
    const size = frame === 3 ? '120x120' : '240x90';
    const name = `mixed sizes.000${frame}.${extension}`;
    await make(folder, 'oiiotool', ['card.png', '--resize', size, '-o', name], name);
  }
}

async function make(folder: string, program: string, args: readonly string[], name: string): Promise<void> {
  await run(program, [...args], { cwd: folder }).catch(() => rm(path.join(folder, name), { force: true }));
}
