// How the server executed a query: the nodes of its plan with their time, series and samples.
import { h } from './dom.js';
import { humanNumber } from './units.js';

/// An element for `analysis` of the API. `expression` is the text of the query; `point(range)` marks
/// a part of it (null: nothing).
export function planTree(analysis, expression, point) {
  const decoder = new TextDecoder();
  const bytes = new TextEncoder().encode(expression);
  const at = (byte) => decoder.decode(bytes.slice(0, byte)).length;
  const rows = [];
  const add = (node, depth) => {
    const range = node.end > node.start ? { from: at(node.start), to: at(node.end) } : null;
    const name = h('td', { class: 'plan-node', tabindex: '0', onfocus: () => point(range), onblur: () => point(null) },
      h('strong', {}, node.node), node.detail && ` ${node.detail}`);
    name.style.paddingLeft = `${8 + depth * 18}px`;
    rows.push(h('tr', { onmouseenter: () => point(range), onmouseleave: () => point(null) }, name,
      h('td', { class: 'num' }, humanNumber(node.ownSeconds, 'seconds', 3)),
      h('td', { class: 'bar' }, h('progress', { max: String(analysis.seconds || 1), value: String(node.ownSeconds), 'aria-hidden': 'true' })),
      h('td', { class: 'num' }, humanNumber(node.series)), h('td', { class: 'num' }, humanNumber(node.samples))));
    for (const argument of node.arguments) add(argument, depth + 1);
  };
  add(analysis, 0);
  return h('section', { class: 'plan' }, h('h2', {}, 'Execution'),
    h('table', {}, h('thead', {}, h('tr', {}, h('th', {}, 'Step'), h('th', { class: 'num' }, 'Own time'), h('th', {}, h('span', { class: 'unseen' }, 'Share of the time')),
      h('th', { class: 'num' }, 'Series'), h('th', { class: 'num' }, 'Samples'))), h('tbody', {}, rows)));
}
