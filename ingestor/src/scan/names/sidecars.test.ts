import { expect, test } from 'vitest';
import { sidecarsAmong } from './sidecars.ts';

/** Each folder is looked at alone, as a scan does. */
function owners(...paths: string[]): Record<string, string> {
  const folders = Map.groupBy(paths, (path) => path.slice(0, Math.max(0, path.lastIndexOf('/'))));
  return Object.fromEntries(
    [...folders.values()].flatMap((files) => [...sidecarsAmong(files.map((relativePath) => ({ relativePath })))]),
  );
}

test.each([
  [
    'RED',
    ['A1.RDM/A1_C1.RDC/A1_C1_001.R3D'],
    { 'A1.RDM/A1_C1.RDC/A1_C1.RMD': 'A1_C1', 'A1.RDM/digital_magazine.bin': 'A1.RDM' },
  ],
  [
    'Sony',
    ['V/XDROOT/Clip/A7C1.MXF', 'P/PRIVATE/M4ROOT/CLIP/C0001.MP4'],
    {
      'V/XDROOT/Clip/A7C1M01.XML': 'A7C1',
      'V/XDROOT/Sub/A7C1S01.MP4': 'A7C1',
      'V/XDROOT/MEDIAPRO.XML': 'XDROOT',
      'P/PRIVATE/M4ROOT/CLIP/C0001M01.XML': 'C0001',
      'P/PRIVATE/M4ROOT/THMBNL/C0001T01.JPG': 'C0001',
      'P/PRIVATE/M4ROOT/MEDIAPRO.XML': 'M4ROOT',
    },
  ],
  [
    'Canon',
    ['CONTENTS/CLIPS001/A002C001.MXF'],
    {
      'CONTENTS/CLIPS001/A002C001.CPF': 'A002C001',
      'CONTENTS/CLIPS001/A002C001.CIF': 'A002C001',
      'CONTENTS/CLIPS001/INDEX.MIF': 'CONTENTS',
    },
  ],
  [
    'P2',
    ['CONTENTS/VIDEO/0012KQ.MXF'],
    {
      'CONTENTS/AUDIO/0012KQ00.MXF': '0012KQ',
      'CONTENTS/AUDIO/0012KQ01.MXF': '0012KQ',
      'CONTENTS/CLIP/0012KQ.XML': '0012KQ',
      'CONTENTS/ICON/0012KQ.BMP': '0012KQ',
      'CONTENTS/PROXY/0012KQ.MP4': '0012KQ',
      'CONTENTS/VOICE/0012KQ00.WAV': '0012KQ',
      'LASTCLIP.TXT': 'CONTENTS',
    },
  ],
  [
    'AVCHD',
    ['PRIVATE/AVCHD/BDMV/STREAM/00000.MTS'],
    {
      'PRIVATE/AVCHD/BDMV/CLIPINF/00000.CPI': '00000',
      'PRIVATE/AVCHD/BDMV/PLAYLIST/00000.MPL': 'BDMV',
      'PRIVATE/AVCHD/BDMV/INDEX.BDM': 'BDMV',
      'PRIVATE/AVCHD/AVCHDTN/THUMB.TDT': 'AVCHDTN',
    },
  ],
  ['Blackmagic', ['A001_C002.braw'], { 'A001_C002.sidecar': 'A001_C002' }],
  [
    'GoPro',
    ['GX010231.MP4', 'GOPR0002.MP4'],
    { 'GX010231.THM': 'GX010231', 'GL010231.LRV': 'GX010231', 'GOPR0002.LRV': 'GOPR0002' },
  ],
  ['DJI', ['DJI_0007.MP4'], { 'DJI_0007.SRT': 'DJI_0007', 'DJI_0007.LRF': 'DJI_0007' }],
  ['ARRI', ['A003R1VX/A003C001_260311_R1VX.mxf'], { 'A003R1VX/A003R1VX_AVID.ale': 'A003R1VX' }],
] as const)('sidecarsAmong finds the sidecars on a card of %s', (_maker, clips, sidecars) => {
  expect(owners(...clips, ...Object.keys(sidecars))).toEqual(sidecars);
});

test.each([
  ['analysis/report.Rmd', 'analysis/report_001.png'],
  ['trailer.mp4', 'trailer.srt'],
  ['lonely.THM', 'lonely.LRV', 'lonely.sidecar', 'DJI_0001.SRT'],
  ['notes/C0001M01.XML', 'notes/readme.txt'],
  ['edit/cut.ale', 'edit/cut.mov'],
  ['contents/audio/mix_final.wav', 'contents/audio/interview01.mxf'],
  ['audio/0012KQ00.MXF', 'proxy/a.mp4', 'icon/logo.bmp', 'sub/fooS01.mp4'],
])('sidecarsAmong leaves other files alone: %s', (...paths) => expect(owners(...paths)).toEqual({}));
