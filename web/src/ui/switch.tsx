/** A switch that acts at once, with its name and what it does beside it. */
import { Switch as Behaviour } from '@kobalte/core/switch';
import styles from './switch.module.css';

export function Switch(props: { name: string; about?: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Behaviour class={styles['row'] ?? ''} checked={props.on} onChange={(on) => props.onChange(on)}>
      <span class={styles['words']}>
        <Behaviour.Label class={styles['name'] ?? ''}>{props.name}</Behaviour.Label>
        <Behaviour.Description class="faint small">{props.about}</Behaviour.Description>
      </span>
      <Behaviour.Input class={styles['input'] ?? ''} />
      <Behaviour.Control class={styles['control'] ?? ''}>
        <Behaviour.Thumb class={styles['thumb'] ?? ''} />
      </Behaviour.Control>
    </Behaviour>
  );
}
