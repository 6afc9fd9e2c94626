import type { bind } from '../../../wailsjs/go/models';
import type { DroppedFiles, LogoBatch, LogoPlanProgress, LogosBridge } from './types_logos';
import type { RosterBridge, SavedFile } from './types_roster';

/** The structs that cross from Go, under the names used in the page. */
export type SessionInfo = bind.SessionState;
export type Account = bind.Account;
export type Region = bind.Region;
export type KeyHealth = bind.KeyHealth;
export type KeyRight = bind.KeyRight;
export type Row = bind.OrganizationRow;
export type Figure = bind.Figure;
export type RowList = bind.OrganizationList;
export type Details = bind.OrganizationDetails;
export type LaunchResult = bind.LaunchResult;
export type LaunchPreview = bind.LaunchPreview;
export type SyncStatus = bind.SyncStatus;
export type SyncFailure = bind.SyncFailure;
export type Settings = bind.Settings;
export type ColumnChoice = bind.Column;
export type Problem = bind.Problem;
export type EditOutcome = bind.EditOutcome;
export type AddOutcome = bind.AddOutcome;
export type ImportRow = bind.ImportRow;
export type ImportPreview = bind.ImportPreview;
export type ImportStatus = bind.ImportStatus;
export type ImportResult = bind.ImportResult;

/** The payload of the event "rows"; the generator leaves out what no method returns. */
export interface RowsChanged {
  accountId: string;
  revision: number;
  rows: Row[];
}

/**
 * Every event of the program, by name. They may arrive in another order than they were sent in:
 * each has a greater revision than those before it, and what has a lesser one is older.
 */
export interface BridgeEvents {
  session: SessionInfo;
  sync: SyncStatus;
  rows: RowsChanged;
  import: ImportStatus;
  /** Without its rows. */
  logos: LogoBatch;
  'logo-plan': LogoPlanProgress;
  drop: DroppedFiles;
}

export type Unsubscribe = () => void;

/**
 * What the page may ask of the program. Every promise may be rejected with an
 * error for `problemFrom`. Times are Unix seconds, 0 for never.
 */
export interface Bridge extends RosterBridge, LogosBridge {
  session: {
    state(): Promise<SessionInfo>;
    /** Gives the id of the account that is current from then on. */
    signIn(region: string, apiKey: string): Promise<string>;
    exploreDemo(): Promise<string>;
    select(accountId: string): Promise<void>;
    signOut(accountId: string, erase: boolean): Promise<void>;
    /** The label is kept here and not told to JumpCloud. */
    rename(accountId: string, label: string): Promise<void>;
    /** Refuses the key of another provider. */
    replaceKey(accountId: string, apiKey: string): Promise<void>;
    /** Asks JumpCloud what the key may do; nothing is changed there. */
    keyHealth(accountId: string): Promise<KeyHealth>;
  };
  organizations: {
    list(accountId: string): Promise<RowList>;
    details(accountId: string, orgId: string): Promise<Details>;
    launch(accountId: string, orgId: string): Promise<LaunchResult>;
    copyId(accountId: string, orgId: string): Promise<void>;
  };
  sync: {
    start(accountId: string): Promise<void>;
    cancel(accountId: string): Promise<void>;
    status(accountId: string): Promise<SyncStatus>;
    setVisible(accountId: string, orgIds: string[]): Promise<void>;
  };
  edits: {
    /** Values are texts; where JumpCloud holds something else than expected, the outcome is a conflict. */
    edit(
      accountId: string,
      orgId: string,
      field: string,
      expected: string,
      value: string,
      overwrite: boolean,
    ): Promise<EditOutcome>;
    undo(accountId: string, activityId: number): Promise<EditOutcome>;
    /** userCap is a number as text, empty for none. */
    add(accountId: string, name: string, userCap: string): Promise<AddOutcome>;
    previewImport(accountId: string, text: string): Promise<ImportPreview>;
    startImport(accountId: string, text: string): Promise<void>;
    cancelImport(accountId: string): Promise<void>;
    importStatus(accountId: string): Promise<ImportStatus>;
    importResult(accountId: string): Promise<ImportResult>;
    /** Asks the person where to; the path is empty where they chose no place. */
    saveImportResult(accountId: string): Promise<SavedFile>;
  };
  shell: {
    firstRows(rows: number): Promise<void>;
    openLink(url: string): Promise<void>;
    settings(): Promise<Settings>;
    saveSettings(settings: Settings): Promise<Settings>;
    previewLaunch(accountId: string, template: string): Promise<LaunchPreview>;
    /** Puts text on the clipboard; false where that failed. */
    copyText(text: string): Promise<boolean>;
  };
  /** Listens to one event; the result ends it. */
  on<K extends keyof BridgeEvents>(event: K, listener: (payload: BridgeEvents[K]) => void): Unsubscribe;
}
