// The metrics explorer and the history of expressions.
import { api } from './api.js';
import { h } from './dom.js';
import { exploreLabels, selectorOf } from './labelExplorer.js';
import { pick } from './picker.js';
import { clearHistory, queryHistory } from './settings.js';

/// All metric names with their type and help text; `insert` takes the chosen name.
export function exploreMetrics(insert) {
  pick({
    title: 'Metrics',
    search: 'Search names and help texts',
    nothing: 'No metric matches.',
    load: loadMetrics,
    text: ({ name, help }) => [name, help],
    row: ({ name, type, help }) => [
      h('span', { class: 'choice-name' }, name),
      type && h('span', { class: 'badge unknown' }, type),
      help && h('span', { class: 'choice-help' }, help),
    ],
    pick: ({ name }) => insert(selectorOf(name, new Map())),
    aside: { label: 'Labels', icon: 'narrow', pick: (metric) => exploreLabels(metric, insert) },
  });
}

async function loadMetrics() {
  const [names, metadata] = await Promise.all([
    api('label/__name__/values'),
    api('metadata').catch(() => ({ data: {} })),
  ]);
  return names.data.map((name) => ({ name, ...describe(name, metadata.data) }));
}

/// Metadata of a metric; `_bucket`, `_sum` and `_count` belong to the metric without them.
function describe(name, metadata) {
  const family = metadata[name] ?? metadata[name.replace(/_(bucket|sum|count|total)$/, '')];
  const [first] = family ?? [];
  return { type: first?.type === 'unknown' ? '' : first?.type ?? '', help: first?.help ?? '' };
}

/// The expressions that ran in this browser; `take` gets the chosen one.
export function showHistory(take) {
  pick({
    title: 'Query history',
    search: 'Search past expressions',
    nothing: 'No past expression matches.',
    load: async () => queryHistory(),
    text: (expression) => [expression],
    row: (expression) => h('span', { class: 'choice-name' }, expression),
    pick: take,
    footer: (close) => h('button', {
      type: 'button',
      onclick: () => {
        clearHistory();
        close();
      },
    }, 'Forget all'),
  });
}
