/** Where the person is: what the frame shows above and beside the page. */
import { createSignal } from 'solid-js';

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

export interface PagePlace {
  readonly title: string;
  /** The pages above this one and the page itself; empty where the title says it all. */
  readonly crumbs: readonly Crumb[];
  /** `pictures`: the sidebar shows icons only, unless the person wants its names there too. */
  readonly kind: PageKind;
}

export type PageKind = 'lists' | 'pictures';

export const [pagePlace, setPagePlace] = createSignal<PagePlace>({ title: 'IngestHub', crumbs: [], kind: 'lists' });
