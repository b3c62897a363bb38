import { packageType } from '@ingesthub/schema/vocabulary.ts';
import { typeNames } from '../../ui/type-badge.tsx';

/** Of projects and packages, for a form. */
export const typeChoices = packageType.options.map((value) => ({ value, label: typeNames[value] }));
