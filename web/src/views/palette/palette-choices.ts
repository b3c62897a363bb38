/** Pages and actions that the palette offers. */
import { libraryPlaces, mainPlaces } from '../../frame/places.ts';
import { activeShortcuts } from '../../shortcuts/create-shortcuts.ts';
import { printKeys } from '../../shortcuts/print-keys.ts';
import { type Shortcut, type ShortcutName, shortcuts } from '../../shortcuts/shortcut-table.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { Choice } from './palette-items.ts';

const places: readonly { readonly label: string; readonly href: string; readonly icon: IconName }[] = [
  ...mainPlaces,
  ...libraryPlaces,
  { label: 'Sync', href: '/sync', icon: 'refresh' },
  { label: 'Recently deleted', href: '/deleted', icon: 'delete' },
  { label: 'Corrections', href: '/corrections', icon: 'edit' },
  { label: 'Settings', href: '/settings', icon: 'settings' },
];

/** All pages, with their keys. */
export const pageChoices: readonly Choice[] = places.map(({ label, href, icon }) => {
  const key = Object.values(shortcuts).find(({ group, does }) => group === 'go' && does === label)?.keys[0];
  const item = {
    key: `page ${href}`,
    icon,
    label,
    note: 'Page',
    keys: key ? printKeys(key) : null,
    does: { address: href },
  };
  return { name: label, around: [], item };
});

/** Shortcuts that make no sense without their key: the palette itself, and a step back, which closes it. */
const left: ReadonlySet<ShortcutName> = new Set(['palette', 'back']);

const icons: Partial<Record<ShortcutName, IconName>> = {
  approve: 'approved',
  reject: 'rejected',
  flag: 'flagged',
  unreview: 'unreviewed',
  tag: 'tag',
  untag: 'untag',
  pickUp: 'pickedUp',
  handBack: 'handBack',
  moveTo: 'subject',
  edit: 'edit',
  delete: 'delete',
  undo: 'undo',
  redo: 'redo',
  poses: 'pose',
  filter: 'filter',
  help: 'help',
  sidebar: 'sidebar',
};

/** The actions whose shortcuts have a handler now: those on the selection, and the others. */
export function actionChoices(isOnSelection: boolean): Choice[] {
  const active = activeShortcuts();
  return (Object.keys(shortcuts) as ShortcutName[]).flatMap((name) => {
    const { group, does, keys }: Shortcut = shortcuts[name];
    const isHere = isOnSelection ? group === 'selection' : group === 'views' || group === 'everywhere';
    if (!isHere || left.has(name) || !active.has(name)) return [];
    const item = {
      key: `action ${name}`,
      icon: icons[name] ?? 'activity',
      label: does,
      note: '',
      keys: printKeys(keys[0] ?? ''),
      does: { shortcut: name },
    };
    return { name: does, around: [], item };
  });
}
