// A field for a moment: typed, picked from the browser's calendar, or moved by a step; empty is now.
import { h, iconButton } from './dom.js';
import { formatTime, parseTime } from './time.js';
import { localTime, onSettings } from './settings.js';

/// An element; `get` and `set` reach the moment in milliseconds or null, `stepMs()` says how far the
/// arrows move it.
export function timeField({ label, get, set, stepMs }) {
  const input = h('input', { type: 'text', class: 'moment', placeholder: label, 'aria-label': label, inputmode: 'numeric', autocomplete: 'off' });
  const calendar = h('input', { type: 'datetime-local', step: '1', class: 'calendar', tabindex: '-1', 'aria-hidden': 'true' });
  const show = () => {
    input.value = get() === null ? '' : formatTime(get(), localTime());
    input.removeAttribute('aria-invalid');
    clear.hidden = get() === null;
  };
  const change = (ms) => {
    set(ms);
    show();
  };
  const move = (by) => change((get() ?? Math.floor(Date.now() / 1000) * 1000) + by * stepMs());
  const clear = iconButton('remove', 'Back to now', () => change(null));
  input.addEventListener('change', () => {
    const ms = input.value.trim() === '' ? null : parseTime(input.value, localTime());
    if (ms === null && input.value.trim() !== '') input.setAttribute('aria-invalid', 'true');
    else change(ms);
  });
  calendar.addEventListener('change', () => change(parseTime(calendar.value, localTime())));
  const choose = iconButton('calendar', `${label}: choose from a calendar`, () => {
    calendar.value = formatTime(get() ?? Date.now(), localTime()).replace(' ', 'T');
    calendar.showPicker();
  });
  show();
  const element = h('div', { class: 'joined' },
    iconButton('left', `${label}: earlier`, () => move(-1)), h('span', { class: 'field' }, input, calendar, clear, choose),
    iconButton('right', `${label}: later`, () => move(1)));
  const forget = onSettings(show);
  return { element, show, destroy: forget };
}
