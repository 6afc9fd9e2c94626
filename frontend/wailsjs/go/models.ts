export namespace bind {
	
	export interface Problem {
	    code: string;
	    message: string;
	    hint: string;
	    retryable: boolean;
	    retryAfterMs: number;
	}
	export interface AccessFailure {
	    organizationId: string;
	    problem: Problem;
	}
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
	    keyCreatedAt: number;
	    keyExpiresAt: number;
	    keyInSessionOnly: boolean;
	    cannotAdd: string;
	    lastSyncAt: number;
	}
	export interface ActivityLine {
	    id: number;
	    organizationId: string;
	    organizationName: string;
	    at: number;
	    kind: string;
	    source: string;
	    actor: string;
	    before: string;
	    after: string;
	    logoBefore: string;
	    logoAfter: string;
	    result: string;
	}
	export interface ActivityPage {
	    accountId: string;
	    organizationId: string;
	    lines: ActivityLine[];
	    nextBeforeId: number;
	}
	export interface ActivityQuery {
	    beforeId: number;
	    limit: number;
	    kinds: string[];
	    source: string;
	    text: string;
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
	export interface Administrator {
	    id: string;
	    email: string;
	    firstName: string;
	    lastName: string;
	    roleName: string;
	    local: boolean;
	    self: boolean;
	    multiFactor: boolean;
	    suspended: boolean;
	    apiKeyAllowed: boolean;
	    apiKeySet: boolean;
	    registered: string;
	    keyPrefix: string;
	    keyCreatedAt: number;
	    keyExpiresAt: number;
	    organizations?: number;
	    warnings: string[];
	    protected: string;
	}
	export interface AdministratorOutcome {
	    accountId: string;
	    organizationId: string;
	    state: string;
	    administrator: Administrator;
	    organizations: number;
	    message: string;
	    hint: string;
	    failed: AccessFailure[];
	}
	export interface Reading {
	    state: string;
	    at: number;
	    deniedAt: number;
	}
	export interface ProviderAdministrator {
	    administrator: Administrator;
	    all: boolean;
	    indexes: number[];
	    access: Reading;
	}
	export interface AdministratorsPage {
	    accountId: string;
	    administrators: ProviderAdministrator[];
	    reading: Reading;
	    organizationIds: string[];
	    roles: string[];
	    cannotManage: string;
	    failed: number;
	    problem?: Problem;
	}
	export interface Column {
	    id: string;
	    visible: boolean;
	}
	export interface DeletionPreview {
	    accountId: string;
	    administrator: Administrator;
	    organizationIds: string[];
	    refused: string;
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
	    others: boolean;
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
	export interface ImportStatus {
	    accountId: string;
	    revision: number;
	    state: string;
	    total: number;
	    done: number;
	    added: number;
	    skipped: number;
	    failed: number;
	    uncertain: number;
	    current: string;
	    pausedUntil: number;
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
	
	
	export interface Invoice {
	    id: string;
	    currency: string;
	    dueAt: number;
	    billed: string;
	    paid: string;
	    owed: string;
	    status: string;
	    overdue: boolean;
	}
	export interface InvoiceTotal {
	    currency: string;
	    invoices: number;
	    billed: string;
	    paid: string;
	    owed: string;
	    unreadable: number;
	}
	export interface InvoicesPage {
	    accountId: string;
	    reading: Reading;
	    invoices: Invoice[];
	    totals: InvoiceTotal[];
	    noAccess: string;
	    grantors: string[];
	}
	export interface KeyRight {
	    name: string;
	    state: string;
	    message: string;
	    hint: string;
	}
	export interface KeyHealth {
	    accountId: string;
	    keyState: string;
	    keyPrefix: string;
	    keyCreatedAt: number;
	    keyExpiresAt: number;
	    email: string;
	    roleName: string;
	    region: string;
	    regionName: string;
	    checkedAt: number;
	    rights: KeyRight[];
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
	export interface LogoBatchRow {
	    fileName: string;
	    organizationId: string;
	    organizationName: string;
	    result: string;
	    message: string;
	    hint: string;
	    warnings: string[];
	}
	export interface LogoBatch {
	    accountId: string;
	    revision: number;
	    state: string;
	    total: number;
	    done: number;
	    set: number;
	    current: string;
	    rows: LogoBatchRow[];
	    problem?: Problem;
	}
	
	export interface LogoMatch {
	    fileName: string;
	    bytes: number;
	    match: string;
	    organizationId: string;
	    organizationName: string;
	    kind: string;
	    width: number;
	    height: number;
	    problem?: Problem;
	}
	export interface LogoPair {
	    fileName: string;
	    organizationId: string;
	}
	export interface LogoPlan {
	    id: string;
	    accountId: string;
	    folder: string;
	    rows: LogoMatch[];
	    skipped: number;
	}
	export interface LogoRecipe {
	    shape: string;
	    background: string;
	    crop: boolean;
	    tolerance: number;
	    padding: number;
	}
	export interface LogoRule {
	    code: string;
	    met: boolean;
	    text: string;
	}
	export interface LogoStep {
	    code: string;
	    text: string;
	}
	export interface NewAdministrator {
	    email: string;
	    firstName: string;
	    lastName: string;
	    roleName: string;
	    multiFactor: boolean;
	    apiKeyAllowed: boolean;
	    access: string;
	    organizationIds: string[];
	}
	export interface OrganizationAdministrators {
	    accountId: string;
	    organizationId: string;
	    access: Administrator[];
	    accessReading: Reading;
	    local: Administrator[];
	    localReading: Reading;
	    others: Administrator[];
	    cannotManage: string;
	}
	export interface OrganizationDetails {
	    accountId: string;
	    row: OrganizationRow;
	    created: number;
	    maxSystemUsers?: number;
	    capKnown: boolean;
	    contactName: string;
	    contactEmail: string;
	    detailsDenied: boolean;
	}
	export interface OrganizationList {
	    accountId: string;
	    revision: number;
	    rows: OrganizationRow[];
	}
	
	export interface UsageMark {
	    month: string;
	    users: number;
	    since: number;
	    at: number;
	}
	export interface Product {
	    name: string;
	    code: string;
	    committedUsers: number;
	    maxUsers: number;
	    pricePerUser: number;
	}
	export interface UsageRow {
	    organizationId: string;
	    organizationName: string;
	    users: Figure;
	    maxSystemUsers?: number;
	    highWaterMark?: number;
	    markSince: number;
	    markAt: number;
	    billingModel: string;
	    products: Product[];
	    estimate?: number;
	    detailsAt: number;
	    detailsDenied: boolean;
	}
	export interface OrganizationUsage {
	    accountId: string;
	    month: string;
	    row: UsageRow;
	    marks: UsageMark[];
	}
	
	
	
	
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
	    steps: LogoStep[];
	    rules: LogoRule[];
	    warnings: string[];
	}
	export interface Region {
	    code: string;
	    name: string;
	    consoleHost: string;
	}
	export interface SavedFile {
	    accountId: string;
	    path: string;
	    rows: number;
	}
	export interface SessionState {
	    revision: number;
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
	    region: string;
	    launchTemplate: string;
	    defaultLaunchTemplate: string;
	    launchHintDismissed: boolean;
	    singleKeyShortcuts: boolean;
	}
	export interface SyncFailure {
	    organizationId: string;
	    name: string;
	    problem: Problem;
	}
	export interface SyncStatus {
	    accountId: string;
	    revision: number;
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
	    administrators?: Problem;
	    online: boolean;
	    lastCompleteAt: number;
	}
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
	
	export interface UsageTotals {
	    organizations: number;
	    users: number;
	    usersUnknown: number;
	    highWaterMark: number;
	    marksUnknown: number;
	    overCap: number;
	    nearCap: number;
	    estimate?: number;
	    estimatesUnknown: number;
	}
	export interface UsagePage {
	    accountId: string;
	    month: string;
	    rows: UsageRow[];
	    totals: UsageTotals;
	}
	

}

