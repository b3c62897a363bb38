/** A text in which the words of a search are bold and tinted. */
import { For } from 'solid-js';
import { matchParts } from '../../queries/search/match-parts.ts';
import styles from './match-text.module.css';

/** @param props.lenient whether words with a typing error are marked too. */
export function MatchText(props: { text: string; typed: string; lenient?: boolean }) {
  return (
    <For each={matchParts(props.text, props.typed, props.lenient)}>
      {({ text, isMatch }) => (isMatch ? <b class={styles['match']}>{text}</b> : text)}
    </For>
  );
}
