// Exemplars over a graph: diamonds at their value and time, and a table of them below.
import { h } from './dom.js';
import { seriesName } from './seriesName.js';
import { localTime } from './settings.js';
import { formatClock, formatTime } from './time.js';
import { humanNumber } from './units.js';

const HALF_PX = 4.5;
const NEAR_PX = 9;
const CELL_PX = 12;
const MOST_ROWS = 200;

export class Exemplars {
  element = h('div', { class: 'exemplars' });
  #all;
  #drawn = [];
  #rows = new Map();
  #list = null;

  /// `answer` of the API: `[{seriesLabels, exemplars: [{labels, value, timestamp}]}]`.
  constructor(answer, unit) {
    this.#all = answer.flatMap(({ seriesLabels, exemplars }) => exemplars.map(({ labels, value, timestamp }) => ({
      metric: seriesLabels, labels, value: Number(value), time: timestamp,
    }))).filter(({ value }) => Number.isFinite(value)).sort((a, b) => b.time - a.time);
    if (this.#all.length) this.#table(unit);
  }

  #table(unit) {
    const rows = this.#all.slice(0, MOST_ROWS).map((exemplar) => {
      const row = h('tr', { tabindex: '-1' },
        h('td', { class: 'at', title: formatTime(exemplar.time * 1000, localTime()) }, formatClock(Math.round(exemplar.time * 1000), localTime())),
        h('td', { class: 'value', title: String(exemplar.value) }, humanNumber(exemplar.value, unit)),
        h('td', {}, labelList(exemplar.labels)),
        h('td', {}, seriesName(exemplar.metric)));
      this.#rows.set(exemplar, row);
      return row;
    });
    const hidden = this.#all.length - rows.length;
    this.#list = h('details', {}, h('summary', {}, `${this.#all.length} exemplars`),
      h('table', { class: 'exemplar-rows' },
        h('thead', {}, h('tr', {}, ['Time', 'Value', 'Labels', 'Series'].map((title) => h('th', title === 'Value' ? { class: 'num' } : {}, title)))),
        h('tbody', {}, rows)),
      hidden > 0 && h('p', { class: 'empty' }, `The latest ${MOST_ROWS} are listed; ${hidden} older ones are in the graph only.`));
    this.element.append(this.#list);
  }

  /// Draws one diamond for all that would lie on the same spot; those beyond the y axis at its edge.
  /// `yOf` says where a value lies on the canvas.
  draw(plot, colours, yOf = (value) => plot.valToPos(value, 'y', true)) {
    const { ctx, bbox } = plot;
    const taken = new Set();
    this.#drawn = [];
    ctx.save();
    ctx.fillStyle = colours.exemplar;
    ctx.strokeStyle = colours.paper;
    ctx.lineWidth = devicePixelRatio;
    for (const exemplar of this.#all) {
      const x = plot.valToPos(exemplar.time, 'x', true);
      const y = Math.min(Math.max(yOf(exemplar.value), bbox.top), bbox.top + bbox.height);
      const cell = `${Math.round(x / CELL_PX / devicePixelRatio)},${Math.round(y / CELL_PX / devicePixelRatio)}`;
      if (x < bbox.left || x > bbox.left + bbox.width || taken.has(cell)) continue;
      taken.add(cell);
      diamond(ctx, x, y, HALF_PX * devicePixelRatio);
      this.#drawn.push({ exemplar, x: (x - bbox.left) / devicePixelRatio, y: (y - bbox.top) / devicePixelRatio });
    }
    ctx.restore();
  }

  #nearest({ cursor }) {
    let best = null;
    let bestPx = NEAR_PX;
    for (const { exemplar, x, y } of this.#drawn) {
      const px = Math.hypot(x - cursor.left, y - cursor.top);
      if (px < bestPx) [best, bestPx] = [exemplar, px];
    }
    return best;
  }

  /// The exemplar under the cursor with its `tip(unit)`, or null.
  near(plot) {
    const exemplar = this.#nearest(plot);
    return exemplar && { tip: (unit) => [
      h('div', { class: 'tip-time' }, formatTime(exemplar.time * 1000, localTime()), localTime() ? '' : ' UTC', ' · exemplar'),
      h('div', { class: 'tip-value' }, humanNumber(exemplar.value, unit)),
      labelList(exemplar.labels),
      seriesName(exemplar.metric)] };
  }

  /// Shows the exemplar under the cursor in the table.
  open(plot) {
    const row = this.#rows.get(this.#nearest(plot));
    if (!row) return;
    this.#list.open = true;
    for (const other of this.#rows.values()) other.classList.toggle('near', other === row);
    row.focus();
  }
}

function diamond(ctx, x, y, half) {
  ctx.beginPath();
  ctx.moveTo(x, y - half);
  ctx.lineTo(x + half, y);
  ctx.lineTo(x, y + half);
  ctx.lineTo(x - half, y);
  ctx.closePath();
  ctx.fill();
  ctx.stroke();
}

const labelList = (labels) => h('ul', { class: 'labels' }, Object.entries(labels).map(([name, value]) =>
  h('li', { class: 'label' }, h('span', { class: 'ln' }, name), `="${value}"`)));
