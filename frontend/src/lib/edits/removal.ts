import type { Account, Figure, Row } from '$lib/bridge/types';
import type { InvoiceList } from '$lib/bridge/types_roster';
import { count, plural } from '$lib/format/number';
import { displayName } from '$lib/format/organization';

/** The address of JumpCloud Support, which alone can remove an organization. */
export const SUPPORT = 'support@jumpcloud.com';

/** Where a case for JumpCloud Support is opened. It takes no draft by its address. */
export const SUPPORT_PAGE = 'https://support.jumpcloud.com/';

/** What is to become of the organization once it left the portal. */
export type Reason = 'keep-active' | 'delete';

export interface Request {
  subject: string;
  body: string;
}

/** Drafts the mail that asks JumpCloud Support to remove an organization. */
export function draftRequest(
  row: Pick<Row, 'id' | 'name' | 'users' | 'devices'>,
  account: Pick<Account, 'label' | 'email' | 'region'>,
  reason: Reason,
): Request {
  // A line break in a name would end the subject, and begin another line of the text.
  const name = displayName(row.name).replace(/\s+/g, ' ').trim();
  const wish =
    reason === 'delete'
      ? 'Please delete this organization. It is no longer needed.'
      : 'Please remove this organization from our Multi-Tenant Portal, but keep the organization itself active.';
  return {
    subject: `Remove an organization from the Multi-Tenant Portal: ${name}`,
    body: [
      'Hello JumpCloud Support,',
      '',
      wish,
      '',
      `Organization name: ${name}`,
      `Organization ID: ${row.id}`,
      `Provider: ${account.label} (region ${account.region.toUpperCase()})`,
      `Requested by: ${account.email}`,
      `Users: ${figure(row.users)}`,
      `Devices: ${figure(row.devices)}`,
      '',
      'Please tell me if you need anything else.',
    ].join('\r\n'),
  };
}

/** The draft as a link that a mail program opens. */
export function mailLink({ subject, body }: Request): string {
  return `mailto:${SUPPORT}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}

/** How far a figure is in the way: Support deletes an organization once users and devices are gone. */
export function emptiness(figure: Figure): 'empty' | 'left' | 'unknown' {
  if (figure.value === undefined || figure.value === null) return 'unknown';
  return figure.value === 0 ? 'empty' : 'left';
}

function figure({ value }: Figure): string {
  return value === undefined || value === null ? 'not known' : count(value);
}

/** A line of the check before a request is sent. */
export interface Finding {
  state: 'empty' | 'left' | 'unknown';
  words: string;
}

/** Whether invoices of the provider are open: until they are paid, finance may hold a request. */
export function invoiceFinding(list: InvoiceList | null): Finding {
  if (!list || list.reading.state === 'never') {
    return { state: 'unknown', words: 'Open invoices are not known yet: see Usage & Billing.' };
  }
  if (list.reading.state === 'no_access') {
    return { state: 'unknown', words: `Open invoices are not known. ${list.noAccess}` };
  }
  const open = list.invoices.filter((invoice) => Number(invoice.owed) > 0);
  if (open.length === 0)
    return { state: 'empty', words: 'No open invoice of the provider: nothing in the way.' };
  const overdue = open.filter((invoice) => invoice.overdue).length;
  return {
    state: 'left',
    words: `${plural(open.length, 'open invoice')} of the provider (${count(overdue)} overdue): JumpCloud may wait for the payment.`,
  };
}
