import type { bind } from '../../../wailsjs/go/models';

/** What crosses from Go about administrators, billing and history, under the names used in the page. */
export type Administrator = bind.Administrator;
export type Reading = bind.Reading;
export type OrganizationAdministrators = bind.OrganizationAdministrators;
export type ProviderAdministrator = bind.ProviderAdministrator;
export type AdministratorsList = bind.AdministratorsPage;
export type NewAdministrator = bind.NewAdministrator;
export type AdministratorOutcome = bind.AdministratorOutcome;
export type DeletionPreview = bind.DeletionPreview;
export type UsageRow = bind.UsageRow;
export type UsageTotals = bind.UsageTotals;
export type OrganizationUsage = bind.OrganizationUsage;
export type UsageList = bind.UsagePage;
export type Invoice = bind.Invoice;
export type InvoiceList = bind.InvoicesPage;
export type SavedFile = bind.SavedFile;
export type ActivityQuery = bind.ActivityQuery;
export type ActivityLine = bind.ActivityLine;
export type ActivityList = bind.ActivityPage;

/** The areas of the bridge about who may enter what, what it costs, and what happened. */
export interface RosterBridge {
  administrators: {
    /** The cache; `refresh` and `refreshProvider` ask JumpCloud first. */
    read(accountId: string, orgId: string): Promise<OrganizationAdministrators>;
    refresh(accountId: string, orgId: string): Promise<OrganizationAdministrators>;
    readProvider(accountId: string): Promise<AdministratorsList>;
    refreshProvider(accountId: string): Promise<AdministratorsList>;
    previewDeletion(accountId: string, administratorId: string): Promise<DeletionPreview>;
    takeAccess(accountId: string, orgId: string, administratorId: string): Promise<AdministratorOutcome>;
    giveAccess(accountId: string, orgId: string, administratorId: string): Promise<AdministratorOutcome>;
    /** typedEmail must be the administrator's own. */
    remove(accountId: string, administratorId: string, typedEmail: string): Promise<AdministratorOutcome>;
    create(accountId: string, wanted: NewAdministrator): Promise<AdministratorOutcome>;
  };
  billing: {
    organizationUsage(accountId: string, orgId: string): Promise<OrganizationUsage>;
    usage(accountId: string): Promise<UsageList>;
    /** The cache; `refreshInvoices` asks JumpCloud first. */
    invoices(accountId: string): Promise<InvoiceList>;
    refreshInvoices(accountId: string): Promise<InvoiceList>;
    /** Each asks the person where to; the path is empty where they chose no place. */
    saveInvoice(accountId: string, invoiceId: string): Promise<SavedFile>;
    exportUsage(accountId: string): Promise<SavedFile>;
    exportInvoices(accountId: string): Promise<SavedFile>;
    openSaved(accountId: string, path: string): Promise<void>;
  };
  history: {
    /** orgId is empty for the whole account. */
    activities(accountId: string, orgId: string, query: ActivityQuery): Promise<ActivityList>;
    export(accountId: string, orgId: string, query: ActivityQuery): Promise<SavedFile>;
  };
}
