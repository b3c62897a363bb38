import { PACKAGE_KINDS, type PackageType } from '@ingesthub/schema/library/package-kinds.ts';
import styles from './type-badge.module.css';

export function TypeBadge(props: { type: PackageType }) {
  return <span class={styles['badge']}>{PACKAGE_KINDS[props.type].label}</span>;
}
