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
