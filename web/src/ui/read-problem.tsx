/** In place of rows that could not be read: why, and another try. */
export function ReadProblem(props: { error: Error; onRetry: () => void }) {
  return (
    <div class="empty" role="alert">
      <p>This could not be read: {props.error.message}</p>
      <button type="button" class="button" onClick={() => props.onRetry()}>
        Try again
      </button>
    </div>
  );
}
