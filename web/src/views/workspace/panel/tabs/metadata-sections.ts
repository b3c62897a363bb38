/** Everything that was read from a file, in sections for people: stream, EXR, still, camera, place, description. */
import type { AssetDetails } from '@ingesthub/schema/library/asset-details.ts';
import { formatBytes } from '../../../../ui/format.ts';

export interface MetadataSection {
  readonly title: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

type Facts = readonly (readonly [name: string, value: string | null | undefined])[];

/** Returns the sections that have a fact. Face facts are left out: they have a tab of their own. */
export function metadataSections(details: AssetDetails): MetadataSection[] {
  const { video, audio, frame, still, camera, place, description } = details;
  const sections: [title: string, facts: Facts][] = [
    [
      'Recording',
      [
        ['Timecode', details.timecode],
        ['Reel', details.reel],
        ['Captured', details.captured_at],
      ],
    ],
    [
      'Video stream',
      [
        ['Profile', video?.profile],
        ['Pixel format', video?.pixel_format],
        ['Bit depth', bits(video?.bit_depth)],
        ['Fields', video?.field_order && (fieldOrders[video.field_order] ?? video.field_order)],
        ['Pixel aspect', video?.sample_aspect_ratio],
        ['Rotation', unit(video?.rotation, '°')],
        ['Primaries', video?.color_primaries],
        ['Transfer', video?.color_transfer],
        ['Matrix', video?.color_space],
        ['Range', video?.color_range],
        ['Bit rate', rate(video?.bit_rate)],
        [
          'Frame intervals',
          video?.variable_frame_rate === undefined ? null : video.variable_frame_rate ? 'Vary' : 'Constant',
        ],
        ['Video streams', plain(video?.streams)],
      ],
    ],
    [
      'Audio',
      [
        ['Layout', audio?.channel_layout],
        ['Bit depth', bits(audio?.bit_depth)],
        ['Bit rate', rate(audio?.bit_rate)],
        ['Audio streams', plain(audio?.streams)],
      ],
    ],
    [
      frame?.format === 'openexr' ? 'EXR' : 'Frame',
      [
        ['Format', frame?.format],
        ['Compression', frame?.compression],
        ['Pixel type', frame?.pixel_type],
        ['Channels', frame?.channels && channelGroups(frame.channels).join('\n')],
        ['Data window', window(frame?.data_window)],
        ['Display window', window(frame?.display_window)],
        ['Pixel aspect', plain(frame?.pixel_aspect_ratio)],
        ['Views', frame?.views?.join(', ')],
        ['Parts', plain(frame?.parts)],
        ['Deep', yesOrNo(frame?.deep)],
        ['Levels', frame?.levels],
        ['Encoding', frame?.encoding],
        ['Chromaticities', frame?.chromaticities && pairs(frame.chromaticities)],
      ],
    ],
    [
      'Still',
      [
        ['Bit depth', bits(still?.bit_depth)],
        ['Colour space', still?.colour_space],
        ['ICC profile', still?.icc_profile],
        ['Alpha', yesOrNo(still?.has_alpha)],
        ['Orientation', plain(still?.orientation)],
        ['Pictures', plain(still?.pages)],
      ],
    ],
    [
      'Camera',
      [
        ['Make', camera?.make],
        ['Model', camera?.model],
        ['Serial', camera?.serial],
        ['Lens', camera?.lens],
        ['ISO', plain(camera?.iso)],
        ['Aperture', camera?.aperture === undefined ? null : `f/${camera.aperture}`],
        ['Shutter', shutter(camera?.shutter_seconds)],
        ['Focal length', unit(camera?.focal_length_mm, ' mm')],
      ],
    ],
    [
      'Place',
      [
        ['Latitude', unit(place?.latitude, '°')],
        ['Longitude', unit(place?.longitude, '°')],
        ['Altitude', unit(place?.altitude, ' m')],
      ],
    ],
    [
      'Description',
      [
        ['Title', description?.title],
        ['Description', description?.description],
        ['Creator', description?.creator],
        ['Rights', description?.rights],
        ['Keywords', description?.keywords?.join(', ')],
        ['Rating', plain(description?.rating)],
        ['Label', description?.label],
      ],
    ],
  ];
  return sections
    .map(([title, facts]) => ({
      title,
      facts: facts.flatMap(([name, value]) => (value == null || value === '' ? [] : [{ name, value }])),
    }))
    .filter(({ facts }) => facts.length > 0);
}

const fieldOrders: Readonly<Record<string, string>> = {
  progressive: 'Progressive',
  tt: 'Top field first',
  bb: 'Bottom field first',
  tb: 'Top coded first, bottom shown first',
  bt: 'Bottom coded first, top shown first',
};

/** Groups channels by layer: `R`, `G`, `B` and `diffuse.R`, `diffuse.G` become `R G B` and `diffuse: R G`. */
export function channelGroups(channels: readonly string[]): string[] {
  const layers = new Map<string, string[]>();
  for (const channel of channels) {
    const dot = channel.lastIndexOf('.');
    const layer = channel.slice(0, Math.max(0, dot));
    const name = channel.slice(dot + 1);
    layers.set(layer, [...(layers.get(layer) ?? []), name]);
  }
  return [...layers].map(([layer, names]) => (layer === '' ? names.join(' ') : `${layer}: ${names.join(' ')}`));
}

function plain(value: number | undefined): string | null {
  return value === undefined ? null : String(value);
}

function unit(value: number | undefined, of: string): string | null {
  return value === undefined ? null : `${value}${of}`;
}

function bits(depth: number | undefined): string | null {
  return unit(depth, ' bit');
}

function yesOrNo(value: boolean | undefined): string | null {
  return value === undefined ? null : value ? 'Yes' : 'No';
}

function rate(bitsPerSecond: number | undefined): string | null {
  return bitsPerSecond === undefined ? null : `${formatBytes(bitsPerSecond / 8)} a second`;
}

/** @example window([0, 0, 1920, 1080]) // '1920 × 1080 at 0, 0' */
function window(box: readonly [number, number, number, number] | undefined): string | null {
  if (box === undefined) return null;
  const [left, top, right, bottom] = box;
  return `${right - left} × ${bottom - top} at ${left}, ${top}`;
}

/** @example shutter(0.02) // '1/50 s' */
function shutter(seconds: number | undefined): string | null {
  if (seconds === undefined) return null;
  return seconds > 0 && seconds < 0.5 ? `1/${Math.round(1 / seconds)} s` : `${seconds} s`;
}

function pairs(values: readonly number[]): string {
  const names = ['R', 'G', 'B', 'W'];
  return names.map((name, index) => `${name} ${values[2 * index]}, ${values[2 * index + 1]}`).join('; ');
}
