// The graph tab: controls above, the chart of a range query below.
import { api } from './api.js';
import { h } from './dom.js';
import { drawings } from './drawings.js';
import { graphControls } from './graphControls.js';
import { countText, nothingAsked } from './tableView.js';
import { onSettings } from './settings.js';
import { formatDuration } from './time.js';
import { observedUnitOf, unitOf } from './units.js';
import { stepOf } from './urlState.js';

export class GraphView {
  element = h('div', { class: 'view' });
  #state;
  #controls;
  #body = h('div', { class: 'result-body' });
  #charts = [];
  #shown = null;
  #asHeat = false;
  #forget;
  #run;
  #unit = '';
  #observedUnit = '';

  /// `run` asks the panel to execute; `changed` tells it that the state is another.
  constructor(state, { run, changed }) {
    this.#state = state;
    this.#run = run;
    this.#controls = graphControls(state, {
      run,
      draw: () => {
        changed();
        this.#redraw();
      },
    });
    this.#forget = onSettings(() => this.#charts.forEach((chart) => chart.redraw()));
    this.element.append(this.#controls.element, this.#body);
    this.invite();
  }

  /// Asks for the range; the answer goes to `show`.
  async query(expression, signal) {
    const stepMs = stepOf(this.#state);
    const wantedEndMs = this.#state.endMs ?? Date.now();
    const endMs = Math.floor(wantedEndMs / 1000) * 1000;
    const grid = { startMs: endMs - this.#state.rangeMs, endMs, stepMs };
    const span = { query: expression, start: grid.startMs / 1000, end: endMs / 1000 };
    const [answer, exemplars] = await Promise.all([
      api('query_range', { ...span, step: stepMs / 1000 }, signal),
      this.#state.showExemplars ? exemplarsIn(span, signal) : null,
    ]);
    return { answer, grid, expression, exemplars };
  }

  show(shown) {
    const { answer, grid, expression, exemplars } = shown;
    this.clear();
    this.#shown = shown;
    this.#asHeat = this.#state.displayMode === 'heatmap';
    this.#unit = unitOf(expression);
    this.#observedUnit = observedUnitOf(expression);
    const { charts, notes } = drawings(answer.data.result, grid, this.#options(), exemplars);
    this.#charts = charts;
    this.#body.append(...notes, ...charts.map(({ element }) => element));
  }

  /// Draws what is shown in another way; which series are hidden stays unless the kind of drawing
  /// changes.
  #redraw() {
    const options = this.#options();
    const kind = options.mode === 'heatmap';
    if (this.#shown && kind !== this.#asHeat) this.show(this.#shown);
    else for (const chart of this.#charts) chart.redraw(options);
  }

  /// What the panel's line of figures says.
  summary({ answer, grid }) {
    return `${countText(answer.data)} · step ${formatDuration(grid.stepMs)}`;
  }

  #options() {
    const { displayMode, showGaps, yMin } = this.#state;
    return { mode: displayMode, stacked: displayMode === 'stacked', showGaps, yMin, unit: this.#unit, observedUnit: this.#observedUnit, onZoom: (startMs, endMs) => this.#zoom(startMs, endMs) };
  }

  #zoom(startMs, endMs) {
    this.#state.endMs = endMs;
    this.#state.rangeMs = endMs - startMs;
    this.#controls.show();
    this.#run();
  }

  clear() {
    for (const chart of this.#charts) chart.destroy();
    this.#charts = [];
    this.#shown = null;
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

/// Exemplars of the expression's series: `{data}`, or `{error}` if the server refuses.
async function exemplarsIn(span, signal) {
  try {
    return { data: (await api('query_exemplars', span, signal)).data };
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    return { error: error.message };
  }
}
