/** Line drawings of 24 by 24; decoration only, the words beside them say it all. */
const PATHS = {
  overview: 'M4 13h6V4H4zM14 20h6V4h-6zM4 20h6v-4H4z',
  services:
    'M12 3v4M5.6 5.6l2.8 2.8M3 12h4M17 12h4M15.6 8.4l2.8-2.8M12 9a3 3 0 1 0 .01 6A3 3 0 0 0 12 9zM12 17v4',
  network:
    'M12 3a2 2 0 1 0 .01 4A2 2 0 0 0 12 3zM5 17a2 2 0 1 0 .01 4A2 2 0 0 0 5 17zM19 17a2 2 0 1 0 .01 4A2 2 0 0 0 19 17zM11 7l-5 10M13 7l5 10M7 19h10',
  containers: 'M4 8l8-4 8 4-8 4zM4 8v8l8 4 8-4V8M12 12v8',
  apps: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM16.5 13v7M13 16.5h7',
  modules: 'M10 4h4v3h3v4h3v4h-3v5h-4v-3h-3v3H6v-5H4v-4h2V7h4z',
  people:
    'M9 5a3 3 0 1 0 .01 6A3 3 0 0 0 9 5zM3 20c0-4 3-6 6-6s6 2 6 6M16 5.5a3 3 0 0 1 0 5M18 14.5c2 1 3 3 3 5.5',
  doctor:
    'M9 4H6v6a4 4 0 0 0 8 0V4h-3M10 14v2a4 4 0 0 0 8 0v-2M18 10a2 2 0 1 0 .01 4A2 2 0 0 0 18 10z',
  settings: 'M4 7h10M18 7h2M16 5v4M4 12h3M11 12h9M9 10v4M4 17h9M17 17h3M15 15v4',
  open: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 12l5 5 9-10',
  cross: 'M6 6l12 12M18 6L6 18',
  question: 'M9 9a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.4M12 17.5v.5',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  menu: 'M4 7h16M4 12h16M4 17h16',
  verified: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6zM9 12l2 2 4-4',
  back: 'M15 5l-7 7 7 7',
  disk: 'M4 14h16v6H4zM4 14l3-10h10l3 10M17 17h.5',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l2 2H4zM10 20h4',
  out: 'M14 4h6v16h-6M4 12h11M11 8l4 4-4 4',
  plus: 'M12 5v14M5 12h14',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
