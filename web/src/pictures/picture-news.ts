/** Messages between the tabs of a browser about kept pictures; the state itself is in the database. */

export type KeepingState =
  /** Everything wanted is on this device, except what the server does not have. */
  | { readonly at: 'resting' }
  | { readonly at: 'fetching' }
  /** The server does not answer; fetching resumes when it does. */
  | { readonly at: 'waiting' }
  /** This device is full; fetching resumes when the user retries or removes something. */
  | { readonly at: 'full' }
  | { readonly at: 'failed'; readonly problem: string };

export type PictureNews =
  /** The user changed what is to be kept, or wants another attempt. */
  | { readonly type: 'wanted' }
  /** Something arrived or was removed. */
  | { readonly type: 'stored' }
  | { readonly type: 'state'; readonly state: KeepingState }
  /** A new tab requests the state. */
  | { readonly type: 'ask' };

export interface PictureNewsChannel extends Disposable {
  tell(news: PictureNews): void;
}

/** Opens a channel that receives the messages of all others: of other tabs, and of other channels in this tab. */
export function pictureNews(listener: (news: PictureNews) => void): PictureNewsChannel {
  const channel = new BroadcastChannel('ihub-pictures');
  channel.onmessage = ({ data }: MessageEvent<PictureNews>) => listener(data);
  return { tell: (news) => channel.postMessage(news), [Symbol.dispose]: () => channel.close() };
}
