// While the server still reads its log after a start, a page says so, and loads again once it is done.
import { api, base } from './api.js';
import { h } from './dom.js';

const EVERY_MS = 1000;

export async function watchStart() {
  if (!(await isStarting())) return;
  const progress = h('progress', { max: '1', 'aria-label': 'Replay of the write-ahead log' });
  const text = h('p', {}, 'The server is starting.');
  document.getElementById('main').prepend(h('div', { class: 'note info starting', role: 'status' }, text, progress));
  do {
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
    await showReplay(text, progress);
  } while (await isStarting());
  location.reload();
}

/// Whether the server answers that it is not ready; one that does not answer is not known to start.
async function isStarting() {
  try {
    return (await fetch(`${base}/-/ready`, { cache: 'no-store' })).status === 503;
  } catch {
    return false;
  }
}

async function showReplay(text, progress) {
  try {
    const { data: { min, max, current } } = await api('status/walreplay');
    if (max <= min) return;
    text.textContent = `The server is starting: segment ${current} of ${max} of the write-ahead log is read.`;
    progress.value = (current - min) / (max - min);
  } catch {
    // It may stop answering on its way; the next round looks again.
  }
}
