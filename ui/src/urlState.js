// The panels' state in the address, in Prometheus' parameters: `g0.expr=up&g0.tab=graph&…`. Those of
// its older UI (`g0.tab=0`, `g0.step_input`, `g0.stacked`) are read too.
import { formatDuration, formatTime, parseDuration, parseTime } from './time.js';

/// A panel's state: times are milliseconds, `endMs` null means now.
/// `resolution` is `{type: 'auto', density}` or `{type: 'fixed' | 'custom', stepMs}`.
export function newPanelState() {
  return {
    expr: '',
    tab: 'table',
    rangeMs: 3600_000,
    endMs: null,
    resolution: { type: 'auto', density: 'medium' },
    displayMode: 'lines',
    showGaps: true,
    yMin: null,
    showExemplars: false,
  };
}

export function decodePanels(search) {
  const params = new URLSearchParams(search);
  const panels = [];
  for (let i = 0; params.has(`g${i}.expr`); i++) {
    panels.push(decodePanel((name) => params.get(`g${i}.${name}`)));
  }
  return panels;
}

function decodePanel(get) {
  const state = newPanelState();
  state.expr = get('expr');
  state.tab = get('tab') === '0' ? 'graph' : ['graph', 'explain'].includes(get('tab')) ? get('tab') : 'table';
  state.rangeMs = parseDuration(get('range_input') ?? '') ?? state.rangeMs;
  state.endMs = parseTime(get('moment_input') ?? '') ?? parseTime(get('end_input') ?? '');
  state.resolution = decodeResolution(get) ?? state.resolution;
  state.displayMode = get('stacked') === '1' ? 'stacked' : ['stacked', 'heatmap'].includes(get('display_mode')) ? get('display_mode') : 'lines';
  state.showExemplars = get('show_exemplars') === '1';
  state.showGaps = get('show_gaps') !== '0';
  state.yMin = get('y_axis_min') ? Number.parseFloat(get('y_axis_min')) : null;
  return state;
}

function decodeResolution(get) {
  const type = get('res_type');
  if (type === 'auto' && ['low', 'medium', 'high'].includes(get('res_density'))) {
    return { type, density: get('res_density') };
  }
  const step = type === 'fixed' || type === 'custom' ? get('res_step') : get('step_input');
  const stepMs = Math.round(Number.parseFloat(step) * 1000);
  return stepMs > 0 ? { type: type === 'fixed' ? 'fixed' : 'custom', stepMs } : null;
}

export function encodePanels(panels) {
  const params = new URLSearchParams();
  panels.forEach((state, i) => {
    for (const [name, value] of encodePanel(state)) params.append(`g${i}.${name}`, value);
  });
  return params.toString();
}

function encodePanel(state) {
  const { resolution } = state;
  const pairs = [
    ['expr', state.expr],
    ['show_tree', '0'],
    ['tab', state.tab],
  ];
  if (state.endMs !== null) {
    pairs.push(['end_input', formatTime(state.endMs)], ['moment_input', formatTime(state.endMs)]);
  }
  pairs.push(['range_input', formatDuration(state.rangeMs)], ['res_type', resolution.type]);
  pairs.push(resolution.type === 'auto'
    ? ['res_density', resolution.density]
    : ['res_step', String(resolution.stepMs / 1000)]);
  pairs.push(['display_mode', state.displayMode]);
  if (!state.showGaps) pairs.push(['show_gaps', '0']);
  if (state.yMin !== null) pairs.push(['y_axis_min', String(state.yMin)]);
  pairs.push(['show_exemplars', state.showExemplars ? '1' : '0']);
  return pairs;
}

const POINTS = { low: 100, medium: 250, high: 750 };

/// Step of a range query in milliseconds, whole seconds where it is found by itself.
export function stepOf({ resolution, rangeMs }) {
  if (resolution.type !== 'auto') return resolution.stepMs;
  return Math.max(1, Math.floor(rangeMs / POINTS[resolution.density] / 1000)) * 1000;
}
