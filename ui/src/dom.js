// Building DOM by hand. Text only ever enters as text nodes, so no value can become markup.

/// An element with attributes and children. `on…` attributes are listeners, `class` may be falsy,
/// true means an empty attribute, false, null and undefined leave it out. Children that are neither
/// nodes nor falsy become text.
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  add(element, children);
  return element;
}

function add(parent, children) {
  for (const child of children) {
    if (Array.isArray(child)) add(parent, child);
    else if (child instanceof Node) parent.append(child);
    else if (child !== null && child !== undefined && child !== false) parent.append(String(child));
  }
}

const SVG = 'http://www.w3.org/2000/svg';

// Drawn on a 16 by 16 grid, stroked with the text's colour.
const ICONS = {
  add: 'M8 3v10M3 8h10',
  remove: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  explore: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zM10.3 10.3L14 14M5 7h4M7 5v4',
  history: 'M8 4.5V8l2.5 1.5M2.5 8a5.5 5.5 0 1 0 1.8-4.1L2.5 5.5M2.5 2.5v3h3',
  format: 'M2.5 3.5h11M5.5 6.5h8M5.5 9.5h5M2.5 12.5h11',
  narrow: 'M2.5 3.5h11l-4 5v4l-3 1.500v-5.500z',
  minus: 'M3 8h10',
  left: 'M10 3L5 8l5 5',
  right: 'M6 3l5 5-5 5',
  calendar: 'M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3',
  light: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9L13 13M13 3l-1.1 1.1M4.1 11.9L3 13',
  dark: 'M13.5 9.5A6 6 0 1 1 6.5 2.5a5 5 0 0 0 7 7z',
  system: 'M2 3h12v8H2zM5.5 14h5M8 11v3',
};

/// As `h`, for a drawing.
export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function icon(name) {
  return svg('svg', { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true' }, svg('path', { d: ICONS[name] }));
}

/// A button that shows only an icon; `label` is its name and tooltip.
export function iconButton(name, label, onclick, attributes = {}) {
  return h('button', { type: 'button', class: 'quiet', title: label, 'aria-label': label, onclick, ...attributes }, icon(name));
}

/// Calls `action` once, `ms` after the last call.
export function debounce(ms, action) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...args), ms);
  };
}
