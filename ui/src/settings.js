// What a reader chose, kept in this browser.

const listeners = new Set();

/// What this browser keeps under `key`.
export function stored(key, fallback) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? fallback;
  } catch {
    return fallback;
  }
}

/// Whether times show in the browser's zone; in UTC otherwise.
export const localTime = () => stored('narthex.localTime', false);

export function setLocalTime(on) {
  localStorage.setItem('narthex.localTime', JSON.stringify(on));
  announce();
}

/// `system`, `light` or `dark`.
export const theme = () => document.documentElement.dataset.theme ?? 'system';

export function setTheme(name) {
  if (name === 'system') {
    localStorage.removeItem('narthex.theme');
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem('narthex.theme', name);
    document.documentElement.dataset.theme = name;
  }
  announce();
}

const prefersDark = matchMedia('(prefers-color-scheme: dark)');
prefersDark.addEventListener('change', announce);

/// Whether the page is dark now.
export const isDark = () => (theme() === 'system' ? prefersDark.matches : theme() === 'dark');

/// Calls `listener` after each change of a setting, and of the system's theme.
export function onSettings(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function announce() {
  for (const listener of listeners) listener();
}

const HISTORY = 'narthex.history';
const LONGEST_HISTORY = 200;

/// Expressions that ran, the latest first.
export function queryHistory() {
  const entries = stored(HISTORY, []);
  return Array.isArray(entries) ? entries.filter((entry) => typeof entry === 'string') : [];
}

export function rememberQuery(expression) {
  const others = queryHistory().filter((entry) => entry !== expression);
  localStorage.setItem(HISTORY, JSON.stringify([expression, ...others].slice(0, LONGEST_HISTORY)));
}

export const clearHistory = () => localStorage.removeItem(HISTORY);
