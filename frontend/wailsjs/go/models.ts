export namespace bind {
	
	export interface Account {
	    id: string;
	    label: string;
	    region: string;
	    regionName: string;
	    consoleHost: string;
	    demo: boolean;
	    email: string;
	    roleName: string;
	    keyState: string;
	    keyPrefix: string;
	    keyExpiresAt: number;
	    keyInSessionOnly: boolean;
	    cannotAdd: string;
	    lastSyncAt: number;
	}
	export interface Figure {
	    value?: number;
	    noAccess?: boolean;
	    at: number;
	}
	export interface OrganizationRow {
	    id: string;
	    name: string;
	    logo: string;
	    remoteAssist: string;
	    users: Figure;
	    devices: Figure;
	    applications: Figure;
	    listedAt: number;
	    detailsAt: number;
	    goneAt?: number;
	    pendingDelete?: boolean;
	}
	export interface AddOutcome {
	    accountId: string;
	    organizationId: string;
	    state: string;
	    name: string;
	    row: OrganizationRow;
	    activityId: number;
	    message: string;
	    hint: string;
	}
	export interface Column {
	    id: string;
	    visible: boolean;
	}
	export interface EditOutcome {
	    accountId: string;
	    organizationId: string;
	    field: string;
	    state: string;
	    before: string;
	    wanted: string;
	    serverValue: string;
	    serverKnown: boolean;
	    at: number;
	    activityId: number;
	    canUndo: boolean;
	    openConsole: boolean;
	    message: string;
	    hint: string;
	}
	
	export interface ImportRow {
	    line: number;
	    name: string;
	    maxSystemUsers?: number;
	    verdict: string;
	    reason: string;
	    organizationId: string;
	}
	export interface ImportPreview {
	    accountId: string;
	    rows: ImportRow[];
	    new: number;
	    existing: number;
	    duplicate: number;
	    invalid: number;
	    cannotAdd: string;
	}
	export interface Problem {
	    code: string;
	    message: string;
	    hint: string;
	    retryable: boolean;
	    retryAfterMs: number;
	}
	export interface ImportStatus {
	    accountId: string;
	    state: string;
	    total: number;
	    done: number;
	    added: number;
	    skipped: number;
	    failed: number;
	    uncertain: number;
	    current: string;
	    startedAt: number;
	    finishedAt: number;
	    problem?: Problem;
	}
	export interface ImportResult {
	    accountId: string;
	    status: ImportStatus;
	    rows: ImportRow[];
	    csv: string;
	}
	
	
	export interface Keychain {
	    available: boolean;
	    message: string;
	}
	export interface LaunchPreview {
	    url: string;
	}
	export interface LaunchResult {
	    organizationId: string;
	    organizationName: string;
	    url: string;
	    nameCopied: boolean;
	}
	export interface OrganizationDetails {
	    accountId: string;
	    row: OrganizationRow;
	    created: number;
	    maxSystemUsers?: number;
	    contactName: string;
	    contactEmail: string;
	    detailsDenied: boolean;
	}
	export interface OrganizationList {
	    accountId: string;
	    rows: OrganizationRow[];
	}
	
	
	export interface Region {
	    code: string;
	    name: string;
	    consoleHost: string;
	}
	export interface SessionState {
	    version: string;
	    platform: string;
	    regions: Region[];
	    accounts: Account[];
	    currentAccountId: string;
	    keychain: Keychain;
	    notices: Problem[];
	    simulated: boolean;
	}
	export interface Settings {
	    sortColumn: string;
	    sortDescending: boolean;
	    columns: Column[];
	    launchTemplate: string;
	    defaultLaunchTemplate: string;
	    launchHintDismissed: boolean;
	}
	export interface SyncFailure {
	    organizationId: string;
	    name: string;
	    problem: Problem;
	}
	export interface SyncStatus {
	    accountId: string;
	    state: string;
	    phase: string;
	    organizations: number;
	    done: number;
	    failed: number;
	    changed: number;
	    added: number;
	    gone: number;
	    perSecond: number;
	    startedAt: number;
	    finishedAt: number;
	    listingComplete: boolean;
	    problem?: Problem;
	    failures: SyncFailure[];
	    online: boolean;
	    lastCompleteAt: number;
	}

}

