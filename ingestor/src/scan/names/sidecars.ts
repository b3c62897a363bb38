/**
 * Finds the files on a camera's card that are not recordings: what the camera writes about a clip, or about the card.
 * Names decide, those of the card's folders and those of the files beside. Pure.
 */

/** The clip in group 1; without a group, the file belongs to the card. */
type Pattern = RegExp;

interface CardFolder {
  /** The folder and those above it, in lower case; the card's own folder in group 1. */
  readonly folder: RegExp;
  readonly names: readonly Pattern[];
}

const CARD_FOLDERS: readonly CardFolder[] = [
  // Sony XDCAM, XAVC and X-OCN.
  { folder: /(?:^|\/)(xdroot|m4root|bpav)\/thmbnl$/, names: [/^(.+)t\d\d\.jpg$/i] },
  { folder: /(?:^|\/)(xdroot|m4root|bpav)\/sub$/, names: [/^(.+)s\d\d\.(?:mp4|mxf)$/i] },
  {
    folder: /(?:^|\/)(xdroot|m4root|bpav)(?:\/|$)/,
    names: [/^(.+)(?:m\d\d\.xml|r\d\d\.bim|i\d\d\.ppn)$/i, /\.(?:xml|bin|bup|smi|bim|ppn|dat)$/i],
  },
  { folder: /(?:^|\/)(avf_info)$/, names: [/\.(?:bnp|int|inp|bin)$/i] },
  // Canon XF.
  {
    folder: /(?:^|\/)(contents)\/clips\d{3}(?:\/|$)/,
    names: [/^index\.mif$/i, /^(.+)\.(?:cpf|cif|xml|xmp|mif|thm)$/i],
  },
  // Panasonic P2. The sound of a clip is in files of its own, one for each channel.
  { folder: /(?:^|\/)(contents)\/audio$/, names: [/^(.{6})\d\d\.mxf$/i] },
  { folder: /(?:^|\/)(contents)\/voice$/, names: [/^(.{6})\d\d\.wav$/i] },
  { folder: /(?:^|\/)(contents)\/clip$/, names: [/^(.+)\.xml$/i] },
  { folder: /(?:^|\/)(contents)\/icon$/, names: [/^(.+)\.(?:bmp|jpg)$/i] },
  { folder: /(?:^|\/)(contents)\/proxy$/, names: [/^(.+)\.(?:mp4|mov|xml|bin)$/i] },
  // AVCHD.
  { folder: /(?:^|\/)(bdmv)\/clipinf$/, names: [/^(.+)\.(?:cpi|clpi)$/i] },
  { folder: /(?:^|\/)(bdmv)(?:\/|$)/, names: [/\.(?:mpl|mpls|bdm|bdmv)$/i] },
  { folder: /(?:^|\/)(avchdtn)$/, names: [/\.(?:tdt|tid)$/i] },
  // RED.
  { folder: /(?:^|\/)([^/]+\.rdm)(?:\/|$)/, names: [/\.bin$/i] },
];

/** Panasonic's note on the card's last clip lies beside its folders. */
const LAST_CLIP = /^lastclip\.txt$/i;

interface Beside {
  readonly name: Pattern;
  /** Extensions of the clip in the same folder. */
  readonly clips: readonly string[];
}

const BESIDE: readonly Beside[] = [
  // RED, Blackmagic, Sony.
  { name: /^(.+)\.rmd$/i, clips: ['r3d'] },
  { name: /^(.+)\.sidecar$/i, clips: ['braw'] },
  { name: /^(.+)m\d\d\.xml$/i, clips: ['mxf', 'mp4'] },
  // GoPro, Canon, DJI.
  { name: /^(.+)\.thm$/i, clips: ['mp4', 'mov', 'avi', '360'] },
  { name: /^(.+)\.lrv$/i, clips: ['mp4', '360'] },
  { name: /^(dji_.+)\.(?:srt|lrf)$/i, clips: ['mp4', 'mov'] },
];
/** GoPro's small copy GL010231.LRV belongs to GX010231.MP4 or GH010231.MP4. */
const SMALL_COPY = /^gl(?=\d{6}$)/;

