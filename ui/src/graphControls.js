// What a graph shows: range, end, resolution, and how it is drawn.
import { h, iconButton } from './dom.js';
import { formatDuration, parseDuration } from './time.js';
import { timeField } from './timeField.js';

const RANGES = ['1s', '10s', '1m', '5m', '15m', '30m', '1h', '2h', '6h', '12h', '1d', '2d', '1w', '2w', '4w', '8w', '1y', '2y'].map(parseDuration);
const FIXED_STEPS = ['10s', '30s', '1m', '5m', '15m', '1h'].map(parseDuration);

/// `run` asks for new data, `draw` for the same data drawn otherwise.
export function graphControls(state, { run, draw }) {
  const end = timeField({
    label: 'End time',
    get: () => state.endMs,
    set: (ms) => {
      state.endMs = ms;
      run();
    },
    stepMs: () => state.rangeMs / 2,
  });
  const range = rangeField(state, run);
  const element = h('div', { class: 'controls' }, range.element, end.element, resolution(state, run),
    displayMode(state, draw), check('Show gaps', state.showGaps, (on) => {
      state.showGaps = on;
      draw();
    }), check('From zero', state.yMin === 0, (on) => {
      state.yMin = on ? 0 : null;
      draw();
    }), check('Exemplars', state.showExemplars, (on) => {
      state.showExemplars = on;
      run();
    }));
  const show = () => {
    range.show();
    end.show();
  };
  return { element, show, destroy: end.destroy };
}

function rangeField(state, run) {
  const input = h('input', { type: 'text', class: 'range', 'aria-label': 'Range', title: 'Range, such as 1h30m', autocomplete: 'off', spellcheck: 'false' });
  const show = () => {
    input.value = formatDuration(state.rangeMs);
    input.removeAttribute('aria-invalid');
  };
  const change = (ms) => {
    state.rangeMs = ms;
    show();
    run();
  };
  input.addEventListener('change', () => {
    const ms = parseDuration(input.value);
    if (ms === null) input.setAttribute('aria-invalid', 'true');
    else change(ms);
  });
  const shorter = () => change(RANGES.findLast((ms) => ms < state.rangeMs) ?? RANGES[0]);
  const longer = () => change(RANGES.find((ms) => ms > state.rangeMs) ?? RANGES.at(-1));
  show();
  return {
    element: h('div', { class: 'joined' }, iconButton('minus', 'Shorter range', shorter), input, iconButton('add', 'Longer range', longer)),
    show,
  };
}

function resolution(state, run) {
  const option = (value, text) => h('option', { value }, text);
  const select = h('select', { 'aria-label': 'Resolution', title: 'Resolution' },
    h('optgroup', { label: 'Automatic' }, option('low', 'Low resolution'), option('medium', 'Medium resolution'), option('high', 'High resolution')),
    h('optgroup', { label: 'Fixed' }, FIXED_STEPS.map((ms) => option(String(ms), `Step ${formatDuration(ms)}`))),
    option('custom', 'Custom step…'));
  const custom = h('input', { type: 'text', class: 'range', 'aria-label': 'Custom step', title: 'Step, such as 15s', autocomplete: 'off' });
  const show = () => {
    const { type, density, stepMs } = state.resolution;
    const known = type === 'fixed' && FIXED_STEPS.includes(stepMs);
    select.value = type === 'auto' ? density : known ? String(stepMs) : 'custom';
    custom.hidden = select.value !== 'custom';
    if (stepMs) custom.value = formatDuration(stepMs);
  };
  select.addEventListener('change', () => {
    if (select.value === 'custom') {
      custom.hidden = false;
      custom.value ||= '15s';
      custom.dispatchEvent(new Event('change'));
      custom.focus();
      custom.select();
      return;
    }
    const stepMs = Number(select.value);
    state.resolution = stepMs ? { type: 'fixed', stepMs } : { type: 'auto', density: select.value };
    show();
    run();
  });
  custom.addEventListener('change', () => {
    const stepMs = parseDuration(custom.value);
    if (stepMs === null) {
      custom.setAttribute('aria-invalid', 'true');
      return;
    }
    custom.removeAttribute('aria-invalid');
    state.resolution = { type: 'custom', stepMs };
    run();
  });
  show();
  return h('div', { class: 'joined' }, select, custom);
}

function displayMode(state, draw) {
  const button = (mode, text) => h('button', {
    type: 'button',
    'aria-pressed': String(state.displayMode === mode),
    onclick: () => {
      state.displayMode = mode;
      for (const other of group.children) other.setAttribute('aria-pressed', String(other.textContent === text));
      draw();
    },
  }, text);
  const group = h('div', { class: 'joined switch', role: 'group', 'aria-label': 'Display' }, button('lines', 'Lines'), button('stacked', 'Stacked'), button('heatmap', 'Heatmap'));
  return group;
}

function check(text, checked, onchange) {
  return h('label', { class: 'check' }, h('input', { type: 'checkbox', checked, onchange: (event) => onchange(event.target.checked) }), text);
}
