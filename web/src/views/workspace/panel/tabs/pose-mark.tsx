/** A face's pose as a mark on the plane of yaw and pitch; the numbers stand beside it. */
import styles from '../asset-panel.module.css';

const [YAW, PITCH] = [90, 55];

export function PoseMark(props: { readonly yaw: number; readonly pitch: number }) {
  const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value));
  return (
    <svg
      class={styles['poseMark']}
      aria-hidden="true"
      width="96"
      height="60"
      viewBox={`${-YAW} ${-PITCH} ${2 * YAW} ${2 * PITCH}`}
    >
      <ellipse rx={YAW - 2} ry={PITCH - 2} />
      <path d={`M ${-YAW} 0 H ${YAW} M 0 ${-PITCH} V ${PITCH}`} />
      <circle cx={clamp(props.yaw, YAW - 6)} cy={-clamp(props.pitch, PITCH - 6)} r="6" />
    </svg>
  );
}
