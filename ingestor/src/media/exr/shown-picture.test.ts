import { expect, test } from 'vitest';
import { attribute, exrHeader, needed } from '../../testing/exr-files.ts';
import { parseExrHeader } from './exr-header.ts';
import { shownPicture } from './shown-picture.ts';

type Part = readonly [name: string, channels: readonly string[], type?: string];

function shownOf(...parts: readonly Part[]) {
  const written = parts.map(([name, channels, type = 'scanlineimage']) => [
    ...needed(channels),
    attribute('name', 'string', Buffer.from(name)),
    attribute('type', 'string', Buffer.from(type)),
  ]);
  const { part, channels } = shownPicture(parseExrHeader(exrHeader(written)));
  return [part, ...new Set(channels)].join(' ');
}

const RGB = ['B', 'G', 'R'];

test.each<[what: string, parts: readonly Part[], shown: string]>([
  ['the only picture', [['', ['A', ...RGB]]], '0 R G B'],
  [
    'colours after depth',
    [
      ['depth', ['Z']],
      ['rgba', RGB],
    ],
    '1 R G B',
  ],
  [
    'the whole picture before its layers',
    [
      ['diffuse', RGB],
      ['specular', RGB],
      ['beauty', RGB],
    ],
    '2 R G B',
  ],
  [
    'the first of several layers',
    [
      ['depth', ['Z']],
      ['diffuse', RGB],
      ['specular', RGB],
    ],
    '1 R G B',
  ],
  [
    'a layer before numbers that are stored as colours',
    [
      ['crypto_object00', RGB],
      ['diffuse', RGB],
    ],
    '1 R G B',
  ],
  [
    'flat before deep',
    [
      ['rgba', RGB, 'deepscanline'],
      ['rgba', RGB],
    ],
    '1 R G B',
  ],
  [
    'deep colours before flat depth',
    [
      ['depth', ['Z']],
      ['rgba', RGB, 'deepscanline'],
    ],
    '1 R G B',
  ],
  [
    'grey before depth',
    [
      ['depth', ['Z']],
      ['luminance', ['Y']],
    ],
    '1 Y',
  ],
  ['depth when there is nothing else', [['depth', ['A', 'Z']]], '0 A'],
  ['the left eye', [['', ['Z', 'left.B', 'left.G', 'left.R', 'right.R']]], '0 left.R left.G left.B'],
  [
    'names in full',
    [['', ['diffuse.blue', 'diffuse.green', 'diffuse.red']]],
    '0 diffuse.red diffuse.green diffuse.blue',
  ],
  [
    'the layer that Blender calls combined',
    [['', ['V.AO.B', 'V.AO.G', 'V.AO.R', 'V.Combined.B', 'V.Combined.G', 'V.Combined.R']]],
    '0 V.Combined.R V.Combined.G V.Combined.B',
  ],
  [
    'no mask of objects',
    [['', ['uCryptoAsset.blue', 'uCryptoAsset.green', 'uCryptoAsset.red', 'x.B', 'x.G', 'x.R']]],
    '0 x.R x.G x.B',
  ],
  [
    'the main view of two',
    [
      ['rgba.left', RGB],
      ['rgba.right', RGB],
    ],
    '0 R G B',
  ],
])('shownPicture is %s', (_what, parts, shown) => expect(shownOf(...parts)).toBe(shown));
