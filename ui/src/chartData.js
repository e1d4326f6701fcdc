// Turns a range query's matrix into the columns that uPlot draws.

/// `{times, columns}`: times in seconds on the query's grid, one column for each series, null where
/// it has no sample. Values that have no place on an axis (NaN, ±Inf) and native histograms are null.
export function gridOf(result, startMs, endMs, stepMs) {
  const start = startMs / 1000;
  const step = stepMs / 1000;
  const steps = Math.floor((endMs - startMs) / stepMs) + 1;
  const times = Float64Array.from({ length: steps }, (_, i) => start + i * step);
  const columns = result.map(({ values = [] }) => {
    const column = new Array(steps).fill(null);
    for (const [time, text] of values) {
      const value = Number(text);
      const at = Math.round((time - start) / step);
      if (Number.isFinite(value) && at >= 0 && at < steps) column[at] = value;
    }
    return column;
  });
  return { times, columns };
}

/// Each shown column on top of the shown ones before it; a missing value counts as nothing, unless
/// all are missing.
export function stack(columns, isShown) {
  const steps = columns[0]?.length ?? 0;
  const sums = new Array(steps).fill(null);
  return columns.map((column, i) => {
    if (!isShown(i)) return column.map(() => null);
    for (let at = 0; at < steps; at++) {
      if (column[at] !== null) sums[at] = (sums[at] ?? 0) + column[at];
    }
    return sums.slice();
  });
}

/// Bands between neighbours of a stack, in uPlot's series numbers, which start at 1.
export function stackBands(columns, isShown) {
  const shown = columns.map((_, i) => i).filter(isShown);
  return shown.slice(1).map((upper, i) => ({ series: [upper + 1, shown[i] + 1] }));
}
