// A graph of series over time: uPlot, with a legend, a tooltip and a choice of what is shown.
import uPlot from 'uplot';
import { gridOf, stack, stackBands } from './chartData.js';
import { h } from './dom.js';
import { Legend } from './legend.js';
import { colourOf, dashOf, swatchOf } from './palette.js';
import { seriesName } from './seriesName.js';
import { isDark, localTime } from './settings.js';
import { formatTime } from './time.js';
import { humanNumber, increments } from './units.js';

const HEIGHT = 320;
const TIME_AXIS = 40;
const NEAR_PX = 24;
const FONT = '12px system-ui, sans-serif';

/// Draws a matrix `result` of the query's grid `{startMs, endMs, stepMs}` into `element`.
/// `options`: `stacked`, `showGaps`, `yMin` (null: found), `unit`, and `onZoom(startMs, endMs)`.
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
  #width = new ResizeObserver(() => this.#resize());

  constructor(result, grid, options) {
    this.#result = result;
    this.#grid = grid;
    this.#options = options;
    this.#shown = result.map(() => true);
    this.#columns = gridOf(result, grid.startMs, grid.endMs, grid.stepMs);
    this.#canvas.append(this.#tip);
    this.element.append(this.#canvas);
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
  }

  #plotOptions(width, isShown) {
    const { stacked, unit, yMin } = this.#options;
    const colours = this.#themeColours();
    const axis = { stroke: colours.text, font: FONT, grid: { stroke: colours.line, width: 1 }, ticks: { stroke: colours.line, width: 1, size: 4 } };
    return {
      width,
      height: HEIGHT,
      ms: 1e-3,
      tzDate: (seconds) => (localTime() ? new Date(seconds * 1000) : uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC')),
      padding: [12, 12, 0, 0],
      legend: { show: false },
      focus: { alpha: 0.25 },
      cursor: {
        y: false,
        focus: { prox: NEAR_PX },
        drag: { x: true, y: false, setScale: false },
        points: { size: 7, width: 1.5 },
      },
      bands: stacked ? stackBands(this.#columns.columns, isShown) : [],
      scales: { x: { time: true, range: () => [this.#grid.startMs / 1000, this.#grid.endMs / 1000] }, y: { range: (_, low, high) => yRange(low, high, yMin) } },
      axes: [
        { ...axis, values: timeTicks, space: 70, size: TIME_AXIS },
        { ...axis, incrs: increments(unit), size: (plot, ticks) => axisSize(plot, ticks), values: (_, ticks) => tickTexts(ticks, unit) },
      ],
      series: [{}, ...this.#result.map((_, i) => this.#series(i, isShown))],
      hooks: {
        setCursor: [(plot) => this.#hover(plot)],
        setSeries: [(plot, i) => this.#legend.setFocus(i === null ? null : i - 1)],
        setSelect: [(plot) => this.#zoom(plot)],
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

  #themeColours() {
    const style = getComputedStyle(this.#canvas);
    return { text: style.color, line: style.borderBottomColor };
  }

  #zoom(plot) {
    const { left, width } = plot.select;
    if (width < 5) return;
    const [startMs, endMs] = [left, left + width].map((at) => Math.round(plot.posToVal(at, 'x')) * 1000);
    if (endMs > startMs) this.#options.onZoom(startMs, endMs);
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
    const x = plot.bbox.left / devicePixelRatio + plot.cursor.left;
    const leftHalf = x < this.#canvas.clientWidth / 2;
    this.#tip.style.left = leftHalf ? `${x + 14}px` : '';
    this.#tip.style.right = leftHalf ? '' : `${this.#canvas.clientWidth - x + 14}px`;
    this.#tip.style.top = `${Math.min(Math.max(plot.cursor.top - 10, 0), HEIGHT - 120)}px`;
  }
}

/// A little air above and below; a flat line lies in the middle of its own size.
function yRange(low, high, yMin) {
  if (low === null || high === null) return [0, 1];
  const air = high > low ? (high - low) * 0.06 : Math.abs(high) * 0.2 || 1;
  const bottom = low >= 0 && low - air < 0 ? 0 : low - air;
  const top = high <= 0 && high + air > 0 ? 0 : high + air;
  return [yMin ?? bottom, Math.max(top, (yMin ?? -Infinity) + air)];
}

/// As few digits as keep neighbouring ticks apart.
function tickTexts(ticks, unit) {
  for (let digits = 3; digits < 12; digits++) {
    const texts = ticks.map((tick) => humanNumber(tick, unit, digits));
    if (new Set(texts).size === texts.length) return texts;
  }
  return ticks.map(String);
}

const AXIS_GAP = 16;

function axisSize(plot, texts) {
  if (!texts) return 50;
  plot.ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
  const widest = Math.max(...texts.map((text) => plot.ctx.measureText(text ?? '').width));
  return Math.ceil(widest / devicePixelRatio) + AXIS_GAP;
}

/// The time of day; the date where the day changes and at the first tick of a longer range.
function timeTicks(plot, ticks) {
  const increment = ticks.length > 1 ? ticks[1] - ticks[0] : 60;
  const span = plot.scales.x.max - plot.scales.x.min;
  let shownDay = span > 86400 ? '' : null;
  return ticks.map((tick) => {
    const [date, clock] = formatTime(tick * 1000, localTime()).split(' ');
    const day = date.slice(5);
    if (increment >= 86400) return increment >= 86400 * 100 ? date : day;
    const text = increment < 60 ? clock : clock.slice(0, 5);
    const newDay = shownDay !== null ? day !== shownDay : clock === '00:00:00';
    if (shownDay !== null) shownDay = day;
    return newDay ? `${text}\n${day}` : text;
  });
}
