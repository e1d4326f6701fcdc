// One panel of the expression browser: editor, tabs, messages and the result.
import { api } from './api.js';
import { exploreMetrics, showHistory } from './dialogs.js';
import { h, iconButton } from './dom.js';
import { Editor } from './editor.js';
import { GraphView } from './graphView.js';
import { rememberQuery } from './settings.js';
import { TableTab } from './tableTab.js';
import { formatDuration, humanSpan } from './time.js';

const TABS = { table: { title: 'Table', View: TableTab }, graph: { title: 'Graph', View: GraphView } };

let panelCount = 0;

export class Panel {
  state;
  element;
  #id = `panel-${++panelCount}`;
  #editor;
  #view = null;
  #messages = h('div', { class: 'messages', role: 'status' });
  #stats = h('p', { class: 'stats', role: 'status' });
  #body = h('div', { role: 'tabpanel', id: `${this.#id}-view` });
  #execute = h('button', { type: 'button', class: 'primary', title: 'Enter, or Ctrl + Enter', onclick: () => this.run() }, 'Execute');
  #tabs = {};
  #running = null;
  #owner;

  /// `owner` is told `changed()`, `executed()`, `duplicate(panel)` and `remove(panel)`.
  constructor(state, owner) {
    this.state = state;
    this.#owner = owner;
    const editorBox = h('div', { class: 'editor' });
    this.element = h('section', { class: 'panel card', 'aria-label': 'Query panel' },
      h('div', { class: 'ask' }, editorBox, this.#actions(), this.#execute),
      h('div', { class: 'tab-row' }, this.#tabList(), this.#stats),
      this.#messages, this.#body);
    this.#editor = new Editor(editorBox, state.expr, {
      onExecute: () => this.run(),
      onChange: (text) => (this.state.expr = text),
    });
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
      const other = this.state.tab === 'table' ? 'graph' : 'table';
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
    });
    this.#body.setAttribute('aria-labelledby', `${this.#id}-${this.state.tab}`);
    this.#body.replaceChildren(this.#view.element);
  }

  /// Executes the expression; an empty one clears the result.
  async run({ remember = true } = {}) {
    this.#running?.abort();
    this.#running = null;
    this.#owner.executed(remember);
    const expression = this.state.expr.trim();
    if (!expression) {
      this.#busy(false);
      this.#tell([]);
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
      rememberQuery(expression);
    } catch (error) {
      if (this.#running !== running) return;
      this.#view.clear();
      this.#stats.textContent = '';
      this.#tell([['error', error.type ? `${error.type}: ${error.message}` : `The result cannot be shown: ${error.message}`]]);
      if (!error.type) console.error(error);
    }
    this.#busy(false);
  }

  #showFound(found, tookMs) {
    const { data, warnings = [], infos = [] } = found.answer;
    this.#tell([...warnings.map((text) => ['warning', text]), ...infos.map((text) => ['info', text])]);
    this.#view.show(found);
    const series = Array.isArray(data.result) && data.resultType !== 'scalar' && data.resultType !== 'string' ? data.result.length : 1;
    const parts = [`${series} ${data.resultType === 'scalar' || data.resultType === 'string' ? data.resultType : 'series'}`, humanSpan(tookMs)];
    if (found.grid) parts.push(`step ${formatDuration(found.grid.stepMs)}`);
    this.#stats.textContent = parts.join(' · ');
  }

  #busy(on) {
    this.element.classList.toggle('busy', on);
    this.#body.setAttribute('aria-busy', String(on));
  }

  #tell(messages) {
    const names = { error: 'Error', warning: 'Warning', info: 'Info' };
    this.#messages.replaceChildren(...messages.map(([kind, text]) =>
      h('p', { class: `note ${kind}` }, h('strong', {}, names[kind]), ' ', text)));
  }

  async #format() {
    try {
      const { data } = await api('format_query', { query: this.#editor.text });
      this.#editor.text = data;
      this.#tell([]);
    } catch (error) {
      this.#tell([['error', `${error.type ?? 'error'}: ${error.message}`]]);
    }
    this.#editor.focus();
  }

  focus() {
    this.#editor.focus();
  }

  destroy() {
    this.#running?.abort();
    this.#running = null;
    this.#view.destroy();
    this.#editor.destroy();
    this.element.remove();
  }
}
