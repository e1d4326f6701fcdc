// A graph of series over time: uPlot, with a legend, a tooltip and a choice of what is shown.
import uPlot from 'uplot';
import { axisSize, HEIGHT, placeTip, plotFrame, themeColours, tickTexts, yRange } from './axes.js';
import { gridOf, stack, stackBands } from './chartData.js';
import { h } from './dom.js';
import { Exemplars } from './exemplars.js';
import { Legend } from './legend.js';
import { colourOf, dashOf, swatchOf } from './palette.js';
import { seriesName } from './seriesName.js';
import { isDark, localTime } from './settings.js';
import { formatTime } from './time.js';
import { humanNumber, increments } from './units.js';

const NEAR_PX = 24;

/// Draws a matrix `result` of the query's grid `{startMs, endMs, stepMs}` into `element`.
/// `options`: `stacked`, `showGaps`, `yMin` (null: found), `unit` and `onZoom(startMs, endMs)`;
/// `exemplars` as the API gives them.
export class Chart {
  element = h('div', { class: 'chart' });
  #canvas = h('div', { class: 'plot' });
  #tip = h('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
  #result;
  #grid;
  #options;
  #shown;
  #plot;
  #legend;
  #columns;
  #exemplars;
  #width = new ResizeObserver(() => this.#resize());

  constructor(result, grid, options, exemplars = []) {
    this.#exemplars = new Exemplars(exemplars, options.unit);
    this.#result = result;
    this.#grid = grid;
    this.#options = options;
    this.#shown = result.map(() => true);
    this.#columns = gridOf(result, grid.startMs, grid.endMs, grid.stepMs);
    this.#canvas.append(this.#tip);
    this.element.append(this.#canvas, this.#exemplars.element);
    this.#width.observe(this.#canvas);
    this.#addLegend();
  }

  #addLegend() {
    this.#legend?.element.remove();
    const dark = isDark();
    this.#legend = new Legend(this.#result.map(({ metric }) => metric), {
      swatch: (i) => swatchOf(i, dark),
      format: (value) => humanNumber(value, this.#options.unit),
      toggle: (i, alone) => this.#toggle(i, alone),
      focus: (i) => this.#plot?.setSeries(i === null ? null : i + 1, { focus: true }),
    });
    this.element.append(this.#legend.element);
    this.#legend.setShown((i) => this.#shown[i]);
    this.#lastValues();
  }

  /// Draws again with other options or another theme; what is shown stays.
  redraw(options = this.#options) {
    this.#options = options;
    this.#addLegend();
    this.#draw();
  }

  destroy() {
    this.#width.disconnect();
    this.#plot?.destroy();
  }

  #resize() {
    const width = Math.floor(this.#canvas.clientWidth);
    if (width === 0) return;
    if (this.#plot) this.#plot.setSize({ width, height: HEIGHT });
    else this.#draw();
  }

  #toggle(i, alone) {
    const isAlone = this.#shown.every((shown, at) => shown === (at === i));
    if (!alone) this.#shown[i] = !this.#shown[i];
    else this.#shown = this.#shown.map((_, at) => isAlone || at === i);
    this.#legend.setShown((at) => this.#shown[at]);
    this.#draw();
  }

  #draw() {
    this.#plot?.destroy();
    this.#tip.hidden = true;
    const width = Math.floor(this.#canvas.clientWidth);
    if (width === 0) return;
    const isShown = (i) => this.#shown[i];
    const { times, columns } = this.#columns;
    const drawn = this.#options.stacked ? stack(columns, isShown) : columns;
    this.#plot = new uPlot(this.#plotOptions(width, isShown), [times, ...drawn], this.#canvas);
    this.#plot.over.addEventListener('click', () => this.#exemplars.open(this.#plot));
  }

  #plotOptions(width, isShown) {
    const { stacked, unit, yMin, onZoom } = this.#options;
    const frame = plotFrame({
      width,
      grid: this.#grid,
      colours: themeColours(this.#canvas),
      onZoom,
      yAxis: { incrs: increments(unit), size: axisSize, values: (_, ticks) => tickTexts(ticks, unit) },
    });
    return {
      ...frame,
      focus: { alpha: 0.25 },
      cursor: { ...frame.cursor, focus: { prox: NEAR_PX }, points: { size: 7, width: 1.5 } },
      bands: stacked ? stackBands(this.#columns.columns, isShown) : [],
      scales: { x: { time: true, range: frame.xRange }, y: { range: (_, low, high) => yRange(low, high, yMin) } },
      series: [{}, ...this.#result.map((_, i) => this.#series(i, isShown))],
      hooks: {
        draw: [(plot) => this.#exemplars.draw(plot, themeColours(this.#canvas))],
        setCursor: [(plot) => this.#hover(plot)],
        setSeries: [(plot, i) => this.#legend.setFocus(i === null ? null : i - 1)],
        setSelect: [frame.zoom],
      },
    };
  }

  #series(i, isShown) {
    const colour = colourOf(i, isDark());
    const { stacked, showGaps } = this.#options;
    return {
      show: isShown(i),
      stroke: colour,
      fill: stacked ? `${colour}59` : undefined,
      dash: stacked ? undefined : dashOf(i),
      width: 1.5,
      pxAlign: 0,
      spanGaps: !showGaps,
      points: { size: 4 },
    };
  }

  #lastValues() {
    this.#legend.setValues((i) => this.#columns.columns[i].findLast((value) => value !== null));
  }

  #hover(plot) {
    const { idx, left } = plot.cursor;
    if (idx === null || idx === undefined || left < 0) {
      this.#tip.hidden = true;
      this.#lastValues();
      return;
    }
    this.#legend.setValues((i) => this.#columns.columns[i][idx]);
    const exemplar = this.#exemplars.near(plot);
    if (exemplar) {
      this.#tip.hidden = false;
      this.#tip.replaceChildren(...exemplar.tip(this.#options.unit));
      this.#tip.style.borderLeftColor = '';
      placeTip(this.#tip, plot, this.#canvas);
      return;
    }
    const near = this.#nearest(plot, idx);
    this.#tip.hidden = near === null;
    if (near !== null) this.#showTip(plot, idx, near);
  }

  /// The shown series whose line is closest to the pointer, of those with a value here.
  #nearest(plot, idx) {
    let best = null;
    let bestPx = Infinity;
    for (let i = 0; i < this.#result.length; i++) {
      const value = plot.data[i + 1][idx];
      if (!this.#shown[i] || value === null) continue;
      const px = Math.abs(plot.valToPos(value, 'y') - plot.cursor.top);
      if (px < bestPx) [best, bestPx] = [i, px];
    }
    return best;
  }

  #showTip(plot, idx, i) {
    const time = formatTime(plot.data[0][idx] * 1000, localTime());
    const value = this.#columns.columns[i][idx];
    const exact = String(value);
    const human = humanNumber(value, this.#options.unit);
    this.#tip.replaceChildren(
      h('div', { class: 'tip-time' }, time, localTime() ? '' : ' UTC'),
      h('div', { class: 'tip-value' }, human, exact !== human && h('span', { class: 'exact' }, ` ${exact}`)),
      seriesName(this.#result[i].metric));
    this.#tip.style.borderLeftColor = colourOf(i, isDark());
    placeTip(this.#tip, plot, this.#canvas);
  }
}
