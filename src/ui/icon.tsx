/** Our few line icons, 24 units square. Decoration beside a word, never instead of one. */
const PATHS = {
  phone:
    'M8 2.75h8A1.25 1.25 0 0 1 17.25 4v16A1.25 1.25 0 0 1 16 21.25H8A1.25 1.25 0 0 1 6.75 20V4A1.25 1.25 0 0 1 8 2.75zM10.5 18.25h3',
  laptop: 'M5 5.75h14v9.5H5zM2.75 18.25h18.5',
  message: 'M4 4.75h16v11H11l-4.25 3.5v-3.5H4z',
  paper: 'M6.75 2.75h7l3.5 3.5v15H6.75zM13.5 3v3.5H17M9.5 11h5M9.5 14.5h5',
  key: 'M8 12.25a3.75 3.75 0 1 0 0-.5M11.75 12h9.5M17.5 12v3.25M20.5 12v2.25',
  password: 'M2.75 8.75h18.5v6.5H2.75zM7 12h.01M10.5 12h.01M14 12h.01',
  check: 'M4.75 12.75l4.5 4.5 10-10.5',
  warning: 'M12 3.75l9.25 16.5H2.75zM12 10v4.5M12 17.25v.01',
  info: 'M12 3.25a8.75 8.75 0 1 0 0 17.5 8.75 8.75 0 0 0 0-17.5zM12 11v5.5M12 7.75v.01',
  clock: 'M12 3.25a8.75 8.75 0 1 0 0 17.5 8.75 8.75 0 0 0 0-17.5zM12 7v5.25l3.5 2',
  chevron: 'M6.5 9.5l5.5 5.5 5.5-5.5',
  back: 'M14.5 6.5L9 12l5.5 5.5',
  plus: 'M12 4.75v14.5M4.75 12h14.5',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  sliders: 'M3.75 7.25h9.5M18.25 7.25h2M15.75 4.75v5M3.75 16.75h2M10.75 16.75h9.5M8.25 14.25v5',
  camera: 'M3.75 7.75h4l1.5-2.5h5.5l1.5 2.5h4v11.5H3.75zM12 9.75a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  picture: 'M3.75 4.75h16.5v14.5H3.75zM3.75 16l4.75-5 4 4.5 2.5-2.5 5.25 5M15.5 9h.01',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
