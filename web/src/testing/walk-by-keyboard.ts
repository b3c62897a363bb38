/** Walks a page with Tab alone, as a person without a mouse does. */
import type { Page } from 'playwright-core';

export interface Walk {
  /** Elements in the order in which Tab reached them. */
  readonly reached: string[];
  /** Elements that take part in the tab order, are visible, and were never reached. */
  readonly missed: string[];
  /** Elements that look the same with and without the focus, or have it outside of the window. */
  readonly unseen: string[];
}

/** Far beyond what any page has; a walk ends when Tab comes back to an element that it has reached. */
const MOST_STEPS = 400;

/** @param within where to count elements, and where the focus is expected to stay; default: the whole page. */
export async function walkByKeyboard(page: Page, within = 'body'): Promise<Walk> {
  await page.evaluate(prepareWalk, within);
  const reached: string[] = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press('Tab');
    const name = await page.evaluate(() => (globalThis as unknown as Walker).arrive());
    if (name === null) break;
    if (name !== '') reached.push(name);
  }
  const { missed, unseen } = await page.evaluate(() => (globalThis as unknown as Walker).finish());
  return { reached, missed, unseen };
}

interface Walker {
  /** Notes the focused element. @returns its name; empty between the last and the first; null when the walk is over. */
  arrive(): string | null;
  finish(): { missed: string[]; unseen: string[] };
}

/** Runs in the page, so it names nothing outside of itself. */
function prepareWalk(within: string): void {
  const tabbable =
    'a[href], button, input, select, textarea, summary, audio[controls], video[controls], [contenteditable="true"], [tabindex]';
  const reached = new Set<Element>();
  const unseen: string[] = [];
  let last: { element: Element; look: string; name: string } | null = null;
  /** A walk begins wherever the browser thinks that the reader is, so it passes the end of the page once. */
  let passedEnd = 0;

  const isOffered = (element: Element) =>
    element instanceof HTMLElement &&
    element.tabIndex >= 0 &&
    !element.matches(':disabled') &&
    element.closest('[inert], [aria-hidden="true"]') === null &&
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getClientRects().length > 0;
  /** Tab reaches one radio button of a group. */
  const groupOf = (element: Element) =>
    element instanceof HTMLInputElement && element.type === 'radio' ? `radio ${element.name}` : null;
  const wanted = [...(document.querySelector(within)?.querySelectorAll(tabbable) ?? [])].filter(isOffered);

  const nameOf = (element: Element) => {
    const text = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
    const kind = element.getAttribute('role') ?? element.tagName.toLowerCase();
    return `${kind} “${text.replaceAll(/\s+/g, ' ').slice(0, 60)}”`;
  };
  /** The things that a focus may change: the element, the one it points to, and those around it. */
  const lookOf = (element: Element) => {
    const active = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
    const around = [element, element.parentElement, element.parentElement?.parentElement, active];
    return around
      .filter((one) => one instanceof Element)
      .flatMap((one) =>
        [null, '::before', '::after'].map((part) => {
          const style = getComputedStyle(one, part);
          const { outlineStyle, outlineColor, outlineWidth, boxShadow, borderColor, backgroundColor, opacity } = style;
          const outline = outlineStyle === 'none' ? 'none' : `${outlineColor} ${outlineWidth}`;
          return [outline, boxShadow, borderColor, backgroundColor, opacity, style.clipPath].join(' ');
        }),
      )
      .join('\n');
  };
  const isOutside = (element: Element) => {
    const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
    return width === 0 || height === 0 || bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth;
  };
  const leave = () => {
    if (last?.element.isConnected && last.element !== document.activeElement && lookOf(last.element) === last.look) {
      unseen.push(`${last.name}: looks the same without the focus`);
    }
    last = null;
  };

  (document.activeElement as HTMLElement | null)?.blur();
  const plainLooks = new Map(wanted.map((element) => [element, lookOf(element)]));
  Object.assign(globalThis, {
    arrive() {
      leave();
      const element = document.activeElement;
      if (element === null || element === document.body) {
        passedEnd += 1;
        return passedEnd > 2 ? null : '';
      }
      if (reached.has(element)) return null;
      reached.add(element);
      const name = nameOf(element);
      if (isOutside(element)) unseen.push(`${name}: outside of the window`);
      const look = lookOf(element);
      const plain = plainLooks.get(element);
      if (plain === undefined) last = { element, look, name };
      else if (plain === look) unseen.push(`${name}: looks the same without the focus`);
      return name;
    },
    finish() {
      (document.activeElement as HTMLElement | null)?.blur();
      leave();
      const groups = new Set([...reached].map(groupOf));
      const missed = wanted.filter(
        (element) =>
          element.isConnected &&
          isOffered(element) &&
          !reached.has(element) &&
          !(groupOf(element) !== null && groups.has(groupOf(element))),
      );
      return { missed: missed.map(nameOf), unseen };
    },
  } satisfies Walker);
}
