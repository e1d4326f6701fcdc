// The expression editor: CodeMirror with PromQL's language, completion and linting.
import { acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus, selectedCompletion, selectedCompletionIndex } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from '@codemirror/commands';
import { bracketMatching, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { EditorView, highlightSpecialChars, keymap, placeholder } from '@codemirror/view';
import { classHighlighter, tagHighlighter, tags } from '@lezer/highlight';
import { PromQLExtension } from '@prometheus-io/codemirror-promql';
import { base } from './api.js';
import { markPlaces, places, rangeOf } from './places.js';
import { isDark, onSettings } from './settings.js';

const functions = tagHighlighter([{ tag: tags.function(tags.variableName), class: 'tok-function' }]);

const nonce = document.documentElement.dataset.styleNonce;

/// Whether Enter should take the offered completion: it ends a word that is begun, or was walked to.
/// After a finished expression the list offers operators, which must not stand in Enter's way.
function wantsCompletion(state) {
  const offered = completionStatus(state) === 'active' ? selectedCompletion(state) : null;
  if (!offered) return false;
  if (selectedCompletionIndex(state) > 0) return true;
  const { head } = state.selection.main;
  const word = /[\w:]+$/.exec(state.sliceDoc(Math.max(0, head - 200), head))?.[0];
  return word !== undefined && word !== offered.label;
}

/// An editor in `parent`. `onExecute` runs on Enter, `onChange` after each change of the text.
export class Editor {
  #view;
  #theme = new Compartment();
  #promql = new PromQLExtension().setComplete({ remote: { url: base, httpErrorHandler: () => {} } });
  #forget;
  #messageMarks = [];
  #markedText = '';

  constructor(parent, text, { onExecute, onChange }) {
    this.#view = new EditorView({
      parent,
      state: EditorState.create({ doc: text, extensions: this.#extensions(onExecute, onChange) }),
    });
    this.#forget = onSettings(() => this.#view.dispatch({ effects: this.#theme.reconfigure(this.#darkness()) }));
  }

  #darkness() {
    return EditorView.darkTheme.of(isDark());
  }

  #extensions(onExecute, onChange) {
    const execute = (view) => {
      return wantsCompletion(view.state) ? acceptCompletion(view) : run(view);
    };
    const run = (view) => {
      closeCompletion(view);
      onExecute();
      return true;
    };
    return [
      EditorView.cspNonce.of(nonce),
      this.#theme.of(this.#darkness()),
      Prec.highest(keymap.of([
        { key: 'Mod-Enter', run },
        { key: 'Enter', run: execute, shift: insertNewlineAndIndent },
        { key: 'Tab', run: acceptCompletion },
      ])),
      history(),
      highlightSpecialChars(),
      EditorState.allowMultipleSelections.of(false),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      autocompletion({ icons: false }),
      EditorView.lineWrapping,
      syntaxHighlighting(classHighlighter),
      syntaxHighlighting(functions),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
      placeholder('Expression, such as rate(http_requests_total[5m])'),
      EditorView.contentAttributes.of({ 'aria-label': 'PromQL expression', autocapitalize: 'off', spellcheck: 'false' }),
      EditorView.updateListener.of((update) => update.docChanged && onChange(this.text)),
      this.#promql.asExtension(),
      places(),
    ];
  }

  get text() {
    return this.#view.state.doc.toString();
  }

  set text(text) {
    const { doc } = this.#view.state;
    this.#view.dispatch({ changes: { from: 0, to: doc.length, insert: text }, selection: { anchor: text.length } });
  }

  /// Puts `text` where the cursor is, over what is selected.
  insert(text) {
    this.#view.dispatch(this.#view.state.replaceSelection(text));
    this.focus();
  }

  /// Marks what `messages` of `{place, kind, text}` speak of, until the text changes.
  markMessages(messages) {
    this.#mark(messages.flatMap(({ place, kind, text }) => {
      const range = place && rangeOf(this.#view.state, place);
      return range ? [{ ...range, kind, text }] : [];
    }));
  }

  /// Makes `[from, to)` of the text stand out beside the messages' marks; null ends that.
  point(range) {
    const { length } = this.#view.state.doc;
    const pointed = range && range.to <= length ? [{ ...range, kind: 'node', text: '' }] : [];
    this.#view.dispatch(markPlaces([...this.#marked(), ...pointed]));
  }

  /// Selects what stands at `place` and takes the focus there.
  goTo(place) {
    const range = rangeOf(this.#view.state, place);
    if (range) this.#view.dispatch({ selection: { anchor: range.from, head: range.to }, scrollIntoView: true });
    this.focus();
  }

  #mark(marks) {
    this.#messageMarks = marks;
    this.#markedText = this.text;
    this.#view.dispatch(markPlaces(marks));
  }

  #marked() {
    return this.#markedText === this.text ? this.#messageMarks : [];
  }

  focus() {
    this.#view.focus();
  }

  destroy() {
    this.#forget();
    this.#promql.destroy();
    this.#view.destroy();
  }
}
