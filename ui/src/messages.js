// What the server says of an expression: above the result, and marked at its place in the editor.
import { h } from './dom.js';
import { placeIn } from './places.js';

const NAMES = { error: 'Error', warning: 'Warning', info: 'Info' };

export class Messages {
  element = h('div', { class: 'messages', role: 'status' });
  #editor;

  constructor(editor) {
    this.#editor = editor;
  }

  /// Shows `list` of `{kind, text}` in place of what stood there.
  tell(list) {
    const placed = list.map(({ kind, text }) => ({ kind, text, place: placeIn(text) }));
    this.#editor.markMessages(placed);
    this.element.replaceChildren(...placed.map((message) => this.#note(message)));
  }

  #note({ kind, text, place }) {
    return h('p', { class: `note ${kind}` }, h('strong', {}, NAMES[kind]), ' ', place ? this.#placed(text, place) : text);
  }

  /// The text with its `line:column` as a button that leads there.
  #placed(text, place) {
    const name = `${place.line}:${place.column}`;
    const at = text.lastIndexOf(`${name}`);
    return [text.slice(0, at), h('button', {
      type: 'button', class: 'place', title: 'Show the place in the expression', onclick: () => this.#editor.goTo(place),
    }, name), text.slice(at + name.length)];
  }
}
