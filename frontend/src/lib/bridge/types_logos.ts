import type { EditOutcome, Problem } from './types';
import type { SavedFile } from './types_roster';

/** How a picture is made into a logo. */
export interface LogoRecipe {
  /** "1200x400", "800x400" or "keep". */
  shape: string;
  /** "transparent" or "white". */
  background: string;
  crop: boolean;
  /** Of the crop: 0 to 64 of 255. */
  tolerance: number;
  /** 0 to 25 percent of the height. */
  padding: number;
}

/** A picture that came in for one organization. */
export interface TakenLogo {
  id: string;
  accountId: string;
  organizationId: string;
  fileName: string;
  path: string;
  kind: string;
  bytes: number;
  width: number;
  height: number;
  notes: string[];
  suggested: LogoRecipe;
}

/** A taken picture after its recipe. */
export interface ReadyLogo {
  id: string;
  accountId: string;
  organizationId: string;
  path: string;
  mediaType: string;
  bytes: number;
  width: number;
  height: number;
  untouched: boolean;
  enlarged: number;
  steps: { code: string; text: string }[];
  rules: { code: string; met: boolean; text: string }[];
  warnings: string[];
}

/** A file of a folder with the organization its name says. */
export interface LogoMatch {
  fileName: string;
  bytes: number;
  /** "id", "name", "alike", "many" or "none". */
  match: string;
  organizationId: string;
  organizationName: string;
  /** Empty, with no pixels, where only sending it will tell. */
  kind: string;
  width: number;
  height: number;
  problem?: Problem | null;
}

/** A folder of pictures; its id is empty where the person chose none. */
export interface LogoPlan {
  id: string;
  accountId: string;
  folder: string;
  rows: LogoMatch[];
  skipped: number;
}

/** The payload of the event "logo-plan": how far the looking at a folder has come. */
export interface LogoPlanProgress {
  accountId: string;
  revision: number;
  looked: number;
  total: number;
}

/** A file of a plan for an organization. */
export interface LogoPair {
  fileName: string;
  organizationId: string;
}

/** What became of one file of a batch. */
export interface LogoBatchRow extends LogoPair {
  organizationName: string;
  result: string;
  message: string;
  hint: string;
  /** What to look at in the logo that was made. */
  warnings: string[];
}

/** The newest batch of an account. */
export interface LogoBatch {
  accountId: string;
  /** Grows with every event. */
  revision: number;
  state: string;
  total: number;
  done: number;
  set: number;
  current: string;
  rows: LogoBatchRow[];
  problem?: Problem | null;
}

/** The payload of the event "drop": files were dropped on the window. */
export interface DroppedFiles {
  id: string;
  x: number;
  y: number;
  names: string[];
  folder: boolean;
}

/** The area of the bridge that makes and sets logos. */
export interface LogosBridge {
  logos: {
    /** Whether files dropped on the window come as the event "drop", and are not to be read from the page's own. */
    dropsAreTold(): boolean;
    /** Hands a picture over for one organization; a POST, because a picture may have 64 MiB. */
    take(accountId: string, orgId: string, file: File): Promise<TakenLogo>;
    /** Takes the one file of a drop for an organization. */
    takeDropped(accountId: string, orgId: string, dropId: string): Promise<TakenLogo>;
    prepare(accountId: string, orgId: string, takenId: string, recipe: LogoRecipe): Promise<ReadyLogo>;
    /** expected is the path of the logo that the person saw (a row's `logo`), empty for none. */
    set(
      accountId: string,
      orgId: string,
      readyId: string,
      expected: string,
      overwrite: boolean,
    ): Promise<EditOutcome>;
    remove(accountId: string, orgId: string, expected: string, overwrite: boolean): Promise<EditOutcome>;
    /** Saves the prepared file where the person chooses, for setting it in the console. */
    save(accountId: string, orgId: string, readyId: string): Promise<SavedFile>;
    /** Matches a folder of files to organizations: the folder of a drop, or, without one, the one the person chooses. */
    plan(accountId: string, dropId: string): Promise<LogoPlan>;
    /** Ends the plan that is being made, which is then rejected. */
    stopPlan(accountId: string): Promise<void>;
    /** Takes a file of a plan in, to be looked at alone. */
    look(accountId: string, planId: string, fileName: string): Promise<TakenLogo>;
    prepareLook(accountId: string, takenId: string, recipe: LogoRecipe): Promise<ReadyLogo>;
    /** Lets go of a picture that was taken: a large one takes hundreds of megabytes. */
    forget(accountId: string, takenId: string): Promise<void>;
    /** Without a recipe each is made as it is suggested for its picture. */
    startBatch(
      accountId: string,
      planId: string,
      pairs: LogoPair[],
      recipe: LogoRecipe | null,
    ): Promise<void>;
    cancelBatch(accountId: string): Promise<void>;
    batch(accountId: string): Promise<LogoBatch>;
    /** Saves what became of each file as CSV; the path is empty where the person chose no place. */
    saveBatch(accountId: string): Promise<SavedFile>;
  };
}
