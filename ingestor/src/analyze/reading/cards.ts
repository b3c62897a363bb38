/** Finds the cards of cameras in a delivery: everything on a card belongs to its camera. */
import type { NameTree, TreeFolder } from '../names/name-tree.ts';

/** Folders at the top of a card, by the makers: Sony, Panasonic, AVCHD, Canon, photo cameras and phones, Blackmagic. */
const TOPS = new Set('private m4root xdroot bpav avchd contents dcim clpr'.split(' '));
/** Folders that stand beside those. */
const BESIDE = new Set('misc avf_info mp_root avchd private dcim sony general info'.split(' '));
/** Ends the names of folders that are cards of RED cameras. */
const RED_CARD = /\.rdm$/i;

/** Returns the folder of the card that each folder is on; folders that are on none are left out. */
export function cardsIn({ folders }: NameTree): Map<TreeFolder, TreeFolder> {
  const roots = new Set<TreeFolder>();
  for (const folder of folders) {
    if (TOPS.has(folder.name.toLowerCase()) && folder.parent !== null) roots.add(folder.parent);
    if (RED_CARD.test(folder.name)) roots.add(folder);
  }
  const cards = new Map<TreeFolder, TreeFolder>();
  for (const folder of folders) {
    const card = cardOf(folder, roots);
    if (card !== null) cards.set(folder, card);
  }
  return cards;
}

function cardOf(folder: TreeFolder, roots: ReadonlySet<TreeFolder>): TreeFolder | null {
  let card: TreeFolder | null = null;
  for (let at: TreeFolder = folder; at.parent !== null; at = at.parent) {
    const name = at.name.toLowerCase();
    if (RED_CARD.test(name)) card = at;
    // The outermost: AVCHD lies in PRIVATE.
    if (roots.has(at.parent) && (TOPS.has(name) || BESIDE.has(name))) card = at.parent;
  }
  return card;
}
