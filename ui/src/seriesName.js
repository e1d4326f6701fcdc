// How a series is written: `name{label="value"}`, with its parts marked for colour.
import { h } from './dom.js';

/// A string of PromQL.
export const quoted = (value) => JSON.stringify(value);

const PLAIN_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const PLAIN_LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

function split(metric) {
  const { __name__: name = '', ...labels } = metric;
  return { name, labels: Object.entries(labels).map(([key, value]) => [PLAIN_LABEL.test(key) ? key : quoted(key), value]) };
}

/// The series as PromQL would select it; `{}` for one without labels.
export function seriesText(metric) {
  const { name, labels } = split(metric);
  const pairs = labels.map(([key, value]) => `${key}=${quoted(value)}`);
  if (name && !PLAIN_NAME.test(name)) pairs.unshift(quoted(name));
  const braces = pairs.length || !name ? `{${pairs.join(', ')}}` : '';
  return (PLAIN_NAME.test(name) ? name : '') + braces;
}

/// The same as an element.
export function seriesName(metric) {
  const { name, labels } = split(metric);
  const plain = PLAIN_NAME.test(name);
  const parts = labels.map(([key, value]) => [h('span', { class: 'ln' }, key), '=', h('span', { class: 'lv' }, quoted(value))]);
  if (name && !plain) parts.unshift([h('span', { class: 'mn' }, quoted(name))]);
  const listed = parts.flatMap((part, i) => (i ? [', ', ...part] : part));
  const braces = parts.length || !name ? ['{', ...listed, '}'] : [];
  return h('span', { class: 'series' }, plain && h('span', { class: 'mn' }, name), braces);
}
