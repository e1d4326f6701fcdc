// The expression browser: its panels, and their state in the address.
import { h, icon } from './dom.js';
import { header } from './header.js';
import { Panel } from './panel.js';
import { decodePanels, encodePanels, newPanelState } from './urlState.js';

header({ times: true });

const list = document.getElementById('panels');
let panels = [];

const owner = {
  changed: () => writeAddress(false),
  executed: (remember) => writeAddress(remember),
  duplicate: (panel) => addPanel(structuredClone(panel.state), panels.indexOf(panel) + 1).run(),
  open: (expr, panel) => addPanel({ ...newPanelState(), expr, endMs: panel.state.endMs, rangeMs: panel.state.rangeMs }, panels.indexOf(panel) + 1).run(),
  remove: removePanel,
};

function addPanel(state, at = panels.length) {
  const panel = new Panel(state, owner);
  list.insertBefore(panel.element, panels[at]?.element ?? null);
  panels.splice(at, 0, panel);
  return panel;
}

/// The last panel is emptied rather than removed: a page without a panel is of no use.
function removePanel(panel) {
  const at = panels.indexOf(panel);
  panels.splice(at, 1);
  panel.destroy();
  if (panels.length === 0) addPanel(newPanelState());
  panels[Math.min(at, panels.length - 1)].focus();
  writeAddress(true);
}

function writeAddress(remember) {
  const search = `?${encodePanels(panels.map((panel) => panel.state))}`;
  if (search === location.search) return;
  if (remember) history.pushState(null, '', search);
  else history.replaceState(null, '', search);
}

function readAddress() {
  for (const panel of panels) panel.destroy();
  panels = [];
  const states = decodePanels(location.search);
  for (const state of states.length ? states : [newPanelState()]) addPanel(state);
  for (const panel of panels) if (panel.state.expr) panel.run({ remember: false });
}

list.after(h('button', {
  type: 'button',
  class: 'add',
  onclick: () => {
    addPanel(newPanelState()).focus();
    writeAddress(true);
  },
}, icon('add'), 'Add query'));

// A slash, wherever nothing is typed into, leads to the first editor.
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest?.('input, select, textarea, [contenteditable], dialog');
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  panels[0].focus();
});
addEventListener('popstate', readAddress);

readAddress();
if (!panels[0].state.expr) panels[0].focus();
