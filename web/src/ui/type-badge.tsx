import type { PackageType } from '@ingesthub/schema/vocabulary.ts';
import styles from './type-badge.module.css';

export const typeNames = { vfx: 'VFX', atman: 'ATMAN' } as const satisfies Record<PackageType, string>;

export function TypeBadge(props: { type: PackageType }) {
  return <span class={styles['badge']}>{typeNames[props.type]}</span>;
}
