/** Every keyboard shortcut of the app. Handlers name the entry that they serve, and the help lists the same entries. */

export interface Shortcut {
  readonly group: ShortcutGroup;
  /**
   * Any of these works: `a`, `Shift+t`, `Ctrl+k` (`⌘K` on a Mac), `Delete`, or two keys in turn: `g d`. A key is
   * the character that it prints, so it follows the keyboard's layout.
   */
  readonly keys: readonly string[];
  readonly does: string;
  /** Whether it works in a text field too. */
  readonly whileTyping?: boolean;
}

export const shortcutGroups = {
  everywhere: 'Everywhere',
  go: 'Go to',
  list: 'Lists and grid',
  selection: 'On the selection, or the focused row or picture',
  views: 'Views',
} as const;
export type ShortcutGroup = keyof typeof shortcutGroups;

export const shortcuts = {
  palette: { group: 'everywhere', keys: ['Ctrl+k'], does: 'Search or jump', whileTyping: true },
  filter: { group: 'everywhere', keys: ['/'], does: 'Filter this page' },
  help: { group: 'everywhere', keys: ['?'], does: 'Keys of this page' },
  undo: { group: 'everywhere', keys: ['Ctrl+z'], does: 'Undo' },
  redo: { group: 'everywhere', keys: ['Ctrl+Shift+z', 'Ctrl+y'], does: 'Redo' },
  sidebar: { group: 'everywhere', keys: ['[', 'Ctrl+b'], does: 'Show or hide the names in the sidebar' },
  inspector: { group: 'everywhere', keys: [']', 'Ctrl+i'], does: 'Show or hide the asset panel' },
  back: { group: 'everywhere', keys: ['Escape'], does: 'One step back: panel, selection, filter' },

  goDashboard: { group: 'go', keys: ['g d'], does: 'Dashboard' },
  goProjects: { group: 'go', keys: ['g p'], does: 'Projects' },
  goSubjects: { group: 'go', keys: ['g s'], does: 'Subjects' },
  goAtman: { group: 'go', keys: ['g a'], does: 'ATMAN packages' },
  goVfx: { group: 'go', keys: ['g v'], does: 'VFX packages' },
  goSearch: { group: 'go', keys: ['g f'], does: 'Search' },
  goSync: { group: 'go', keys: ['g y'], does: 'Sync' },
  goSettings: { group: 'go', keys: ['g ,'], does: 'Settings' },

  move: { group: 'list', keys: ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'], does: 'Move' },
  moveFar: { group: 'list', keys: ['Home', 'End', 'PageUp', 'PageDown'], does: 'First, last, page up, page down' },
  select: { group: 'list', keys: ['Space'], does: 'Select or deselect' },
  selectRange: {
    group: 'list',
    keys: [
      'Shift+Click',
      ...['Shift+ArrowUp', 'Shift+ArrowDown', 'Shift+ArrowLeft', 'Shift+ArrowRight'],
      ...['Shift+Home', 'Shift+End', 'Shift+PageUp', 'Shift+PageDown'],
    ],
    does: 'Select a range',
  },
  selectMore: { group: 'list', keys: ['Ctrl+Click'], does: 'Add to the selection' },
  selectAll: { group: 'list', keys: ['Ctrl+a'], does: 'Select all that match' },
  open: { group: 'list', keys: ['Enter'], does: 'Open; in the grid: the asset panel' },
  findName: { group: 'list', keys: [';'], does: 'Go to a name' },
  selectSection: { group: 'list', keys: ['x'], does: 'Select or deselect the section' },
  toggleSection: { group: 'list', keys: ['o'], does: 'Open or close the section' },
  toggleSections: { group: 'list', keys: ['Shift+o'], does: 'Open or close all sections' },
  create: { group: 'list', keys: ['n'], does: 'New' },

  approve: { group: 'selection', keys: ['a'], does: 'Approve' },
  reject: { group: 'selection', keys: ['r'], does: 'Reject' },
  flag: { group: 'selection', keys: ['f'], does: 'Flag' },
  unreview: { group: 'selection', keys: ['u'], does: 'Back to unreviewed' },
  tag: { group: 'selection', keys: ['t'], does: 'Add a tag' },
  untag: { group: 'selection', keys: ['Shift+t'], does: 'Remove a tag' },
  tagByKey: {
    group: 'selection',
    keys: ['1', '2', '3', '4', '5', '6', '7', '8', '9'],
    does: 'Add the tag of that key, or remove it',
  },
  tagKeys: { group: 'selection', keys: ['0'], does: 'Choose the tags of the keys 1 to 9' },
  pickUp: { group: 'selection', keys: ['p'], does: 'Pick up' },
  handBack: { group: 'selection', keys: ['Shift+p'], does: 'Hand back' },
  moveTo: { group: 'selection', keys: ['m'], does: 'Move' },
  edit: { group: 'selection', keys: ['e'], does: 'Edit' },
  export: { group: 'selection', keys: ['Shift+e'], does: 'Export' },
  copyPath: { group: 'selection', keys: ['Ctrl+c'], does: 'Copy the path' },
  copyCommand: { group: 'selection', keys: ['Ctrl+Shift+c'], does: 'Copy the rv command' },
  delete: { group: 'selection', keys: ['Delete'], does: 'Delete (restorable for 30 days)' },

  smaller: { group: 'views', keys: ['-'], does: 'Smaller pictures' },
  larger: { group: 'views', keys: ['='], does: 'Larger pictures' },
  poses: { group: 'views', keys: ['y'], does: 'Poses' },
  zoom: { group: 'views', keys: ['z'], does: 'Picture in the panel: fit or 100%' },
  periodToday: { group: 'views', keys: ['1'], does: 'Change since midnight' },
  periodWeek: { group: 'views', keys: ['2'], does: 'Change over 7 days' },
  periodMonth: { group: 'views', keys: ['3'], does: 'Change over 30 days' },
} as const satisfies Readonly<Record<string, Shortcut>>;

export type ShortcutName = keyof typeof shortcuts;
