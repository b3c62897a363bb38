/** Shown in place of a page, or of a part of it, whose program has failed. */
import { ErrorBoundary, type JSX } from 'solid-js';
import { describeError } from '../replica/model/describe-error.ts';
import { CopyButton } from './copy-button.tsx';
import styles from './page.module.css';

export function PageError(props: { error: unknown; onRetry: () => void }) {
  return (
    <div class={styles['error']} role="alert">
      <h1>This page has stopped</h1>
      <p class="muted">
        Your changes are safe. Open the page again; if it stops again, reload the browser and send the text below to
        your admin.
      </p>
      <Failure {...props} />
    </div>
  );
}

/** Lets a part of a page fail alone: the rest of the page lives on. @param props.name 'Recent packages' */
export function Part(props: { name: string; children: JSX.Element }) {
  return (
    <ErrorBoundary
      fallback={(error, reset) => (
        <div class={`${styles['error']} ${styles['part']}`} role="alert">
          <p>{props.name} cannot be shown. The rest of the page works.</p>
          <Failure error={error} onRetry={reset} />
        </div>
      )}
    >
      {props.children}
    </ErrorBoundary>
  );
}

function Failure(props: { error: unknown; onRetry: () => void }) {
  const text = () => (props.error instanceof Error && props.error.stack) || describeError(props.error);
  return (
    <>
      <p>
        <button type="button" class="button primary" onClick={() => props.onRetry()}>
          Open it again
        </button>{' '}
        <CopyButton text={text()} what="error text" />
      </p>
      <pre>{text()}</pre>
    </>
  );
}
