// The graph tab: controls above, the chart of a range query below.
import { api } from './api.js';
import { Chart } from './chart.js';
import { h } from './dom.js';
import { graphControls } from './graphControls.js';
import { countText, nothingAsked } from './tableView.js';
import { onSettings } from './settings.js';
import { formatDuration } from './time.js';
import { unitOf } from './units.js';
import { stepOf } from './urlState.js';

export class GraphView {
  element = h('div', { class: 'view' });
  #state;
  #controls;
  #body = h('div', { class: 'result-body' });
  #chart = null;
  #forget;
  #run;
  #unit = '';

  /// `run` asks the panel to execute; `changed` tells it that the state is another.
  constructor(state, { run, changed }) {
    this.#state = state;
    this.#run = run;
    this.#controls = graphControls(state, {
      run,
      draw: () => {
        changed();
        this.#chart?.redraw(this.#options());
      },
    });
    this.#forget = onSettings(() => this.#chart?.redraw());
    this.element.append(this.#controls.element, this.#body);
    this.invite();
  }

  /// Asks for the range; the answer goes to `show`.
  async query(expression, signal) {
    const stepMs = stepOf(this.#state);
    const wantedEndMs = this.#state.endMs ?? Date.now();
    const endMs = Math.floor(wantedEndMs / 1000) * 1000;
    const grid = { startMs: endMs - this.#state.rangeMs, endMs, stepMs };
    const answer = await api('query_range', {
      query: expression, start: grid.startMs / 1000, end: endMs / 1000, step: stepMs / 1000,
    }, signal);
    return { answer, grid, expression };
  }

  show({ answer, grid, expression }) {
    this.clear();
    const { result } = answer.data;
    this.#unit = unitOf(expression);
    const drawable = result.filter(({ values }) => values?.length);
    if (result.length === 0) {
      this.#body.append(h('p', { class: 'empty' }, 'The result is empty: no series matches in this range.'));
    } else if (drawable.length < result.length) {
      this.#body.append(h('p', { class: 'note info' }, `${result.length - drawable.length} series hold native histograms, which are shown in the Table tab; apply histogram_quantile() to draw them.`));
    }
    if (drawable.length === 0) return;
    this.#chart = new Chart(drawable, grid, this.#options());
    this.#body.append(this.#chart.element);
  }

  /// What the panel's line of figures says.
  summary({ answer, grid }) {
    return `${countText(answer.data)} · step ${formatDuration(grid.stepMs)}`;
  }

  #options() {
    const { displayMode, showGaps, yMin } = this.#state;
    return { stacked: displayMode === 'stacked', showGaps, yMin, unit: this.#unit, onZoom: (startMs, endMs) => this.#zoom(startMs, endMs) };
  }

  #zoom(startMs, endMs) {
    this.#state.endMs = endMs;
    this.#state.rangeMs = endMs - startMs;
    this.#controls.show();
    this.#run();
  }

  clear() {
    this.#chart?.destroy();
    this.#chart = null;
    this.#body.replaceChildren();
  }

  /// Shows that nothing has been asked yet.
  invite() {
    this.clear();
    this.#body.append(nothingAsked());
  }

  destroy() {
    this.clear();
    this.#controls.destroy();
    this.#forget();
  }
}
