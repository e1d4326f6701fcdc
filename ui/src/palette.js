// Colours of series: ten hues for each theme, then the same again with dashes.

const LIGHT = ['#1f5fbf', '#d4480c', '#26803b', '#a12fb0', '#b8860b', '#0a7d94', '#c2255c', '#5b48c9', '#5f8a0e', '#5c6670'];
const DARK = ['#72a7ff', '#ff9258', '#6cd680', '#dd8ef0', '#f0c650', '#4fd3e3', '#ff86ab', '#aaa0ff', '#b4dc5c', '#b8c2cc'];
const DASHES = [[], [7, 4], [2, 3]];

export const colourOf = (index, dark) => (dark ? DARK : LIGHT)[index % LIGHT.length];

/// A CSS background that shows a series' colour and dashes.
export function swatchOf(index, dark) {
  const colour = colourOf(index, dark);
  const [on, off] = dashOf(index);
  return on ? `repeating-linear-gradient(90deg, ${colour} 0 ${on / 2}px, transparent ${on / 2}px ${(on + off) / 2}px)` : colour;
}

export const dashOf = (index) => DASHES[Math.floor(index / LIGHT.length) % DASHES.length];

// Few to many: a ramp for each theme, away from the paper's own lightness.
const HEAT_LIGHT = [[233, 244, 222], [139, 203, 137], [30, 132, 112], [20, 70, 110], [28, 22, 74]];
const HEAT_DARK = [[28, 50, 56], [30, 100, 104], [62, 158, 108], [188, 205, 72], [255, 240, 150]];
const HEAT_STEPS = 24;

/// Colours for shares from almost nothing to all.
export function heatColours(dark) {
  const stops = dark ? HEAT_DARK : HEAT_LIGHT;
  return Array.from({ length: HEAT_STEPS }, (_, i) => {
    const at = (i / (HEAT_STEPS - 1)) * (stops.length - 1);
    const below = Math.min(Math.floor(at), stops.length - 2);
    const mixed = stops[below].map((from, channel) => Math.round(from + (stops[below + 1][channel] - from) * (at - below)));
    return `rgb(${mixed.join(' ')})`;
  });
}
