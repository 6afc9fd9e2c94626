export type ShortcutId =
  | 'search'
  | 'switch'
  | 'add'
  | 'rename'
  | 'sync'
  | 'launch'
  | 'copy-id'
  | 'paste-logo'
  | 'open'
  | 'close'
  | 'menu'
  | 'move'
  | 'ends'
  | 'pages'
  | 'settings'
  | 'shortcuts';

/** One key with its modifiers. `mod` is Ctrl, and Command on a Mac. */
export interface Chord {
  key: string;
  mod?: boolean;
  shift?: boolean;
  /** A printable key alone: it can be switched off, for people who dictate. */
  single?: boolean;
}

export interface Shortcut {
  id: ShortcutId;
  group: 'Anywhere' | 'In the list';
  does: string;
  chords: Chord[];
  /** Handled by the widget that has the focus; listed here for the dialog. */
  local?: boolean;
}

/** The one table of shortcuts: the handler acts by it and the dialog shows it. */
export const shortcuts: readonly Shortcut[] = [
  {
    id: 'search',
    group: 'Anywhere',
    does: 'Search organizations',
    chords: [{ key: 'f', mod: true }],
  },
  {
    id: 'switch',
    group: 'Anywhere',
    does: 'Jump to an organization, or launch it',
    chords: [{ key: 'k', mod: true }],
  },
  { id: 'add', group: 'Anywhere', does: 'Add an organization', chords: [{ key: 'n', mod: true }] },
  { id: 'rename', group: 'Anywhere', does: 'Rename the organization', chords: [{ key: 'F2' }] },
  {
    id: 'sync',
    group: 'Anywhere',
    does: 'Sync with JumpCloud',
    chords: [{ key: 'F5' }, { key: 'r', mod: true }],
  },
  {
    id: 'launch',
    group: 'Anywhere',
    does: 'Launch the organization in the browser',
    chords: [{ key: 'Enter', mod: true }],
  },
  {
    id: 'copy-id',
    group: 'Anywhere',
    does: 'Copy the organization’s ID',
    chords: [{ key: 'c', mod: true, shift: true }],
  },
  {
    id: 'paste-logo',
    group: 'Anywhere',
    does: 'Set the logo from the picture on the clipboard',
    chords: [{ key: 'v', mod: true }],
    local: true,
  },
  { id: 'settings', group: 'Anywhere', does: 'Settings', chords: [{ key: ',', mod: true }] },
  {
    id: 'shortcuts',
    group: 'Anywhere',
    does: 'This list of shortcuts',
    chords: [{ key: 'F1' }, { key: '?', single: true }],
  },
  {
    id: 'close',
    group: 'Anywhere',
    does: 'Close the panel, dialog or menu',
    chords: [{ key: 'Escape' }],
    local: true,
  },
  {
    id: 'move',
    group: 'In the list',
    does: 'Move by one organization',
    chords: [{ key: 'ArrowUp' }, { key: 'ArrowDown' }],
    local: true,
  },
  {
    id: 'pages',
    group: 'In the list',
    does: 'Move by a page',
    chords: [{ key: 'PageUp' }, { key: 'PageDown' }],
    local: true,
  },
  {
    id: 'ends',
    group: 'In the list',
    does: 'First or last organization',
    chords: [{ key: 'Home' }, { key: 'End' }],
    local: true,
  },
  { id: 'open', group: 'In the list', does: 'Open the panel', chords: [{ key: 'Enter' }], local: true },
  {
    id: 'menu',
    group: 'In the list',
    does: 'Menu of the organization',
    chords: [{ key: 'F10', shift: true }, { key: 'ContextMenu' }],
    local: true,
  },
];

/** What matching needs of a KeyboardEvent. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export interface KeyContext {
  mac: boolean;
  /** Whether the focus is where text is typed: single keys are text there. */
  typing: boolean;
  /** Whether single keys are switched on. */
  singleKeys: boolean;
}

/** The shortcut of a key press that is not handled by a widget; null for none. */
export function matchShortcut(press: KeyPress, context: KeyContext): ShortcutId | null {
  for (const shortcut of shortcuts) {
    if (!shortcut.local && shortcut.chords.some((chord) => matches(chord, press, context)))
      return shortcut.id;
  }
  return null;
}

function matches(chord: Chord, press: KeyPress, context: KeyContext): boolean {
  if (press.altKey) return false;
  if (chord.single) {
    // Which keys make "?" differs from layout to layout; Shift says nothing here.
    return (
      context.singleKeys && !context.typing && !press.ctrlKey && !press.metaKey && press.key === chord.key
    );
  }
  const mod = context.mac ? press.metaKey : press.ctrlKey;
  const other = context.mac ? press.ctrlKey : press.metaKey;
  if (other || mod !== (chord.mod ?? false) || press.shiftKey !== (chord.shift ?? false)) return false;
  return press.key.toLowerCase() === chord.key.toLowerCase();
}

const names: Record<string, string> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  Escape: 'Esc',
  ContextMenu: 'Menu',
};

/** A chord as it is written on the keys: ["Ctrl", "K"]. */
export function chordKeys(chord: Chord, mac: boolean): string[] {
  const keys = [];
  if (chord.mod) keys.push(mac ? '⌘' : 'Ctrl');
  if (chord.shift) keys.push(mac ? '⇧' : 'Shift');
  keys.push(names[chord.key] ?? (chord.key.length === 1 ? chord.key.toUpperCase() : chord.key));
  return keys;
}

/** The first chord of a shortcut in a line: "Ctrl+F". */
export function chordText(id: ShortcutId, mac: boolean): string {
  const chord = shortcuts.find((shortcut) => shortcut.id === id)?.chords[0];
  return chord ? chordKeys(chord, mac).join(mac ? '' : '+') : '';
}

/** Whether this is a Mac, by what the browser says of itself. */
export function isMac(platform: string): boolean {
  return /mac|darwin/i.test(platform);
}
