import * as logos from '../../../wailsjs/go/bind/Logos';
import type { LogosBridge, TakenLogo } from './types_logos';

/** The bridge's area about logos. */
export const wailsLogos: LogosBridge = {
  logos: {
    dropsAreTold,
    take,
    takeDropped: logos.TakeDropped,
    prepare: logos.PrepareLogo,
    set: logos.SetLogo,
    remove: logos.RemoveLogo,
    save: logos.SavePreparedLogo,
    plan: logos.PlanLogos,
    stopPlan: logos.StopLogoPlan,
    look: logos.LookAtLogo,
    prepareLook: logos.PrepareLook,
    forget: logos.ForgetLogo,
    startBatch: logos.StartLogoBatch,
    cancelBatch: logos.CancelLogoBatch,
    batch: logos.LogoBatch,
    saveBatch: logos.SaveLogoBatch,
  },
};

/** In a window of its own the program sees drops before the page does; in a browser only the page sees them. */
function dropsAreTold(): boolean {
  const { wails } = window as { wails?: { flags?: { enableWailsDragAndDrop?: boolean } } };
  return wails?.flags?.enableWailsDragAndDrop === true;
}

/** Rejected as bound methods are: with an Error whose message is a Problem as JSON. */
async function take(accountId: string, orgId: string, file: File): Promise<TakenLogo> {
  const answer = await fetch(`/take/${encodeURIComponent(accountId)}/${encodeURIComponent(orgId)}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/octet-stream',
      'X-Orgdeck': 'take',
      'X-File-Name': encodeURIComponent(file.name),
    },
    body: await file.arrayBuffer(),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()) as TakenLogo;
}
