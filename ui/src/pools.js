// Targets and service discovery: filters without a page load, and fresh rows while somebody looks.
// The server's own page is the only renderer: it is fetched again and its differences are taken over.
import { debounce } from './dom.js';
import { stored } from './settings.js';

const TYPING_MS = 250;

export function livePools({ refreshMs }) {
  const form = document.getElementById('filter');
  const pools = document.getElementById('pools');
  let running = null;

  const address = () => {
    const given = [...new FormData(form)].filter(([, value]) => value !== '');
    const query = new URLSearchParams(given).toString();
    return location.pathname + (query ? `?${query}` : '');
  };

  async function refresh() {
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(address(), { signal: running.signal });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      const freshPools = fresh.getElementById('pools');
      if (!freshPools) throw new Error('not a page of this server');
      takeOver(pools, freshPools);
      const counts = document.getElementById('counts');
      if (counts) takeOver(counts, fresh.getElementById('counts'));
      pools.classList.remove('stale');
    } catch (error) {
      if (error.name !== 'AbortError') pools.classList.add('stale');
    }
  }

  function filter() {
    form.querySelector('[name=from]')?.remove();
    history.replaceState(null, '', address());
    refresh();
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    filter();
  });
  form.addEventListener('input', debounce(TYPING_MS, filter));
  collapsing(document.getElementById('collapse'), pools);
  rememberFolded(pools);
  if (refreshMs) setInterval(() => document.hidden || refresh(), refreshMs);
}

function collapsing(button, pools) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const all = [...pools.querySelectorAll('.pool')];
    const open = !all.some((pool) => pool.open);
    for (const pool of all) pool.open = open;
    button.textContent = open ? 'Collapse all' : 'Expand all';
  });
}

/// Folds the pools that were folded when the reader last was here.
function rememberFolded(pools) {
  const key = `narthex.folded.${document.body.dataset.page}`;
  const folded = new Set(stored(key, []));
  for (const pool of pools.querySelectorAll('.pool')) if (folded.has(pool.dataset.pool)) pool.open = false;
  pools.addEventListener('toggle', ({ target: pool }) => {
    if (!pool.classList.contains('pool')) return;
    if (pool.open) folded.delete(pool.dataset.pool);
    else folded.add(pool.dataset.pool);
    localStorage.setItem(key, JSON.stringify([...folded]));
  }, true);
}

/// Makes `old` like `fresh` with as few changes as its shape allows, so that focus, selection and
/// folded pools stay.
export function takeOver(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || old.dataset?.pool !== fresh.dataset?.pool) {
    old.replaceWith(document.importNode(fresh, true));
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.nodeValue !== fresh.nodeValue) old.nodeValue = fresh.nodeValue;
    return;
  }
  takeOverAttributes(old, fresh);
  const oldChildren = [...old.childNodes];
  const freshChildren = [...fresh.childNodes];
  freshChildren.forEach((child, i) => {
    if (i < oldChildren.length) takeOver(oldChildren[i], child);
    else old.append(document.importNode(child, true));
  });
  for (const extra of oldChildren.slice(freshChildren.length)) extra.remove();
}

function takeOverAttributes(old, fresh) {
  for (const { name, value } of fresh.attributes) {
    if (name !== 'open' && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (name !== 'open' && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}
