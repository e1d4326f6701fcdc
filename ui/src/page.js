// Pages that are whole without scripts; scripts only make them livelier.
import { header } from './header.js';
import { livePools } from './pools.js';
import { h } from './dom.js';
import { runningQueries } from './runningQueries.js';

header();

const pages = {
  targets: () => livePools({ refreshMs: 10_000 }),
  'service-discovery': () => livePools({}),
  config: copyButton,
  flags: filterFlags,
  queries: runningQueries,
};
pages[document.body.dataset.page]?.();

function copyButton() {
  const button = document.getElementById('copy');
  const yaml = document.getElementById('yaml');
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(yaml.textContent);
      button.textContent = 'Copied';
    } catch {
      // The clipboard needs https or permission: select the text, so that one key copies it.
      getSelection().selectAllChildren(yaml);
      button.textContent = 'Selected: press Ctrl+C';
    }
    setTimeout(() => (button.textContent = 'Copy to clipboard'), 2500);
  });
}

function filterFlags() {
  const search = document.getElementById('search');
  const rows = [...document.querySelectorAll('#flags tr')];
  const nothing = h('p', { class: 'empty', hidden: true, role: 'status' }, 'No flag matches.');
  document.getElementById('flags').after(nothing);
  search.hidden = false;
  search.addEventListener('input', () => {
    const words = search.value.toLowerCase().split(' ');
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    nothing.hidden = rows.some((row) => !row.hidden);
  });
}
