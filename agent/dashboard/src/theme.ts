/** Light or dark: as the system is set, or as chosen here. */
export type Theme = 'auto' | 'light' | 'dark';

const KEY = 'cloudy.theme';

export function theme(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'auto';
}

export function applyTheme(wanted: Theme = theme()) {
  localStorage.setItem(KEY, wanted);
  if (wanted === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = wanted;
}
