/** What a drop can be meant for, nearest first: a row of the list, or whatever names its organization. */
const TARGETS = '[data-logo-of], [role="row"][data-id]';

/** The organization that is shown at a point of the window, in CSS pixels; empty where none is. */
export function organizationAt(page: Document, x: number, y: number): string {
  return organizationOf(targetOf(page.elementFromPoint(x, y)));
}

export interface DropWatch {
  /**
   * Whether what was dragged over the page last were files, as far as the page
   * knows. WebKit on Linux keeps files that only passed by, and tells of them
   * when something else is dropped.
   */
  ofFiles(): boolean;
  end(): void;
}

/**
 * Shows what files would be dropped on while they are dragged over the page,
 * and hands dropped ones over, unless they are told by other means.
 */
export function watchDrops(
  page: Document,
  toldOtherwise: () => boolean,
  ondrop: (orgId: string, files: File[]) => void,
): DropWatch {
  let files = true;
  let shown: HTMLElement | null = null;
  const show = (element: HTMLElement | null) => {
    if (shown === element) return;
    if (shown) delete shown.dataset.dropping;
    shown = element;
    if (shown) shown.dataset.dropping = '';
  };
  const over = (event: DragEvent) => {
    files = holdsFiles(event.dataTransfer);
    if (!files) return;
    show(targetOf(event.target));
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
  };
  const leave = (event: DragEvent) => {
    if (event.relatedTarget === null) show(null);
  };
  const drop = (event: DragEvent) => {
    show(null);
    const dropped = [...(event.dataTransfer?.files ?? [])];
    if (dropped.length > 0 && !toldOtherwise()) ondrop(organizationOf(targetOf(event.target)), dropped);
  };
  page.addEventListener('dragenter', over);
  page.addEventListener('dragover', over);
  page.addEventListener('dragleave', leave);
  page.addEventListener('drop', drop);
  return {
    ofFiles: () => files,
    end: () => {
      show(null);
      page.removeEventListener('dragenter', over);
      page.removeEventListener('dragover', over);
      page.removeEventListener('dragleave', leave);
      page.removeEventListener('drop', drop);
    },
  };
}

/** WebKitGTK calls dragged files a list of addresses. */
function holdsFiles(data: DataTransfer | null): boolean {
  return data !== null && (data.types.includes('Files') || data.types.includes('text/uri-list'));
}

function targetOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(TARGETS) : null;
}

function organizationOf(target: HTMLElement | null): string {
  return target?.dataset.logoOf ?? target?.dataset.id ?? '';
}
