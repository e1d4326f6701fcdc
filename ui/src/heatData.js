// Turns histograms over time into the cells of a heat map.

/// One for each histogram series: `{metric, columns}`, a column `{count, sum, buckets}` for each
/// step of the grid, null where there is no sample. Buckets are `{low, high, count}`.
export function nativeHeat(result, { startMs, endMs, stepMs }) {
  const steps = Math.floor((endMs - startMs) / stepMs) + 1;
  return result.map(({ metric, histograms }) => {
    const columns = new Array(steps).fill(null);
    for (const [time, { count, sum, buckets = [] }] of histograms) {
      const at = Math.round((time * 1000 - startMs) / stepMs);
      if (at >= 0 && at < steps) {
        columns[at] = { count: Number(count), sum: Number(sum), buckets: buckets.map(([, low, high, n]) => ({ low: bound(low), high: bound(high), count: Number(n) })) };
      }
    }
    return { metric, columns };
  });
}

/// The same of classic buckets: series that differ only in `le`, whose counts include all smaller
/// ones.
export function classicHeat(result, columnsOf) {
  const groups = new Map();
  result.forEach(({ metric: { le, ...rest } }, i) => {
    const key = JSON.stringify(Object.entries(rest).sort());
    if (!groups.has(key)) groups.set(key, { metric: rest, bounds: [] });
    groups.get(key).bounds.push({ high: upperBound(le), values: columnsOf[i] });
  });
  return [...groups.values()].map(({ metric, bounds }) => ({ metric, columns: differences(bounds.sort((a, b) => a.high - b.high)) }));
}

function differences(bounds) {
  const steps = bounds[0].values.length;
  return Array.from({ length: steps }, (_, at) => {
    const present = bounds.filter(({ values }) => values[at] !== null);
    if (present.length === 0) return null;
    let below = 0;
    let low = -Infinity;
    const buckets = [];
    for (const { high, values } of present) {
      buckets.push({ low, high, count: Math.max(0, values[at] - below) });
      below = values[at];
      low = high;
    }
    return { count: below, sum: null, buckets };
  });
}

/// Whether every series is a classic bucket.
export const areBuckets = (result) => result.length > 0 && result.every(({ metric }) => !Number.isNaN(upperBound(metric.le)));

const upperBound = (le) => (le ? bound(le) : NaN);

const INFINITE = { '+Inf': Infinity, '-Inf': -Infinity };

/// A number as the API writes it.
const bound = (text) => INFINITE[text] ?? Number(text);

/// All bounds of all columns' buckets that hold something, ascending; rows of the map lie between
/// neighbours.
export function boundsOf(columns) {
  const bounds = new Set();
  for (const column of columns) {
    for (const { low, high, count } of column?.buckets ?? []) if (count > 0) bounds.add(low).add(high);
  }
  return [...bounds].sort((a, b) => a - b);
}
