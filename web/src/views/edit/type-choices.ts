import { packageType } from '@ingesthub/schema/vocabulary.ts';
import { typeNames } from '../../ui/type-badge.tsx';

/** The types of projects and packages, as choices in a form. */
export const typeChoices = packageType.options.map((value) => ({ value, label: typeNames[value] }));
