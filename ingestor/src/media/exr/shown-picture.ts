/** Chooses the part and the three channels of an EXR file that show its picture. Pure. */
import type { ExrHeader, ExrPart } from './exr-header.ts';

export interface ShownPicture {
  /** Index among the parts. */
  readonly part: number;
  /** Names of the channels to show as red, green and blue; three equal names mean grey. */
  readonly channels: readonly [red: string, green: string, blue: string];
}

/**
 * Names of parts and layers that hold the whole picture, in Nuke, Blender, V-Ray, Arnold, RenderMan, Houdini and
 * others.
 */
const WHOLE = words('rgba rgb beauty main combined composite color colour primary default image c ci');
/** Data stored as colours; shown as a picture, it looks like noise. */
const DATA = words(
  `crypto cryptomatte uv st n p z normal normals nrm position pos point depth velocity motion motionvector vector speed
  id ids objectid materialid mask matte pref pworld nworld variance`,
);

/**
 * Prefers the whole picture to its layers, colours to grey, flat to deep, then file order; depth and other data are
 * chosen only when nothing else exists.
 */
export function shownPicture({ parts }: ExrHeader): ShownPicture {
  let best: (ShownPicture & { readonly rank: number }) | null = null;
  for (const [part, header] of parts.entries()) {
    for (const candidate of candidatesOf(header)) {
      if (best === null || candidate.rank < best.rank) best = { ...candidate, part };
    }
  }
  const { part = 0, channels = ['', '', ''] } = best ?? {};
  return { part, channels };
}

interface Candidate {
  readonly channels: ShownPicture['channels'];
  readonly rank: number;
}

const COLOURS = [
  ['r', 'g', 'b'],
  ['red', 'green', 'blue'],
] as const;

function candidatesOf({ channels, name = '', type = '' }: ExrPart): Candidate[] {
  const byName = new Map<string, string>();
  for (const channel of channels) {
    const lower = channel.name.toLowerCase();
    if (!byName.has(lower)) byName.set(lower, channel.name);
  }
  const found: Candidate[] = [];
  const depth = type.startsWith('deep') ? 1 : 0;
  const add = (layer: string, shown: ShownPicture['channels'], base: number) =>
    found.push({ channels: shown, rank: base + rankOf(name, layer) + depth });
  for (const [lower, red] of byName) {
    const layer = lower.slice(0, lower.lastIndexOf('.') + 1);
    const own = lower.slice(layer.length);
    const spelled = red.slice(0, layer.length);
    for (const [r, g, b] of COLOURS) {
      const [green, blue] = [byName.get(layer + g), byName.get(layer + b)];
      if (own === r && green !== undefined && blue !== undefined) add(spelled, [red, green, blue], 0);
    }
    if (own === 'y') add(spelled, [red, red, red], 100);
  }
  const [first] = channels.filter((channel) => !/^(?:z|zback|a|alpha|id)$/i.test(last(channel.name)));
  const grey = (first ?? channels[0])?.name ?? '';
  add('', [grey, grey, grey], first === undefined ? 400 : 200);
  return found;
}

/**
 * Ranks a part and a layer within it. Ranks are even, so that a deep candidate comes right after its flat equivalent.
 */
function rankOf(part: string, layer: string): number {
  const named = [part, layer.replace(/\.$/, '')].filter((name) => name !== '').flatMap(wordsOf);
  if (named.some((word) => DATA.has(word.replace(/\d+$/, '')))) return 40;
  if (named.length === 0 || named.some((word) => WHOLE.has(word))) return layer === '' ? 0 : 2;
  return layer === '' ? 10 : 12;
}

/** Splits a name: 'View Layer.Combined' has view, layer and combined; 'uCryptoAsset' has u, crypto and asset. */
function wordsOf(name: string): string[] {
  return name
    .replace(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function last(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
