// The list of series below a graph: names, values at the cursor, and which are shown.
import { h } from './dom.js';
import { seriesName } from './seriesName.js';

const FIRST_ROWS = 100;

/// `toggle(i, alone)` is asked to show or hide a series, or to show it alone; `focus(i)` to make it
/// stand out (null: none).
export class Legend {
  element = h('div', { class: 'legend' });
  #rows = [];
  #format;

  constructor(series, { swatch, format, toggle, focus }) {
    this.#format = format;
    const list = h('ul', {});
    const append = (from, to) => {
      for (let i = from; i < to; i++) {
        const row = this.#row(series[i], i, toggle, focus);
        row.swatch.style.background = swatch(i);
        this.#rows.push(row);
        list.append(h('li', {}, row.button));
      }
    };
    append(0, Math.min(series.length, FIRST_ROWS));
    this.element.append(list);
    if (series.length > FIRST_ROWS) {
      const more = h('button', {
        type: 'button',
        onclick: () => {
          append(FIRST_ROWS, series.length);
          more.remove();
        },
      }, `Show all ${series.length} series`);
      this.element.append(more);
    }
    if (series.length > 1) {
      this.element.append(h('p', { class: 'hint' }, 'Click a series to see it alone; Ctrl, ⌘ or Shift + click hides or shows it.'));
    }
  }

  #row(metric, i, toggle, focus) {
    const swatch = h('span', { class: 'swatch' });
    const value = h('span', { class: 'legend-value' });
    const button = h('button', {
      type: 'button',
      'aria-pressed': 'true',
      onclick: (event) => toggle(i, !(event.ctrlKey || event.metaKey || event.shiftKey)),
      onmouseenter: () => focus(i),
      onmouseleave: () => focus(null),
      onfocus: () => focus(i),
      onblur: () => focus(null),
    }, swatch, value, seriesName(metric));
    return { button, swatch, value };
  }

  /// Shows the value of each series: a number or null.
  setValues(valueOf) {
    this.#rows.forEach((row, i) => {
      const value = valueOf(i);
      row.value.textContent = value === null || value === undefined ? '' : this.#format(value);
    });
  }

  setShown(isShown) {
    this.#rows.forEach((row, i) => row.button.setAttribute('aria-pressed', String(isShown(i))));
  }

  setFocus(index) {
    this.#rows.forEach((row, i) => row.button.classList.toggle('near', i === index));
  }
}
