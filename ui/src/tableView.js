// A query's value at one moment, as a table.
import { h } from './dom.js';
import { histogramView } from './histogramView.js';
import { formatClock, formatTime } from './time.js';
import { seriesName } from './seriesName.js';
import { localTime } from './settings.js';

const FIRST_ROWS = 500;

/// What stands in a result's place before there is one.
export function nothingAsked() {
  return h('p', { class: 'empty hint' }, 'Nothing queried yet. ', h('kbd', {}, 'Enter'), ' executes, ',
    h('kbd', {}, 'Shift'), ' ', h('kbd', {}, 'Enter'), ' starts a line, ', h('kbd', {}, 'Ctrl'), ' ', h('kbd', {}, 'Space'),
    ' completes, ', h('kbd', {}, '/'), ' leads back to the editor.');
}

/// `16 series`, or the kind of a result without any.
export const countText = ({ resultType, result }) => (resultType === 'scalar' || resultType === 'string' ? `1 ${resultType}` : `${result.length} series`);

/// An element for the `data` of an instant query.
export function resultTable({ resultType, result }) {
  switch (resultType) {
    case 'scalar':
    case 'string':
      return table([h('tr', {}, h('td', { class: 'kind' }, resultType), h('td', { class: 'value' }, result[1]))]);
    case 'vector':
    case 'matrix':
      return result.length ? seriesTable(result) : h('p', { class: 'empty' }, 'The result is empty: no series matches.');
    default:
      return h('p', { class: 'note error' }, `Cannot show a result of type ${resultType}.`);
  }
}

function table(rows) {
  return h('table', { class: 'result' }, h('tbody', {}, rows));
}

function seriesTable(result) {
  const rows = result.slice(0, FIRST_ROWS).map(row);
  const element = table(rows);
  if (result.length <= FIRST_ROWS) return element;
  const more = h('button', {
    type: 'button',
    onclick: () => {
      element.tBodies[0].append(...result.slice(FIRST_ROWS).map(row));
      more.remove();
    },
  }, `Show all ${result.length} series`);
  return h('div', {}, element, h('p', { class: 'empty' }, `The first ${FIRST_ROWS} are shown. `, more));
}

function row(series) {
  return h('tr', {}, h('td', { class: 'name' }, seriesName(series.metric)), h('td', { class: 'value' }, values(series)));
}

function values({ value, values: floats, histogram, histograms }) {
  if (value) return value[1];
  if (histogram) return histogramView(histogram[1]);
  const samples = [...(floats ?? []).map(([t, v]) => [t, v]), ...(histograms ?? []).map(([t, v]) => [t, histogramView(v)])];
  return samples.sort(([a], [b]) => a - b).map(([t, shown]) => h('div', { class: 'sample' }, shown, ' ', h('span', { class: 'at', title: formatTime(t * 1000, localTime()) }, `@${formatClock(t * 1000, localTime())}`)));
}
