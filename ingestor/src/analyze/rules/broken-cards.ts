/** Finds cards of cameras that did not arrive whole: parts of clips, clips and their index files that are missing. Pure. */
import type { ListedAsset } from './listing.ts';

/** Sentences; further ones are counted. */
const MAX_SENTENCES = 5;
/** Names in a sentence; further ones are counted. */
const MAX_NAMES = 3;

/** A kind of card that has a file about each clip. */
interface Indexed {
  /** A path in lower case: the card's folder in group 1, the clip in group 2. */
  readonly clip: RegExp;
  readonly index: RegExp;
  /** The sound of a clip in files of its own. */
  readonly sound?: RegExp;
}

const INDEXED: readonly Indexed[] = [
  // Panasonic P2.
  {
    clip: /^(.*?)contents\/video\/([^/]+)\.mxf$/,
    index: /^(.*?)contents\/clip\/([^/]+)\.xml$/,
    sound: /^(.*?)contents\/audio\/([^/]{6})\d\d\.mxf$/,
  },
  // AVCHD.
  { clip: /^(.*?)bdmv\/stream\/([^/]+)\.(?:mts|m2ts)$/, index: /^(.*?)bdmv\/clipinf\/([^/]+)\.(?:cpi|clpi)$/ },
  // Sony XDCAM, XAVC and X-OCN.
  {
    clip: /^(.*?)(?:xdroot|m4root)\/clip\/([^/]+)\.(?:mxf|mp4)$/,
    index: /^(.*?)(?:xdroot|m4root)\/clip\/([^/]+)m\d\d\.xml$/,
  },
  // Canon XF.
  {
    clip: /^(.*?)contents\/clips\d{3}\/([^/]+)\.(?:mxf|crm)$/,
    index: /^(.*?)contents\/clips\d{3}\/([^/]+)\.(?:xml|cpf)$/,
  },
];

/** The path of a RED clip in several files. */
const SPANNED = /^(?:.*\/)?([^/]+)_#+\.r3d$/i;

/** Matches only files on such cards: most packages have none. */
const ON_CARD = /(?:^|\/)(?:contents|bdmv|xdroot|m4root)\/|_\d{3}\.r3d$/i;

/** Whether {@link brokenCards} may say something about files of one folder. */
export function mayBeOnCard(files: readonly { readonly relativePath: string }[]): boolean {
  return files.some(({ relativePath }) => ON_CARD.test(relativePath));
}

/** Returns a sentence for each fault. */
export function brokenCards(assets: readonly ListedAsset[]): string[] {
  const onCards = assets.filter(({ relativePath }) => ON_CARD.test(relativePath));
  const sentences = [...missingParts(assets), ...INDEXED.flatMap((kind) => faultsOf(kind, onCards))];
  const more = sentences.length - MAX_SENTENCES;
  return more <= 0 ? sentences : [...sentences.slice(0, MAX_SENTENCES), `${more} more faults of cards were found.`];
}

function missingParts(assets: readonly ListedAsset[]): string[] {
  return assets.flatMap(({ relativePath, sequence }) => {
    const missing = sequence?.missing ?? null;
    if (missing === null) return [];
    const [, clip] = SPANNED.exec(relativePath) ?? [];
    if (clip === undefined) return [];
    const parts = /^\d+$/.test(missing) ? `part ${missing} is` : `parts ${missing.replaceAll(',', ', ')} are`;
    return [`The clip ${clip} is not whole: ${parts} missing.`];
  });
}

interface Card {
  /** Names as written, by those in lower case. */
  readonly clips: Map<string, string>;
  readonly indexes: Map<string, string>;
  readonly sounds: Map<string, string>;
}

function faultsOf({ clip, index, sound }: Indexed, assets: readonly ListedAsset[]): string[] {
  const cards = new Map<string, Card>();
  for (const { relativePath } of assets) {
    const lower = relativePath.toLowerCase();
    for (const [pattern, list] of [
      [clip, 'clips'],
      [index, 'indexes'],
      [sound, 'sounds'],
    ] as const) {
      const [, folder, name] = pattern?.exec(lower) ?? [];
      if (folder === undefined || name === undefined) continue;
      const card = cards.get(folder) ?? { clips: new Map(), indexes: new Map(), sounds: new Map() };
      cards.set(folder, card);
      const start = relativePath.lastIndexOf('/') + 1;
      card[list].set(name, relativePath.slice(start, start + name.length));
      break;
    }
  }
  return [...cards].flatMap(([folder, card]) =>
    faultsOfCard(folder === '' ? 'The card' : `The card in ${folder}`, card),
  );
}

function faultsOfCard(card: string, { clips, indexes, sounds }: Card): string[] {
  const without = (names: ReadonlyMap<string, string>, others: ReadonlyMap<string, string>) =>
    [...names].filter(([key]) => !others.has(key)).map(([, name]) => name);
  const unlisted = without(clips, indexes);
  const absent = without(indexes, clips);
  const silent = without(sounds, clips).filter((name) => !indexes.has(name.toLowerCase()));
  return [
    ...(indexes.size === 0 && clips.size > 0 ? [`${card} has no index of its clips.`] : []),
    ...(indexes.size > 0 && unlisted.length > 0 ? [`${card} has no index entry for ${named(unlisted)}.`] : []),
    ...(absent.length > 0 ? [`${card} lists ${named(absent)}, but the clip itself is not there.`] : []),
    ...(silent.length > 0 ? [`${card} has sound for ${named(silent)}, but no picture.`] : []),
  ];
}

function named(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const shown = names.slice(0, MAX_NAMES).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
