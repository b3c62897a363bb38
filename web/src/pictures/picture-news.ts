/** What the tabs of a browser tell each other about pictures; the state itself is in the database. */

export type KeepingState =
  /** Everything wanted is here, but for what the server does not have. */
  | { readonly at: 'resting' }
  | { readonly at: 'fetching' }
  /** The server does not answer; it goes on when it does. */
  | { readonly at: 'waiting' }
  /** No room on this device; it goes on when a person says so, or drops something. */
  | { readonly at: 'full' }
  | { readonly at: 'failed'; readonly problem: string };

export type PictureNews =
  /** A person changed what is wanted, or wants another attempt. */
  | { readonly type: 'wanted' }
  /** Something arrived or went. */
  | { readonly type: 'stored' }
  | { readonly type: 'state'; readonly state: KeepingState }
  /** A new tab wants to hear the state. */
  | { readonly type: 'ask' };

export interface PictureNewsChannel extends Disposable {
  tell(news: PictureNews): void;
}

/** News of all others: other tabs, and other channels of this one. */
export function pictureNews(listener: (news: PictureNews) => void): PictureNewsChannel {
  const channel = new BroadcastChannel('ihub-pictures');
  channel.onmessage = ({ data }: MessageEvent<PictureNews>) => listener(data);
  return { tell: (news) => channel.postMessage(news), [Symbol.dispose]: () => channel.close() };
}
