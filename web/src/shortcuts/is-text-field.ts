/** Boxes and radio buttons take only the space bar and arrows, so that other keys are the page's. */
const TYPED_INTO = 'input:not([type=checkbox], [type=radio]), textarea, select';

/** Returns true for an element that keys type into. */
export function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches(TYPED_INTO));
}
