/** Line icons on a 16 px square, in the colour of the surrounding text and hidden from screen readers. */

const paths = {
  approved: 'M3 8.5 6.5 12 13 4.5',
  rejected: 'm4 4 8 8m0-8-8 8',
  flagged: 'M4 14V2.5h8L9.8 6 12 9.5H4',
  unreviewed: 'M8 3.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Z',
  problem: 'M8 2 1.8 13.5h12.4L8 2Zm0 4.5V10m0 1.6v.4',
  close: 'm4 4 8 8m0-8-8 8',
  chevron: 'm5 6.5 3 3 3-3',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9Zm3.3 7.8 3.4 3.4',
  tag: 'M2.5 2.5h5.2l5.8 5.8-5.2 5.2-5.8-5.8V2.5ZM5.3 5.3v.1',
  video: 'M1.5 3.5h9v9h-9zM10.5 7l4-2.5v7l-4-2.5',
  image: 'M2 3h12v10H2zM2 11l3.5-4 3 3.2L10.5 8 14 11.5M11 5.6v.1',
  sequence: 'M1.5 5.5h9v8h-9zM4 5.5v-3h10.5v8h-4',
  audio: 'M2 6.5v3M5 4v8M8 2v12M11 5v6M14 6.5v3',
  other: 'M3.5 1.5h6l3 3v10h-9zM9.5 1.5v3h3',
  small:
    'M2.5 2.5h2v2h-2zM7 2.5h2v2H7zM11.5 2.5h2v2h-2zM2.5 7h2v2h-2zM7 7h2v2H7zM11.5 7h2v2h-2zM2.5 11.5h2v2h-2zM7 11.5h2v2H7zM11.5 11.5h2v2h-2z',
  medium: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z',
  large: 'M2.5 2.5h11v11h-11z',
  ascending: 'M8 13V3m0 0L4.5 6.5M8 3l3.5 3.5',
  undo: 'M6 3 2.5 6.5 6 10M2.5 6.5h7a4 4 0 0 1 0 8H7',
  redo: 'm10 3 3.5 3.5L10 10m3.5-3.5h-7a4 4 0 0 0 0 8H9',
  pickedUp: 'M2.5 10v3.5h11V10M8 10.5v-8m0 0L4.8 5.7M8 2.5l3.2 3.2',
  handBack: 'M2.5 10v3.5h11V10M8 2.5v8m0 0L4.8 7.3M8 10.5l3.2-3.2',
  untag: 'M2.5 2.5h5.2l5.8 5.8-5.2 5.2-5.8-5.8V2.5ZM5.5 8l4 0',
  subject: 'M8 2.5a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6ZM2.5 13.5c.6-2.6 2.8-4 5.5-4s4.9 1.4 5.5 4',
  delete: 'M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4M6.7 6.5v4.5m2.6-4.5v4.5',
  edit: 'M2.5 13.5l.8-3.2 7.4-7.4 2.4 2.4-7.4 7.4-3.2.8ZM9.2 4.4l2.4 2.4',
  settings: 'M2.5 4.5h6m3.5 0h1.5M2.5 11.5h1.5m3.5 0h6M10.2 2.8v3.4M5.7 9.8v3.4',
  add: 'M8 3v10M3 8h10',
  contrast: 'M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Zm0 0v12m1.5-10.5v9m1.5-8v7m1.5-5.5v4',
  descending: 'M8 3v10m0 0 3.5-3.5M8 13 4.5 9.5',
} as const;

export type IconName = keyof typeof paths;

export function Icon(props: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={props.size ?? 16}
      height={props.size ?? 16}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={paths[props.name]} />
    </svg>
  );
}
