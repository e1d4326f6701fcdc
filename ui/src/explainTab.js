// The explain tab: the expression as a tree, and what the chosen part of it means.
import { api } from './api.js';
import { outline, treeOf } from './ast.js';
import { h } from './dom.js';
import { ExplainTree } from './explainTree.js';
import { wordsFor } from './explainWords.js';
import { planTree } from './planTree.js';
import { nothingAsked } from './tableView.js';
import { formatTime } from './time.js';
import { timeField } from './timeField.js';
import { localTime } from './settings.js';

export class ExplainTab {
  element = h('div', { class: 'view' });
  #state;
  #time;
  #body = h('div', { class: 'result-body' });
  #point;
  #open;
  #evaluating = null;

  /// `point(range)` marks a part in the editor, `open(expression)` shows it in a panel of its own.
  constructor(state, { run, point, open }) {
    this.#state = state;
    this.#point = point;
    this.#open = open;
    this.#time = timeField({
      label: 'Evaluation time',
      get: () => state.endMs,
      set: (ms) => {
        state.endMs = ms;
        run();
      },
      stepMs: () => state.rangeMs / 2,
    });
    this.element.append(h('div', { class: 'controls' }, this.#time.element), this.#body);
    this.invite();
  }

  async query(expression, signal) {
    const answer = await api('parse_query', { query: expression, positions: 'true' }, signal);
    return { answer, expression };
  }

  show({ answer, expression }) {
    this.clear();
    const timeMs = this.#state.endMs ?? Date.now();
    const details = h('section', { class: 'details', 'aria-label': 'Explanation', 'aria-live': 'polite' });
    const plan = h('div', {});
    const tree = new ExplainTree(treeOf(answer.data, expression), {
      select: (node) => details.replaceChildren(...this.#details(node)),
      point: this.#point,
      executed: (analysis) => plan.replaceChildren(planTree(analysis, expression, this.#point)),
    });
    this.#body.append(h('div', { class: 'explain' },
      h('div', { class: 'tree-side' }, tree.element,
        h('p', { class: 'hint' }, `Each part evaluated at ${formatTime(timeMs, localTime())}${localTime() ? '' : ' UTC'}. Point at a part to see its place in the expression.`)),
      details), plan);
    this.#evaluating = new AbortController();
    tree.evaluate(timeMs, this.#evaluating.signal);
  }

  #details(node) {
    return [
      h('pre', { class: 'code' }, node.text),
      ...wordsFor(node),
      node.children.length > 0 && h('p', {}, h('button', { type: 'button', onclick: () => this.#open(node.text) }, 'Open in a new panel')),
    ].filter(Boolean);
  }

  /// What the panel's line of figures says.
  summary({ answer, expression }) {
    const count = (node) => node.children.reduce((sum, child) => sum + count(child), 1);
    const root = treeOf(answer.data, expression);
    return root.children.length ? `${count(root)} parts` : outline(root);
  }

  clear() {
    this.#evaluating?.abort();
    this.#evaluating = null;
    this.#point(null);
    this.#body.replaceChildren();
  }

  invite() {
    this.clear();
    this.#body.append(nothingAsked());
  }

  destroy() {
    this.clear();
    this.#time.destroy();
  }
}
