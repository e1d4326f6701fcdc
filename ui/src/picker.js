// A dialog that offers a list to choose from, filtered while one types.
import { debounce, h, icon, iconButton } from './dom.js';

const MOST_ROWS = 200;
const TYPING_MS = 60;

/// Opens the dialog. `load` gives the items, `text` what is searched of one (a name first), `row` the
/// content of its button, `pick` takes the choice, `aside.pick` one
/// made by its second button; `footer` may add buttons.
export function pick({ title, search, load, text, row, pick, nothing, aside = null, footer = () => [] }) {
  const input = h('input', { type: 'search', placeholder: search, 'aria-label': search, autocomplete: 'off', spellcheck: 'false' });
  const list = h('ul', { class: 'choices' });
  const status = h('p', { class: 'empty', role: 'status' }, 'Loading…');
  const dialog = h('dialog', { class: 'picker', 'aria-label': title },
    h('header', {}, h('h2', {}, title), iconButton('remove', 'Close', () => dialog.close())),
    input, list, h('footer', {}, status, footer(() => dialog.close())));
  let items = [];

  const choose = (item, take = pick) => {
    dialog.close();
    take(item);
  };
  const show = () => {
    const found = rank(items, input.value, text);
    list.replaceChildren(...found.slice(0, MOST_ROWS).map((item) =>
      h('li', {}, h('button', { type: 'button', class: 'choice', onclick: () => choose(item) }, row(item)),
        aside && h('button', { type: 'button', class: 'quiet text', 'aria-label': `${aside.label} of ${text(item)[0]}`, onclick: () => choose(item, aside.pick) }, icon(aside.icon), aside.label))));
    status.textContent = found.length === 0 ? nothing
      : found.length > MOST_ROWS ? `${MOST_ROWS} of ${found.length} shown: type more to narrow`
        : `${found.length} of ${items.length}`;
  };
  input.addEventListener('input', debounce(TYPING_MS, show));
  dialog.addEventListener('keydown', (event) => moveFocus(event, input, list));
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  input.focus();
  load().then((loaded) => {
    items = loaded;
    show();
  }, (error) => {
    status.textContent = error.message;
    status.classList.add('error');
  });
}

/// Arrow keys walk through the list, Enter in the search field takes the first.
function moveFocus(event, input, list) {
  const buttons = [...list.querySelectorAll('.choice')];
  const at = buttons.indexOf(document.activeElement.closest('li')?.firstElementChild);
  if (event.key === 'ArrowDown') buttons[Math.min(at + 1, buttons.length - 1)]?.focus();
  else if (event.key === 'ArrowUp') (buttons[at - 1] ?? input).focus();
  else if (event.key === 'Enter' && document.activeElement === input) buttons[0]?.click();
  else return;
  event.preventDefault();
}

/// Items that hold every word, those that start with the search or hold it first; if there is none,
/// those that hold its letters in order.
function rank(items, search, text) {
  const wanted = search.trim().toLowerCase();
  if (!wanted) return items;
  const words = wanted.split(/\s+/);
  const found = [];
  for (const item of items) {
    const [name, ...more] = text(item).map((part) => part.toLowerCase());
    const all = [name, ...more].join(' ');
    if (words.every((word) => all.includes(word))) {
      found.push([name.startsWith(wanted) ? 0 : name.includes(wanted) ? 1 : 2, item]);
    }
  }
  if (found.length) return found.sort(([a], [b]) => a - b).map(([, item]) => item);
  const letters = words.join('');
  return items.filter((item) => isSubsequence(letters, text(item)[0].toLowerCase()));
}

function isSubsequence(letters, text) {
  let at = -1;
  return [...letters].every((letter) => (at = text.indexOf(letter, at + 1)) >= 0);
}
