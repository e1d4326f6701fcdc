// A dialog that narrows a metric down by its labels and hands over the selector.
import { api } from './api.js';
import { h, iconButton } from './dom.js';
import { quoted } from './seriesName.js';

const MOST_SERIES = 10_000;
const MOST_VALUES = 200;
const FEW_VALUES = 12;
const PLAIN = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/// Opens the dialog; `insert` takes the selector.
export function exploreLabels({ name, type, help }, insert) {
  const chosen = new Map();
  const preview = h('code', { class: 'selector' });
  const status = h('p', { class: 'empty', role: 'status' }, 'Loading…');
  const labels = h('div', { class: 'label-list' });
  const take = h('button', { type: 'button', class: 'primary', onclick: () => done(selectorOf(name, chosen)) }, 'Insert selector');
  const takeRate = h('button', { type: 'button', hidden: type !== 'counter' && type !== 'histogram', onclick: () => done(`rate(${selectorOf(name, chosen)}[5m])`) }, 'Insert rate');
  const dialog = h('dialog', { class: 'picker', 'aria-label': `Labels of ${name}` },
    h('header', {}, h('h2', {}, name), iconButton('remove', 'Close', () => dialog.close())),
    help && h('p', { class: 'choice-help' }, help), preview, labels,
    h('footer', {}, status, h('span', { class: 'buttons' }, takeRate, take)));
  let series = [];

  const done = (text) => {
    dialog.close();
    insert(text);
  };
  const show = () => {
    preview.textContent = selectorOf(name, chosen);
    const left = series.filter((one) => matches(one, chosen));
    status.textContent = `${left.length} of ${series.length}${series.length === MOST_SERIES ? ' first' : ''} series`;
    for (const { count, metric } of sections) count.textContent = valuesText(series, metric, chosen);
  };
  const toggle = (label, value, on) => {
    const values = chosen.get(label) ?? new Set();
    if (on) values.add(value);
    else values.delete(value);
    if (values.size) chosen.set(label, values);
    else chosen.delete(label);
    show();
  };
  const sections = [];
  const addSections = () => {
    for (const metric of labelsOf(series)) {
      const count = h('span', { class: 'took' });
      sections.push({ count, metric });
      labels.append(section(metric, count, () => counted(series, metric, chosen), chosen, toggle));
    }
    if (sections.length === 1) labels.querySelector('details').open = true;
  };
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  take.focus();
  api('series', { 'match[]': selectorOf(name, chosen), start: Date.now() / 1000 - 3600, end: Date.now() / 1000, limit: MOST_SERIES }).then(({ data }) => {
    series = data.slice(0, MOST_SERIES);
    addSections();
    show();
  }, (error) => {
    status.textContent = error.message;
    status.classList.add('error');
  });
  preview.textContent = selectorOf(name, chosen);
}

/// One label: how many values, and once it is opened, which, each with its number of series under
/// what is chosen of the other labels.
function section(label, count, values, chosen, toggle) {
  const list = h('ul', { class: 'values' });
  const search = h('input', { type: 'search', placeholder: `Filter values of ${label}`, 'aria-label': `Filter values of ${label}`, autocomplete: 'off', spellcheck: 'false' });
  const fill = () => {
    const wanted = search.value.toLowerCase();
    const all = values().filter(([value]) => value.toLowerCase().includes(wanted));
    list.replaceChildren(...all.slice(0, MOST_VALUES).map(([value, n]) => h('li', {}, h('label', { class: 'check' },
      h('input', { type: 'checkbox', checked: chosen.get(label)?.has(value), onchange: (event) => toggle(label, value, event.target.checked) }),
      h('span', { class: 'choice-name' }, value === '' ? '(without this label)' : value), h('span', { class: 'took' }, n)))));
    if (all.length > MOST_VALUES) list.append(h('li', { class: 'took' }, `${all.length - MOST_VALUES} more: type to narrow`));
  };
  search.addEventListener('input', fill);
  return h('details', { ontoggle: (event) => event.target.open && fill() }, h('summary', {}, h('span', { class: 'choice-name ln' }, label), ' ', count), values().length > FEW_VALUES && search, list);
}

function labelsOf(series) {
  const names = new Set(series.flatMap((one) => Object.keys(one)));
  names.delete('__name__');
  return [...names].sort();
}

const matches = (one, chosen, except) => [...chosen].every(([label, values]) => label === except || values.has(one[label] ?? ''));

/// `[value, count]` of a label, the most frequent first.
function counted(series, label, chosen) {
  const counts = new Map();
  for (const one of series) {
    if (matches(one, chosen, label)) counts.set(one[label] ?? '', (counts.get(one[label] ?? '') ?? 0) + 1);
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
}

function valuesText(series, label, chosen) {
  const picked = chosen.get(label)?.size;
  const { length } = counted(series, label, chosen);
  return `${length} ${length === 1 ? 'value' : 'values'}${picked ? `, ${picked} chosen` : ''}`;
}

/// The selector of the chosen values; several of one label become a regular expression.
export function selectorOf(name, chosen) {
  const conditions = [...chosen].map(([label, values]) => {
    const key = PLAIN.test(label) ? label : quoted(label);
    const [first] = values;
    return values.size === 1 ? `${key}=${quoted(first)}` : `${key}=~${quoted([...values].map(escapeRegex).join('|'))}`;
  });
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(name)) return `{${[quoted(name), ...conditions].join(', ')}}`;
  return name + (conditions.length ? `{${conditions.join(', ')}}` : '');
}

const escapeRegex = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
