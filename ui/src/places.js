// Places in the expression that the server's messages speak of, marked in the editor.
import { syntaxTree } from '@codemirror/language';
import { StateEffect, StateField } from '@codemirror/state';
import { Decoration, EditorView, hoverTooltip } from '@codemirror/view';
import { h } from './dom.js';

/// `line:column` that a message names, both from 1, the column in bytes; null if it names none.
/// Annotations end in `(1:6)`, mistakes of the parser begin `1:6: parse error`.
export function placeIn(message) {
  const found = /\((\d+):(\d+)\)$/.exec(message) ?? /(\d+):(\d+): parse error/.exec(message);
  return found ? { line: Number(found[1]), column: Number(found[2]) } : null;
}

const EXPRESSIONS = new Set(['VectorSelector', 'MatrixSelector', 'FunctionCall', 'AggregateExpr', 'ParenExpr', 'UnaryExpr',
  'NumberDurationLiteral', 'StringLiteral', 'SubqueryExpr']);

/// The characters `{from, to}` of the expression that begins at `place`; null if the text has no
/// such line.
export function rangeOf(state, { line, column }) {
  if (line < 1 || line > state.doc.lines) return null;
  const { from, to, text } = state.doc.line(line);
  const start = Math.min(from + charactersIn(text, column - 1), to);
  for (let node = syntaxTree(state).resolveInner(start, 1); node; node = node.parent) {
    if (node.from === start && EXPRESSIONS.has(node.name)) return { from: start, to: node.to };
  }
  const word = /^[\w:]+|^./u.exec(state.sliceDoc(start, start + 100))?.[0];
  return word ? { from: start, to: start + word.length } : { from: Math.max(0, start - 1), to: start };
}

/// How many UTF-16 units of `text` its first `bytes` bytes of UTF-8 are.
function charactersIn(text, bytes) {
  return new TextDecoder().decode(new TextEncoder().encode(text).slice(0, Math.max(0, bytes))).length;
}

const setMarks = StateEffect.define();

/// Marks hold until the text changes: the messages were about the old text.
const marks = StateField.define({
  create: () => [],
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(setMarks)) return effect.value;
    return transaction.docChanged ? [] : value;
  },
  provide: (field) => EditorView.decorations.from(field, (list) => Decoration.set(
    list.filter(({ from, to }) => from < to).map(({ from, to, kind }) => Decoration.mark({ class: `cm-place cm-place-${kind}` }).range(from, to)), true)),
});

const tips = hoverTooltip((view, pos) => {
  const here = view.state.field(marks).filter(({ from, to, text }) => text && from <= pos && pos <= to);
  if (here.length === 0) return null;
  return {
    pos: here[0].from,
    end: here[0].to,
    create: () => ({ dom: h('div', {}, here.map(({ kind, text }) => h('p', { class: `place-tip ${kind}` }, text))) }),
  };
});

export const places = () => [marks, tips];

/// Marks `list` of `{from, to, kind, text}`; kinds are `error`, `warning`, `info` and `node`.
export const markPlaces = (list) => ({ effects: setMarks.of(list) });
