// One native histogram in a table: its figures, its shape, and every bucket on request.
import { h, svg } from './dom.js';
import { humanNumber } from './units.js';

const OPENING = ['(', '[', '(', '['];
const CLOSING = [']', ')', ')', ']'];

export function histogramView({ count, sum, buckets = [] }) {
  const largest = Math.max(...buckets.map(([, , , n]) => Number(n)), 0);
  const mean = Number(count) > 0 ? `, mean ${humanNumber(Number(sum) / Number(count))}` : '';
  return h('details', { class: 'histogram' },
    h('summary', {}, h('span', {}, `count ${count}, sum ${sum}${mean}`), buckets.length > 0 && shape(buckets, largest)),
    h('table', {},
      h('thead', {}, h('tr', {}, h('th', {}, 'Bucket'), h('th', {}, h('span', { class: 'unseen' }, 'Share of the largest')), h('th', { class: 'num' }, 'Count'))),
      h('tbody', {}, buckets.map(([rule, low, high, n]) => h('tr', {},
        h('td', {}, `${OPENING[rule] ?? '('}${low}, ${high}${CLOSING[rule] ?? ']'}`),
        h('td', { class: 'bar' }, h('progress', { max: String(largest), value: n, 'aria-hidden': 'true' })),
        h('td', { class: 'value' }, n))))));
}

/// The buckets as bars, all of the same width; empty ones between them leave a gap.
function shape(buckets, largest) {
  const bars = [];
  let at = 0;
  buckets.forEach(([rule, low, high, n], i) => {
    if (i > 0 && Number(buckets[i - 1][2]) < Number(low)) at++;
    const height = largest > 0 ? (Number(n) / largest) * 36 : 0;
    bars.push(svg('rect', { x: at, y: 36 - height, width: 0.9, height }, svg('title', {}, `${OPENING[rule] ?? '('}${low}, ${high}${CLOSING[rule] ?? ']'}: ${n}`)));
    at++;
  });
  return svg('svg', { class: 'shape', viewBox: `0 0 ${at} 36`, preserveAspectRatio: 'none', 'aria-hidden': 'true' }, ...bars);
}
