/** The rows of the palette for a typed text. */
import { type Found, type Named, NameIndex } from '../../queries/search/find-names.ts';
import type { Thing, ThingKind } from '../../queries/search/library-names.ts';
import type { ShortcutName } from '../../shortcuts/shortcut-table.ts';
import type { IconName } from '../../ui/icon.tsx';
import { kindNames, thingAddress, thingIcon } from '../search/thing-address.ts';

/** One row. It leads to an address, or does what a shortcut does. */
export interface PaletteItem {
  /** Unique in the palette. */
  readonly key: string;
  readonly icon: IconName;
  readonly label: string;
  /** Says what it is. */
  readonly note: string;
  /** The keys that do the same, as they are printed; null: none. */
  readonly keys: string | null;
  readonly does: { readonly address: string } | { readonly shortcut: ShortcutName };
}

export interface PaletteGroup {
  readonly label: string;
  readonly items: readonly PaletteItem[];
}

/** A page or an action. */
export interface Choice extends Named {
  readonly item: PaletteItem;
}

export interface PaletteSources {
  /** The things that the actions on the selection act on; null: there are none; undefined: the page does not say. */
  readonly target: string | null | undefined;
  readonly selectionActions: readonly Choice[];
  readonly otherActions: readonly Choice[];
  readonly pages: readonly Choice[];
  readonly recent: readonly Thing[];
  readonly index: (kind: ThingKind) => NameIndex<Thing>;
  readonly newness: (thing: Thing) => number;
}

/** Rows at most, so that no one has to scroll. */
const MOST = 9;
/** Between what was opened and what has only changed: a page beats an equal thing that was never opened here. */
const PAGE_NEWNESS = 9e14;
/** Names from here on differ by a typing error. */
const NEAR = 4;
const jumpKinds: readonly ThingKind[] = ['projects', 'subjects', 'packages', 'filters', 'tags', 'folders'];

/** The first character narrows the rows: `>` to actions, `#` to tags, `@` to people. */
export function paletteGroups(typed: string, sources: PaletteSources): PaletteGroup[] {
  const text = typed.slice(1);
  if (typed.startsWith('>')) return actionsAlone(text, sources);
  if (typed.startsWith('#')) return thingsAlone('tags', text, sources);
  if (typed.startsWith('@')) return thingsAlone('subjects', text, sources);
  return typed.trim() === '' ? atFirst(sources) : matching(typed, sources);
}

/** Returns the text to search for on the search page: without the character that narrows the palette. */
export function searchedText(typed: string): string {
  return typed.replace(/^[>#@]/, '').trim();
}

function atFirst(sources: PaletteSources): PaletteGroup[] {
  return limited([
    { ...selectionGroup(sources, sources.selectionActions), quota: 3 },
    { label: 'Recent', items: sources.recent.map(thingItem), quota: 4 },
    { label: 'Go to', items: sources.pages.map(({ item }) => item), quota: 2, fills: true },
  ]);
}

function matching(typed: string, sources: PaletteSources): PaletteGroup[] {
  const direct = (choices: readonly Choice[]) => find(choices, typed).filter(({ rank }) => rank < NEAR);
  const places = [
    ...find(sources.pages, typed).map(({ thing, rank }) => ({ item: thing.item, rank, newness: PAGE_NEWNESS })),
    ...jumpKinds.flatMap((kind) =>
      sources
        .index(kind)
        .find(typed, sources.newness)
        .slice(0, MOST)
        .map(({ thing, rank }) => ({
          item: thingItem(thing),
          rank,
          newness: kind === 'folders' ? 0 : sources.newness(thing),
        })),
    ),
  ].toSorted((a, b) => a.rank - b.rank || b.newness - a.newness);
  const search: PaletteItem = {
    key: 'search',
    icon: 'search',
    label: `Search everything for “${typed.trim()}”`,
    note: '',
    keys: null,
    does: { address: `/search?${new URLSearchParams({ q: typed.trim() })}` },
  };
  const groups = limited(
    [
      {
        ...selectionGroup(
          sources,
          direct(sources.selectionActions).map(({ thing }) => thing),
        ),
        quota: 3,
      },
      { label: 'Go to', items: places.map(({ item }) => item), quota: 3, fills: true },
      { label: 'Do', items: direct(sources.otherActions).map(({ thing }) => thing.item), quota: 2 },
    ],
    MOST - 1,
  );
  return [...groups, { label: 'Search', items: [search] }];
}

function actionsAlone(text: string, sources: PaletteSources): PaletteGroup[] {
  const found = (choices: readonly Choice[]) =>
    text.trim() === '' ? choices : find(choices, text).map(({ thing }) => thing);
  return limited([
    { ...selectionGroup(sources, found(sources.selectionActions)), quota: 6 },
    { label: 'Do', items: found(sources.otherActions).map(({ item }) => item), quota: 3 },
  ]);
}

function thingsAlone(kind: 'tags' | 'subjects', text: string, { index, newness }: PaletteSources): PaletteGroup[] {
  const things =
    text.trim() === ''
      ? index(kind).things.toSorted((a, b) => newness(b) - newness(a))
      : index(kind)
          .find(text, newness)
          .map(({ thing }) => thing);
  return limited([
    { label: kind === 'tags' ? 'Tags' : 'People', items: things.slice(0, MOST).map(thingItem), quota: MOST },
  ]);
}

function selectionGroup({ target }: PaletteSources, actions: readonly Choice[]): PaletteGroup {
  const items = target === null ? [] : actions.map(({ item }) => item);
  return { label: target ? `For ${target}` : 'On this page', items };
}

function find(choices: readonly Choice[], text: string): Found<Choice>[] {
  return new NameIndex(choices).find(text, () => 0);
}

function thingItem(thing: Thing): PaletteItem {
  const { kind, name, place, assetCount } = thing;
  const note = [
    kindNames[kind].one,
    place.join(' / '),
    assetCount === null ? '' : `${assetCount.toLocaleString('en')} assets`,
  ];
  return {
    key: `${kind} ${thing.id}`,
    icon: thingIcon(thing),
    label: name,
    note: note.filter((part) => part !== '').join(' · '),
    keys: null,
    does: { address: thingAddress(thing) },
  };
}

interface Quota extends PaletteGroup {
  /** Rows that it may take. */
  readonly quota: number;
  /** Whether it takes the rows that others leave before they do. */
  readonly fills?: boolean;
}

/** Gives each group its quota of rows, and then the rows that are left. */
function limited(groups: readonly Quota[], most = MOST): PaletteGroup[] {
  const taken = new Map(groups.map((group) => [group, Math.min(group.items.length, group.quota)]));
  let left = most - [...taken.values()].reduce((sum, count) => sum + count, 0);
  for (const group of groups.toSorted((a, b) => Number(b.fills ?? false) - Number(a.fills ?? false))) {
    const more = Math.min(left, group.items.length - (taken.get(group) ?? 0));
    taken.set(group, (taken.get(group) ?? 0) + more);
    left -= more;
  }
  return groups
    .map((group) => ({ label: group.label, items: group.items.slice(0, taken.get(group)) }))
    .filter(({ items }) => items.length > 0);
}
