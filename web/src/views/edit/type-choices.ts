import { PACKAGE_KINDS, PACKAGE_TYPES } from '@ingesthub/schema/library/package-kinds.ts';

/** The types of projects and packages, as choices in a form. */
export const typeChoices = PACKAGE_TYPES.map((value) => ({ value, label: PACKAGE_KINDS[value].label }));

/** The type that a form for a new project or package starts with. */
export const [firstType] = PACKAGE_TYPES;
