/** Puts text on the clipboard. */

/**
 * @param text may still be in the making: the browser then takes the permission from the click, not from its end.
 * @throws Error with a sentence for people when the browser refuses, or the reason why the text could not be made.
 */
export async function copyText(text: string | Promise<string>): Promise<void> {
  // Browsers offer a clipboard only to secure pages.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard === undefined) throw new Error('this browser gives the page no clipboard; open it by https');
  if (typeof text === 'string') return clipboard.writeText(text).catch(refuse);
  let failure: unknown = null;
  const blob = text.then((made) => new Blob([made], { type: 'text/plain' }));
  blob.catch((error: unknown) => {
    failure = error;
  });
  try {
    await clipboard.write([new ClipboardItem({ 'text/plain': blob })]);
  } catch (error) {
    refuse(failure ?? error);
  }
}

function refuse(error: unknown): never {
  if (error instanceof DOMException && error.name === 'NotAllowedError')
    throw new Error('the browser did not let the page use the clipboard', { cause: error });
  throw error;
}
