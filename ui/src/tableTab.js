// The table tab: the evaluation time above, the value of an instant query below.
import { api } from './api.js';
import { h } from './dom.js';
import { countText, nothingAsked, resultTable } from './tableView.js';
import { onSettings } from './settings.js';
import { timeField } from './timeField.js';

export class TableTab {
  element = h('div', { class: 'view' });
  #state;
  #time;
  #body = h('div', { class: 'result-body' });
  #shown = null;
  #forget;

  constructor(state, { run }) {
    this.#state = state;
    this.#time = timeField({
      label: 'Evaluation time',
      get: () => state.endMs,
      set: (ms) => {
        state.endMs = ms;
        run();
      },
      stepMs: () => state.rangeMs / 2,
    });
    this.#forget = onSettings(() => this.#shown && this.show(this.#shown));
    this.element.append(h('div', { class: 'controls' }, this.#time.element), this.#body);
    this.invite();
  }

  async query(expression, signal) {
    const answer = await api('query', { query: expression, time: (this.#state.endMs ?? Date.now()) / 1000 }, signal);
    return { answer };
  }

  show(shown) {
    this.#shown = shown;
    this.#body.replaceChildren(resultTable(shown.answer.data));
  }

  /// What the panel's line of figures says.
  summary({ answer: { data } }) {
    return countText(data);
  }

  clear() {
    this.#shown = null;
    this.#body.replaceChildren();
  }

  /// Shows that nothing has been asked yet.
  invite() {
    this.clear();
    this.#body.append(nothingAsked());
  }

  destroy() {
    this.#time.destroy();
    this.#forget();
  }
}
