// One panel of the expression browser: editor, tabs, messages and the result.
import { api } from './api.js';
import { exploreMetrics, showHistory } from './dialogs.js';
import { h, iconButton } from './dom.js';
import { Editor } from './editor.js';
import { ExplainTab } from './explainTab.js';
import { GraphView } from './graphView.js';
import { Messages } from './messages.js';
import { rememberQuery } from './settings.js';
import { TableTab } from './tableTab.js';
import { humanSpan } from './time.js';

const TABS = {
  table: { title: 'Table', View: TableTab },
  graph: { title: 'Graph', View: GraphView },
  explain: { title: 'Explain', View: ExplainTab },
};

const SLOW_MS = 700;

let panelCount = 0;

export class Panel {
  state;
  element;
  #id = `panel-${++panelCount}`;
  #editor;
  #view = null;
  #messages;
  #stats = h('p', { class: 'stats', role: 'status' });
  #body = h('div', { role: 'tabpanel', id: `${this.#id}-view` });
  #execute = h('button', { type: 'button', class: 'primary', title: 'Enter, or Ctrl + Enter', onclick: () => (this.#cancelling ? this.#cancel() : this.run()) }, 'Execute');
  #cancelling = false;
  #slow = 0;
  #tabs = {};
  #running = null;
  #owner;

  /// `owner` is told `changed()`, `executed()`, `duplicate(panel)`, `open(expression, panel)`
  /// and `remove(panel)`.
  constructor(state, owner) {
    this.state = state;
    this.#owner = owner;
    const editorBox = h('div', { class: 'editor' });
    this.#editor = new Editor(editorBox, state.expr, {
      onExecute: () => this.run(),
      onChange: (text) => (this.state.expr = text),
    });
    this.#messages = new Messages(this.#editor);
    this.element = h('section', { class: 'panel card', 'aria-label': 'Query panel' },
      h('div', { class: 'ask' }, editorBox, this.#actions(), this.#execute),
      h('div', { class: 'tab-row' }, this.#tabList(), this.#stats),
      this.#messages.element, this.#body);
    this.#showTab();
  }

  #actions() {
    return h('div', { class: 'actions' },
      iconButton('explore', 'Explore metrics', () => exploreMetrics((name) => this.#editor.insert(name))),
      iconButton('history', 'Query history', () => showHistory((expression) => {
        this.#editor.text = expression;
        this.run();
      })),
      iconButton('format', 'Format expression', () => this.#format()),
      iconButton('copy', 'Duplicate panel', () => this.#owner.duplicate(this)),
      iconButton('remove', 'Remove panel', () => this.#owner.remove(this)));
  }

  #tabList() {
    const list = h('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Result' });
    for (const [name, { title }] of Object.entries(TABS)) {
      this.#tabs[name] = h('button', {
        type: 'button', role: 'tab', id: `${this.#id}-${name}`, 'aria-controls': `${this.#id}-view`, onclick: () => this.#selectTab(name),
      }, title);
      list.append(this.#tabs[name]);
    }
    list.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
      const names = Object.keys(TABS);
      const move = event.key === 'ArrowLeft' ? names.length - 1 : 1;
      const other = names[(names.indexOf(this.state.tab) + move) % names.length];
      this.#selectTab(other);
      this.#tabs[other].focus();
    });
    return list;
  }

  #selectTab(name) {
    if (name === this.state.tab) return;
    this.state.tab = name;
    this.#showTab();
    this.#owner.changed();
    this.run({ remember: false });
  }

  #showTab() {
    this.#view?.destroy();
    for (const [name, button] of Object.entries(this.#tabs)) {
      const selected = name === this.state.tab;
      button.setAttribute('aria-selected', String(selected));
      button.tabIndex = selected ? 0 : -1;
    }
    this.#view = new TABS[this.state.tab].View(this.state, {
      run: () => this.run({ remember: false }),
      changed: () => this.#owner.changed(),
      point: (range) => this.#editor.point(range),
      open: (expression) => this.#owner.open(expression, this),
    });
    this.#body.setAttribute('aria-labelledby', `${this.#id}-${this.state.tab}`);
    this.#body.replaceChildren(this.#view.element);
  }

  /// Executes the expression; an empty one clears the result.
  async run({ remember = true } = {}) {
    this.#running?.abort();
    this.#running = null;
    this.#owner.executed(remember);
    const expression = this.state.expr;
    if (!expression.trim()) {
      this.#busy(false);
      this.#messages.tell([]);
      this.#stats.textContent = '';
      this.#view.invite();
      return;
    }
    const running = new AbortController();
    this.#running = running;
    this.#busy(true);
    const view = this.#view;
    const started = performance.now();
    try {
      const found = await view.query(expression, running.signal);
      if (this.#running !== running) return;
      this.#showFound(found, performance.now() - started);
      rememberQuery(expression.trim());
    } catch (error) {
      if (this.#running !== running) return;
      this.#view.clear();
      this.#stats.textContent = '';
      this.#messages.tell([{ kind: 'error', text: error.type ? `${error.type}: ${error.message}` : `The result cannot be shown: ${error.message}` }]);
      if (!error.type) console.error(error);
    }
    this.#busy(false);
  }

  #showFound(found, tookMs) {
    const { warnings = [], infos = [] } = found.answer;
    this.#messages.tell([...warnings.map((text) => ({ kind: 'warning', text })), ...infos.map((text) => ({ kind: 'info', text }))]);
    this.#view.show(found);
    this.#stats.textContent = [this.#view.summary(found), humanSpan(tookMs)].join(' · ');
  }

  /// While a query takes its time, the button ends it.
  #cancel() {
    this.#running?.abort();
    this.#running = null;
    this.#busy(false);
    this.#view.clear();
    this.#stats.textContent = '';
    this.#messages.tell([{ kind: 'info', text: 'Cancelled.' }]);
  }

  #offerCancel(on) {
    this.#cancelling = on;
    this.#execute.textContent = on ? 'Cancel' : 'Execute';
  }

  #busy(on) {
    clearTimeout(this.#slow);
    this.#offerCancel(false);
    if (on) this.#slow = setTimeout(() => this.#offerCancel(true), SLOW_MS);
    this.element.classList.toggle('busy', on);
    this.#body.setAttribute('aria-busy', String(on));
  }

  async #format() {
    try {
      const { data } = await api('format_query', { query: this.#editor.text });
      this.#editor.text = data;
      this.#messages.tell([]);
    } catch (error) {
      this.#messages.tell([{ kind: 'error', text: `${error.type ?? 'error'}: ${error.message}` }]);
    }
    this.#editor.focus();
  }

  focus() {
    this.#editor.focus();
  }

  destroy() {
    clearTimeout(this.#slow);
    this.#running?.abort();
    this.#running = null;
    this.#view.destroy();
    this.#editor.destroy();
    this.element.remove();
  }
}
