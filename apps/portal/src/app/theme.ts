/** Paper by day, ink by night, or as the device has it. */
export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const REMEMBERED = 'daicho.theme';
const night = window.matchMedia('(prefers-color-scheme: dark)');

export function theme(): Theme {
  const remembered = localStorage.getItem(REMEMBERED);
  return THEMES.find(one => one === remembered) ?? 'system';
}

function paint(): void {
  const chosen = theme();
  document.documentElement.dataset['theme'] =
    chosen === 'system' ? (night.matches ? 'dark' : 'light') : chosen;
}

export function chooseTheme(next: Theme): void {
  localStorage.setItem(REMEMBERED, next);
  paint();
}

/** Paints the page before anything is drawn, and again when the device changes. */
export function startTheme(): void {
  paint();
  night.addEventListener('change', paint);
}
