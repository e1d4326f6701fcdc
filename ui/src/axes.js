// Axes and scales that the graphs share.
import uPlot from 'uplot';
import { formatTime } from './time.js';
import { localTime } from './settings.js';
import { humanNumber } from './units.js';

export const HEIGHT = 320;
const TIME_AXIS = 40;
const FONT = '12px system-ui, sans-serif';

/// Colours of the theme, taken from where the style sheet puts them on a plot.
export function themeColours(element) {
  const style = getComputedStyle(element);
  return { text: style.color, line: style.borderBottomColor, paper: style.backgroundColor, exemplar: style.outlineColor };
}

/// What all axes look like.
const axisStyle = ({ text, line }) => ({ stroke: text, font: FONT, grid: { stroke: line, width: 1 }, ticks: { stroke: line, width: 1, size: 4 } });

/// uPlot's options that do not depend on what is drawn: time on the x axis over the whole `grid`,
/// dragging selects a span of time, which `onZoom(startMs, endMs)` is told.
export function plotFrame({ width, grid, colours, onZoom, yAxis }) {
  const style = axisStyle(colours);
  return {
    width,
    height: HEIGHT,
    ms: 1e-3,
    tzDate: (seconds) => (localTime() ? new Date(seconds * 1000) : uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC')),
    padding: [12, 12, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false, setScale: false } },
    xRange: () => [grid.startMs / 1000, grid.endMs / 1000],
    axes: [{ ...style, values: timeTicks, space: 70, size: TIME_AXIS }, { ...style, ...yAxis }],
    zoom: (plot) => {
      const { left, width: selected } = plot.select;
      if (selected < 5) return;
      const [startMs, endMs] = [left, left + selected].map((at) => Math.round(plot.posToVal(at, 'x')) * 1000);
      if (endMs > startMs) onZoom(startMs, endMs);
    },
  };
}

/// Puts the tooltip beside the cursor, on the side with more room.
export function placeTip(tip, plot, canvas) {
  const x = plot.bbox.left / devicePixelRatio + plot.cursor.left;
  const leftHalf = x < canvas.clientWidth / 2;
  tip.style.left = leftHalf ? `${x + 14}px` : '';
  tip.style.right = leftHalf ? '' : `${canvas.clientWidth - x + 14}px`;
  tip.style.top = `${Math.min(Math.max(plot.cursor.top - 10, 0), HEIGHT - 120)}px`;
}

/// A little air above and below; a flat line lies in the middle of its own size.
export function yRange(low, high, yMin) {
  if (low === null || high === null) return [0, 1];
  const air = high > low ? (high - low) * 0.06 : Math.abs(high) * 0.2 || 1;
  const bottom = low >= 0 && low - air < 0 ? 0 : low - air;
  const top = high <= 0 && high + air > 0 ? 0 : high + air;
  return [yMin ?? bottom, Math.max(top, (yMin ?? -Infinity) + air)];
}

/// As few digits as keep neighbouring ticks apart.
export function tickTexts(ticks, unit) {
  for (let digits = 3; digits < 12; digits++) {
    const texts = ticks.map((tick) => humanNumber(tick, unit, digits));
    if (new Set(texts).size === texts.length) return texts;
  }
  return ticks.map(String);
}

const AXIS_GAP = 16;

export function axisSize(plot, texts) {
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