/** A list of the clips on a card of ARRI, beside them or in the folder that it is named after. */
const ALE = /^(.+)\.ale$/i;
const ARRI_CLIP = /^[a-z](?:\d{3}|_\d{4})c\d{3}_.+\.(?:mxf|mov|ari|arx)$/i;

/** Extensions of files that the files beside them may explain; all others are sidecars only in a card's folders. */
const EXPLAINED_BESIDE = new Set('ale lrf lrv rmd sidecar srt thm txt xml'.split(' '));

/**
 * Returns for each sidecar the name of its clip, or of its card, by its path. All others are left out.
 *
 * @param files whole folders: the clip may be any other file of the same folder.
 */
export function sidecarsAmong(files: readonly { readonly relativePath: string }[]): Map<string, string> {
  const found = new Map<string, string>();
  let clips: Set<string> | null = null;
  let folder: string | null = null;
  let rules: readonly { card: string; names: readonly Pattern[] }[] = [];
  for (const { relativePath } of files) {
    const slash = relativePath.lastIndexOf('/');
    const name = relativePath.slice(slash + 1);
    const at = relativePath.slice(0, Math.max(0, slash));
    if (at !== folder) {
      folder = at;
      rules = rulesOf(at);
    }
    const isExplained = EXPLAINED_BESIDE.has(name.slice(name.lastIndexOf('.') + 1).toLowerCase());
    if (rules.length === 0 && !isExplained) continue;
    const owner = byFolder(name, rules) ?? (isExplained ? byClip(at, name, () => (clips ??= clipsAmong(files))) : null);
    if (owner !== null) found.set(relativePath, owner);
  }
  return found;
}

function rulesOf(folder: string): { card: string; names: readonly Pattern[] }[] {
  const lower = folder.toLowerCase();
  return CARD_FOLDERS.flatMap(({ folder: pattern, names }) => {
    const match = pattern.exec(lower);
    const card = match?.[1];
    if (match === null || card === undefined) return [];
    const start = match.index + match[0].indexOf(card);
    return [{ card: folder.slice(start, start + card.length), names }];
  });
}

function byFolder(name: string, rules: readonly { card: string; names: readonly Pattern[] }[]): string | null {
  if (LAST_CLIP.test(name)) return 'CONTENTS';
  for (const { card, names } of rules) {
    for (const pattern of names) {
      const match = pattern.exec(name);
      if (match !== null) return match[1] ?? card;
    }
  }
  return null;
}

function byClip(folder: string, name: string, clips: () => ReadonlySet<string>): string | null {
  for (const { name: pattern, clips: extensions } of BESIDE) {
    const [, clip] = pattern.exec(name) ?? [];
    if (clip === undefined) continue;
    const lower = clip.toLowerCase();
    const stems = SMALL_COPY.test(lower) ? ['gx', 'gh'].map((start) => start + lower.slice(2)) : [lower];
    for (const stem of stems) {
      if (extensions.some((extension) => clips().has(keyOf(folder, `${stem}.${extension}`))))
        return stem === lower ? clip : stem.toUpperCase();
    }
  }
  const [, reel] = ALE.exec(name) ?? [];
  if (reel === undefined) return null;
  const own = folder.slice(folder.lastIndexOf('/') + 1);
  const isReels = own !== '' && reel.toLowerCase().startsWith(own.toLowerCase());
  return isReels || clips().has(keyOf(folder, ARRI)) ? own || reel : null;
}

/** Stands for any clip of ARRI in a folder; no file is named so. */
const ARRI = '/';

/** Returns the keys of all files: a part of a RED clip has that of the clip, without the part's number. */
function clipsAmong(files: readonly { readonly relativePath: string }[]): Set<string> {
  const clips = new Set<string>();
  for (const { relativePath } of files) {
    const slash = relativePath.lastIndexOf('/');
    const folder = relativePath.slice(0, Math.max(0, slash));
    const name = relativePath.slice(slash + 1);
    clips.add(keyOf(folder, name.toLowerCase().replace(/_\d{3}(?=\.r3d$)/, '')));
    if (ARRI_CLIP.test(name)) clips.add(keyOf(folder, ARRI));
  }
  return clips;
}

function keyOf(folder: string, name: string): string {
  return `${folder}/${name}`;
}
