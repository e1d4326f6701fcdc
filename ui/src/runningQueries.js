// The queries that the server works on, and an end to one of them.
import { api, ApiError, base, remove } from './api.js';
import { h } from './dom.js';
import { formatDuration, formatTime, humanSpan } from './time.js';
import { humanNumber } from './units.js';

const EVERY_MS = 2000;

export function runningQueries() {
  const rows = h('tbody', {});
  const table = h('table', { class: 'running', hidden: true },
    h('thead', {}, h('tr', {}, ['Query', 'From', 'Time'].map((title) => h('th', {}, title)), ['Age', 'Samples'].map((title) => h('th', { class: 'num' }, title)), h('th', {}, h('span', { class: 'unseen' }, 'Cancel')))), rows);
  const status = h('p', { class: 'empty', role: 'status' }, 'Loading…');
  const byId = new Map();
  document.getElementById('queries').append(h('section', { class: 'card' }, table, status));

  const refresh = async () => {
    try {
      const { data } = await api('status/queries');
      show(data);
    } catch (error) {
      status.textContent = error instanceof ApiError ? `The queries cannot be listed: ${error.message}` : String(error);
    }
  };
  const show = (queries) => {
    const ids = new Set(queries.map(({ id }) => id));
    for (const [id, row] of byId) {
      if (ids.has(id)) continue;
      row.element.remove();
      byId.delete(id);
    }
    for (const query of queries) {
      if (!byId.has(query.id)) {
        byId.set(query.id, rowOf(query, () => cancel(query.id)));
        rows.append(byId.get(query.id).element);
      }
      byId.get(query.id).update(query);
    }
    table.hidden = queries.length === 0;
    const waiting = queries.filter((query) => query.waiting).length;
    status.textContent = queries.length === 0 ? 'No query is running.' : `${queries.length - waiting} running, ${waiting} waiting`;
  };
  const cancel = async (id) => {
    try {
      await remove(`status/queries/${id}`);
      await refresh();
    } catch (error) {
      status.textContent = `Query ${id} was not cancelled: ${error.message}`;
    }
  };
  refresh();
  setInterval(() => document.hidden || refresh(), EVERY_MS);
}

/// A row that lives as long as its query, so that focus on its button stays.
function rowOf({ query, origin, start, end, step }, cancel) {
  const age = h('td', { class: 'num' });
  const samples = h('td', { class: 'num' });
  const range = end > start;
  const time = range ? `${formatDuration(Math.round((end - start) * 1000))}, step ${formatDuration(Math.round(step * 1000))}` : 'instant';
  const button = h('button', {
    type: 'button',
    onclick: () => {
      button.disabled = true;
      cancel();
    },
  }, 'Cancel');
  const link = `${base}/query?${new URLSearchParams({ 'g0.expr': query, 'g0.tab': range ? 'graph' : 'table' })}`;
  const element = h('tr', {}, h('td', { class: 'name' }, h('a', { href: link }, query)), h('td', {}, origin),
    h('td', { title: `until ${formatTime(end * 1000)} UTC` }, time), age, samples, h('td', {}, button));
  const update = (now) => {
    age.textContent = now.waiting ? `waiting ${humanSpan(now.ageSeconds * 1000)}` : humanSpan(now.ageSeconds * 1000);
    samples.textContent = humanNumber(now.samples);
  };
  return { element, update };
}
