/** Removes passwords in addresses and keys of Google's API from a log text, since errors tend to repeat them. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/([a-z][a-z0-9+.-]*:\/\/[^\s:@/"]*):[^\s@/"]+@/gi, '$1:***@')
    .replace(/AIza[\w-]{20,}/g, '***')
    .replace(/([?&]key=)[^&\s"]+/g, '$1***');
}
