// A heat map: histograms over time, a row for each bucket, darker where more observations fell.
import uPlot from 'uplot';
import { axisSize, placeTip, plotFrame, themeColours } from './axes.js';
import { h } from './dom.js';
import { Exemplars } from './exemplars.js';
import { boundsOf } from './heatData.js';
import { heatColours } from './palette.js';
import { seriesName } from './seriesName.js';
import { isDark, localTime } from './settings.js';
import { formatTime } from './time.js';
import { humanNumber } from './units.js';

const MOST_TICKS = 9;

export class HeatMap {
  element = h('figure', { class: 'heat' });
  #canvas = h('div', { class: 'plot' });
  #tip = h('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
  #scale = h('span', { class: 'heat-scale' });
  #columns;
  #grid;
  #options;
  #bounds;
  #rowOf;
  #most = 0;
  #exemplars;
  #plot = null;
  #width = new ResizeObserver(() => this.#draw());

  /// `series` as in heatData.js; `options` and `exemplars` as those of a chart, of which the series'
  /// own are shown.
  constructor({ metric, columns }, grid, options, exemplars = []) {
    const own = exemplars.filter(({ seriesLabels }) => Object.entries(metric).every(([name, value]) => name === '__name__' || seriesLabels[name] === value));
    this.#exemplars = new Exemplars(own, options.observedUnit);
    this.#columns = columns;
    this.#grid = grid;
    this.#options = options;
    this.#bounds = boundsOf(columns);
    this.#rowOf = new Map(this.#bounds.map((bound, i) => [bound, i]));
    for (const column of columns) for (const bucket of column?.buckets ?? []) this.#most = Math.max(this.#most, this.#perRow(bucket));
    this.#canvas.append(this.#tip);
    this.element.append(h('figcaption', {}, seriesName(metric), this.#scale), this.#canvas, this.#exemplars.element);
    this.#width.observe(this.#canvas);
  }

  redraw(options = this.#options) {
    this.#options = options;
    this.#draw();
  }

  destroy() {
    this.#width.disconnect();
    this.#plot?.destroy();
  }

  /// A bucket that spans several rows, since others are finer, spreads over them.
  #perRow({ low, high, count }) {
    return count > 0 ? count / (this.#rowOf.get(high) - this.#rowOf.get(low)) : 0;
  }

  #draw() {
    const width = Math.floor(this.#canvas.clientWidth);
    if (width === 0 || this.#bounds.length === 0) return;
    this.#plot?.destroy();
    this.#tip.hidden = true;
    const colours = heatColours(isDark());
    const { startMs, stepMs } = this.#grid;
    const times = Float64Array.from(this.#columns, (_, i) => (startMs + i * stepMs) / 1000);
    const frame = plotFrame({
      width,
      grid: this.#grid,
      colours: themeColours(this.#canvas),
      onZoom: this.#options.onZoom,
      yAxis: { grid: { show: false }, splits: () => this.#ticks(), size: axisSize, values: (_, rows) => rows.map((row) => boundText(this.#bounds[row], this.#options.observedUnit)) },
    });
    this.#plot = new uPlot({
      ...frame,
      cursor: { ...frame.cursor, points: { show: false } },
      scales: { x: { time: true, range: frame.xRange }, y: { range: () => [0, this.#bounds.length - 1] } },
      series: [{}, {}],
      hooks: {
        drawClear: [(plot) => this.#paint(plot, colours)],
        draw: [(plot) => this.#exemplars.draw(plot, themeColours(this.#canvas), (value) => plot.valToPos(this.#rowAt(value), 'y', true))],
        setCursor: [(plot) => this.#hover(plot)],
        setSelect: [frame.zoom],
      },
    }, [times, new Array(times.length).fill(null)], this.#canvas);
    this.#plot.over.addEventListener('click', () => this.#exemplars.open(this.#plot));
    this.#showScale(colours);
  }

  /// Where a value lies among the rows, in parts of one.
  #rowAt(value) {
    const above = this.#bounds.findIndex((bound) => bound >= value);
    if (above <= 0) return above === 0 ? 0 : this.#bounds.length - 1;
    const [low, high] = [this.#bounds[above - 1], this.#bounds[above]];
    return above - 1 + (Number.isFinite(high - low) ? (value - low) / (high - low) : 0.5);
  }

  #ticks() {
    const last = this.#bounds.length - 1;
    const every = Math.max(1, Math.ceil(last / MOST_TICKS));
    return Array.from({ length: Math.floor(last / every) + 1 }, (_, i) => i * every);
  }

  #paint(plot, colours) {
    const { ctx, bbox } = plot;
    const half = this.#grid.stepMs / 2000;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    this.#columns.forEach((column, i) => {
      const time = this.#grid.startMs / 1000 + (i * this.#grid.stepMs) / 1000;
      const left = Math.floor(plot.valToPos(time - half, 'x', true));
      const right = Math.ceil(plot.valToPos(time + half, 'x', true));
      for (const bucket of column?.buckets ?? []) {
        const share = this.#perRow(bucket) / this.#most;
        if (share <= 0) continue;
        const top = Math.round(plot.valToPos(this.#rowOf.get(bucket.high), 'y', true));
        const bottom = Math.round(plot.valToPos(this.#rowOf.get(bucket.low), 'y', true));
        ctx.fillStyle = colours[Math.min(colours.length - 1, Math.floor(Math.sqrt(share) * colours.length))];
        ctx.fillRect(left, top, right - left, bottom - top);
      }
    });
    ctx.restore();
  }

  #showScale(colours) {
    const swatches = colours.filter((_, i) => i % 3 === 0).map((colour) => {
      const swatch = h('span', { class: 'heat-swatch' });
      swatch.style.background = colour;
      return swatch;
    });
    this.#scale.replaceChildren('0', ...swatches, humanNumber(this.#most));
  }

  #hover(plot) {
    const { idx, left, top } = plot.cursor;
    const column = left >= 0 && idx !== null ? this.#columns[idx] : null;
    const exemplar = this.#exemplars.near(plot);
    this.#tip.hidden = !column && !exemplar;
    if (this.#tip.hidden) return;
    if (exemplar) {
      this.#tip.replaceChildren(...exemplar.tip(this.#options.observedUnit));
      placeTip(this.#tip, plot, this.#canvas);
      return;
    }
    const row = Math.floor(plot.posToVal(top, 'y'));
    const bucket = column.buckets.find(({ low, high, count }) => count > 0 && this.#rowOf.get(low) <= row && row < this.#rowOf.get(high));
    const unit = this.#options.observedUnit;
    const time = formatTime(plot.data[0][idx] * 1000, localTime());
    const range = bucket ?? { low: this.#bounds[row], high: this.#bounds[row + 1], count: 0 };
    this.#tip.replaceChildren(
      h('div', { class: 'tip-time' }, time, localTime() ? '' : ' UTC'),
      h('div', { class: 'tip-value' }, humanNumber(range.count), column.count > 0 && h('span', { class: 'exact' }, ` ${humanNumber((range.count / column.count) * 100, '', 3)}% of ${humanNumber(column.count)}`)),
      h('div', {}, `${boundText(range.low, unit)} to ${boundText(range.high, unit)}`),
      column.sum !== null && column.count > 0 && h('div', { class: 'tip-time' }, `mean ${humanNumber(column.sum / column.count, unit)}`) || '');
    placeTip(this.#tip, plot, this.#canvas);
  }
}

const boundText = (bound, unit) => (bound === Infinity ? '+∞' : bound === -Infinity ? '−∞' : humanNumber(bound, unit, 3));
