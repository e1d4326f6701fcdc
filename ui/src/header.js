// The header's tools, and a menu that behaves as menus do.
import { h, icon } from './dom.js';
import { watchStart } from './starting.js';
import { localTime, setLocalTime, setTheme, theme } from './settings.js';

const NEXT_THEME = { system: 'light', light: 'dark', dark: 'system' };

export function header({ times = false } = {}) {
  const tools = document.getElementById('tools');
  if (times) tools.append(zoneButton());
  tools.append(themeButton());
  for (const menu of document.querySelectorAll('details.menu')) closing(menu);
  watchStart();
}

function themeButton() {
  const button = h('button', { type: 'button', class: 'quiet', id: 'theme' });
  const show = () => {
    const label = `Theme: ${theme()}. Change to ${NEXT_THEME[theme()]}`;
    button.replaceChildren(icon(theme()));
    button.setAttribute('aria-label', label);
    button.title = label;
  };
  button.addEventListener('click', () => {
    setTheme(NEXT_THEME[theme()]);
    show();
  });
  show();
  return button;
}

function zoneButton() {
  const button = h('button', { type: 'button', class: 'quiet text', id: 'zone' });
  const show = () => {
    button.textContent = localTime() ? 'Local time' : 'UTC';
    button.title = localTime() ? 'Times are in your own zone. Change to UTC' : 'Times are in UTC. Change to your own zone';
  };
  button.addEventListener('click', () => {
    setLocalTime(!localTime());
    show();
  });
  show();
  return button;
}

/// Escape, a click elsewhere and leaving by keyboard close the menu.
function closing(menu) {
  menu.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && menu.open) {
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}
