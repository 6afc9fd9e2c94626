import * as administrators from '../../../wailsjs/go/bind/Administrators';
import * as billing from '../../../wailsjs/go/bind/Billing';
import * as history from '../../../wailsjs/go/bind/History';
import type { RosterBridge } from './types_roster';

/** The bridge's areas about administrators, billing and history. */
export const wailsRoster: RosterBridge = {
  administrators: {
    read: administrators.ReadAdministrators,
    refresh: administrators.RefreshAdministrators,
    readProvider: administrators.AdministratorsPage,
    refreshProvider: administrators.RefreshAdministratorsPage,
    previewDeletion: administrators.PreviewDeletion,
    takeAccess: administrators.TakeAccess,
    giveAccess: administrators.GiveAccess,
    remove: administrators.DeleteAdministrator,
    create: administrators.CreateAdministrator,
  },
  billing: {
    organizationUsage: billing.OrganizationUsage,
    usage: billing.UsagePage,
    invoices: billing.Invoices,
    refreshInvoices: billing.RefreshInvoices,
    saveInvoice: billing.SaveInvoice,
    exportUsage: billing.ExportUsage,
    exportInvoices: billing.ExportInvoices,
    openSaved: billing.OpenSaved,
  },
  history: { activities: history.Activities, export: history.ExportActivities },
};
