// What a range query's result is drawn as: lines of floats, heat maps of histograms.
import { Chart } from './chart.js';
import { gridOf } from './chartData.js';
import { h } from './dom.js';
import { areBuckets, classicHeat, nativeHeat } from './heatData.js';
import { HeatMap } from './heatMap.js';

const FIRST_LINES = 500;
const FIRST_MAPS = 4;

/// `{charts, notes}`: things with `element`, `redraw()` and `destroy()`, and what is to be said
/// about them.
export function drawings(result, grid, options, exemplars) {
  const notes = [];
  const note = (...text) => notes.push(h('p', { class: 'note info' }, ...text));
  if (result.length === 0) notes.push(h('p', { class: 'empty' }, 'The result is empty: no series matches in this range.'));
  if (exemplars?.error) note(`Exemplars cannot be shown: ${exemplars.error}`);
  else if (exemplars?.data.length === 0 && result.length > 0) note('No exemplars are kept for these series in this range.');

  const floats = result.filter(({ values }) => values?.length);
  const histograms = result.filter(({ histograms: samples }) => samples?.length);
  const heat = nativeHeat(histograms, grid);
  const classic = options.mode === 'heatmap' && areBuckets(floats);
  if (classic) heat.push(...classicHeat(floats, gridOf(floats, grid.startMs, grid.endMs, grid.stepMs).columns));
  else if (options.mode === 'heatmap' && histograms.length === 0 && floats.length > 0) note('The result holds no histograms and no buckets by “le”: lines are drawn.');

  const lines = classic ? [] : floats;
  const charts = lines.length ? [new LimitedChart(lines, grid, options, exemplars?.data ?? [])] : [];
  if (heat.length) charts.push(new HeatMaps(heat, grid, options, exemplars?.data ?? []));
  return { charts, notes };
}

/// A chart of the first series, and of all once the reader asks for it: thousands of lines take a
/// browser seconds and show a carpet.
class LimitedChart {
  element = h('div', {});
  #chart;
  #options;

  constructor(lines, grid, options, exemplars) {
    this.#options = options;
    const draw = (count) => {
      this.#chart?.destroy();
      this.#chart = new Chart(lines.slice(0, count), grid, this.#options, exemplars);
      this.element.replaceChildren(this.#chart.element);
    };
    draw(FIRST_LINES);
    if (lines.length <= FIRST_LINES) return;
    const note = h('p', { class: 'note info' }, `The first ${FIRST_LINES} of ${lines.length} series are drawn. `, h('button', {
      type: 'button', class: 'place', onclick: () => draw(lines.length),
    }, 'Draw all'));
    this.element.prepend(note);
  }

  redraw(options = this.#options) {
    this.#options = options;
    this.#chart.redraw(options);
  }

  destroy() {
    this.#chart.destroy();
  }
}

class HeatMaps {
  element = h('div', { class: 'heats' });
  #maps = [];

  constructor(series, grid, options, exemplars) {
    const add = (from, to) => {
      for (const one of series.slice(from, to)) {
        const map = new HeatMap(one, grid, options, exemplars);
        this.#maps.push(map);
        this.element.append(map.element);
      }
    };
    add(0, FIRST_MAPS);
    if (series.length <= FIRST_MAPS) return;
    const more = h('button', {
      type: 'button',
      onclick: () => {
        more.remove();
        add(FIRST_MAPS, series.length);
      },
    }, `Show all ${series.length} heat maps`);
    this.element.append(more);
  }

  redraw(options) {
    for (const map of this.#maps) map.redraw(options);
  }

  destroy() {
    for (const map of this.#maps) map.destroy();
  }
}
