/** The projects, subjects and packages that were opened last on this device. */
import { z } from 'zod';
import { createPreference } from '../../preferences/create-preference.ts';
import type { NameIndex } from '../../queries/search/find-names.ts';
import type { Thing } from '../../queries/search/library-names.ts';

const recentThing = z.object({ kind: z.enum(['projects', 'subjects', 'packages']), id: z.uuid() });
type RecentThing = z.infer<typeof recentThing>;

const KEPT = 30;
/** Above any time in milliseconds: what was opened comes before what was changed. */
const OPENED = 1e15;

const [recent, setRecent] = createPreference<RecentThing[]>('recent-things', z.array(recentThing), []);

/** Notes that a page was opened. Other pages than those of things are left out. @param path '/packages/…' */
export function noteOpened(path: string): void {
  const opened = thingAt(path);
  if (opened) setRecent([opened, ...recent().filter(({ id }) => id !== opened.id)].slice(0, KEPT));
}

/** Returns a number that is greater for things that were opened or changed later. */
export function newness({ id, changedAt }: Pick<Thing, 'id' | 'changedAt'>): number {
  const place = recent().findIndex((one) => one.id === id);
  return place === -1 ? changedAt : OPENED - place;
}

/** The things that were opened, the last first. */
export function recentThings(index: (kind: RecentThing['kind']) => NameIndex<Thing>): Thing[] {
  return recent().flatMap(({ kind, id }) => index(kind).things.find((thing) => thing.id === id) ?? []);
}

/** Returns the thing whose page has a path. */
export function thingAt(path: string): RecentThing | null {
  const [, kind, id] = /^\/(projects|subjects|packages)\/([^/]+)/.exec(path) ?? [];
  return recentThing.safeParse({ kind, id }).data ?? null;
}
