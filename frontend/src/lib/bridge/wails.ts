import * as edits from '../../../wailsjs/go/bind/Edits';
import * as organizations from '../../../wailsjs/go/bind/Organizations';
import * as session from '../../../wailsjs/go/bind/Session';
import * as shell from '../../../wailsjs/go/bind/Shell';
import * as sync from '../../../wailsjs/go/bind/Sync';
import { ClipboardSetText, EventsOn, OnFileDrop } from '../../../wailsjs/runtime/runtime';
import type { Bridge, BridgeEvents } from './types';
import { wailsLogos } from './wails_logos';
import { wailsRoster } from './wails_roster';

/** The bridge to the Go program; the only module that knows Wails. */
export function wailsBridge(): Bridge {
  return {
    ...wailsRoster,
    ...wailsLogos,
    session: {
      state: session.State,
      signIn: session.SignIn,
      exploreDemo: session.ExploreDemo,
      select: session.SelectAccount,
      signOut: session.SignOut,
      rename: session.RenameAccount,
      replaceKey: session.ReplaceKey,
      keyHealth: session.KeyHealth,
    },
    organizations: {
      list: organizations.List,
      details: organizations.Details,
      launch: organizations.Launch,
      copyId: organizations.CopyID,
    },
    sync: { start: sync.Start, cancel: sync.Cancel, status: sync.Status, setVisible: sync.SetVisible },
    edits: {
      edit: edits.EditOrganization,
      undo: edits.UndoEdit,
      add: edits.AddOrganization,
      previewImport: edits.PreviewImport,
      startImport: edits.StartImport,
      cancelImport: edits.CancelImport,
      importStatus: edits.ImportStatus,
      importResult: edits.ImportResult,
      saveImportResult: edits.SaveImportResult,
    },
    shell: {
      firstRows: shell.FirstRows,
      openLink: shell.OpenLink,
      settings: shell.Settings,
      saveSettings: shell.SaveSettings,
      previewLaunch: shell.PreviewLaunch,
      copyText: ClipboardSetText,
    },
    on(event, listener) {
      // On Windows only a page that listens for them makes Wails tell Go where dropped files are.
      if (event === 'drop') OnFileDrop(() => {}, false);
      return EventsOn(event, (payload: BridgeEvents[typeof event]) => listener(payload));
    },
  };
}
