/** Light or dark: as the system is set, or as chosen here. */
export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'cloudy.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

export function theme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

/** Wears what is wanted, and from now on what the system changes to, if that is wanted. */
export function applyTheme(wanted: Theme = theme()) {
  localStorage.setItem(KEY, wanted);
  wear();
  system.onchange = wear;
}

function wear() {
  const wanted = theme();
  document.documentElement.dataset.theme =
    wanted === 'auto' ? (system.matches ? 'dark' : 'light') : wanted;
}
