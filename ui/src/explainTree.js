// The tree of an expression: each part with how many series it gives, how fast, and their labels.
import { api } from './api.js';
import { h } from './dom.js';
import { isLiteral, outline } from './ast.js';
import { humanSpan } from './time.js';

const AT_ONCE = 3;
const MOST_LABELS = 6;

export class ExplainTree {
  element = h('ul', { class: 'tree' });
  #root;
  #select;
  #point;
  #executed;
  #rows = new Map();

  /// `select(node)` is called with the node that the reader wants to know more of, and again when
  /// its result has come; `point(range)` with what is pointed at (null: nothing); `executed(analysis)`
  /// with how the server executed the whole, if it tells.
  constructor(root, { select, point, executed }) {
    this.#executed = executed;
    this.#root = root;
    this.#select = select;
    this.#point = point;
    this.element.append(this.#item(root));
    this.#choose(root);
  }

  #item(node) {
    const facts = h('span', { class: 'facts-line' });
    const button = h('button', {
      type: 'button',
      class: 'node',
      'aria-pressed': 'false',
      onclick: () => this.#choose(node),
      onmouseenter: () => this.#point(node.range),
      onmouseleave: () => this.#point(null),
      onfocus: () => this.#point(node.range),
      onblur: () => this.#point(null),
    }, h('span', { class: 'node-text' }, outline(node)), facts);
    this.#rows.set(node, { button, facts });
    const parts = node.children.filter((child) => !isLiteral(child));
    return h('li', {}, button, parts.length > 0 && h('ul', {}, parts.map((child) => this.#item(child))));
  }

  #choose(node) {
    for (const [other, { button }] of this.#rows) button.setAttribute('aria-pressed', String(other === node));
    this.chosen = node;
    this.#select(node);
  }

  /// Asks for the value of every part at `timeMs`, the whole first, a few at once.
  async evaluate(timeMs, signal) {
    const waiting = [...this.#rows.keys()].filter((node) => !isLiteral(node));
    const worker = async () => {
      for (let node = waiting.shift(); node && !signal.aborted; node = waiting.shift()) await this.#evaluate(node, timeMs, signal);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  }

  async #evaluate(node, timeMs, signal) {
    const { facts } = this.#rows.get(node);
    const started = performance.now();
    facts.replaceChildren('…');
    try {
      const whole = node === this.#root && countable(node) === node.text;
      const { data } = await api('query', { query: countable(node), time: timeMs / 1000, ...(whole && { analyze: 'true' }) }, signal);
      node.result = data;
      if (whole && data.analysis) this.#executed(data.analysis);
      facts.replaceChildren(...factsOf(data, performance.now() - started));
    } catch (error) {
      if (error.name === 'AbortError') return;
      facts.replaceChildren(h('span', { class: 'bad' }, error.message));
    }
    if (this.chosen === node || this.chosen.children.includes(node)) this.#select(this.chosen);
  }
}

/// What to ask for a part: of ranges only the last value of each series, for the series are what is
/// wanted, and a day of thousands of them is more than a browser can take.
function countable({ ast, text }) {
  const isRange = ast.type === 'matrixSelector' || ast.type === 'subquery';
  return isRange && !ast.anchored && !ast.smoothed ? `last_over_time(${text})` : text;
}

function factsOf({ resultType, result }, tookMs) {
  const took = h('span', { class: 'took' }, humanSpan(tookMs));
  if (resultType === 'scalar' || resultType === 'string') return [h('span', { class: 'count' }, `${resultType} ${result[1]}`), took];
  const count = h('span', { class: result.length ? 'count' : 'count none' }, `${result.length} series`);
  return [count, took, ...labelCounts(result)];
}

/// How many values each label has, the most varied first.
function labelCounts(result) {
  const values = new Map();
  for (const { metric } of result) {
    for (const [name, value] of Object.entries(metric)) {
      if (!values.has(name)) values.set(name, new Set());
      values.get(name).add(value);
    }
  }
  values.delete('__name__');
  const sorted = [...values].sort(([, a], [, b]) => b.size - a.size);
  const chips = sorted.slice(0, MOST_LABELS).map(([name, { size }]) => h('span', { class: 'label', title: `${name}: ${size} values` }, h('span', { class: 'ln' }, name), ` ${size}`));
  if (sorted.length > MOST_LABELS) chips.push(h('span', { class: 'took' }, `+${sorted.length - MOST_LABELS} labels`));
  return chips;
}
