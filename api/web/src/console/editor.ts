// CodeMirror for Cypher. It lives in a shadow root: there its styles are constructed sheets, which the page's policy lets.
import { autocompletion, closeBrackets, completeFromList, type Completion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { cypher } from "@codemirror/legacy-modes/mode/cypher";
import { Compartment, EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const COLOURS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--accent)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--good)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.number, tags.atom, tags.bool, tags.standard(tags.variableName)], color: "var(--slot)" },
]);

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)", fontSize: "0.95rem" },
  "&.cm-focused": { outline: "2px solid var(--focus)" },
  ".cm-scroller": { fontFamily: "var(--mono)", minHeight: "9rem", maxHeight: "50vh", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--sunk)", color: "var(--soft)", borderRightColor: "var(--line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground": { backgroundColor: "var(--step-2)" },
  ".cm-selectionBackground": { backgroundColor: "var(--step-1)" },
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)" },
  ".cm-tooltip": { backgroundColor: "var(--surface)", borderColor: "var(--line-strong)", color: "var(--ink)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--accent-ink)",
  },
});

export interface Editor {
  /** Replace the text, if it is another. */
  set(text: string): void;
  /** Put the cursor at an offset in code points, as the API counts, and give the editor the focus. */
  goTo(offset: number): void;
  /** What may be completed. */
  complete(words: Completion[]): void;
  destroy(): void;
}

/** Type over a selection: Chromium, left to do it, would put a style on what remains, against the policy. */
function replaced(event: InputEvent, view: EditorView): boolean {
  const nothing = view.state.selection.main.empty;
  if (event.inputType !== "insertText" || event.data === null || nothing || view.composing) return false;
  event.preventDefault();
  view.dispatch(view.state.replaceSelection(event.data), { userEvent: "input.type" });
  return true;
}

/** Put an editor into an element. */
export function editor(
  host: HTMLElement,
  label: string,
  text: string,
  changed: (text: string) => void,
  run: () => void,
): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const words = new Compartment();
  const completing = (list: Completion[]) => autocompletion({ override: [completeFromList(list)], icons: false });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(keymap.of([{ key: "Ctrl-Enter", mac: "Mod-Enter", run: () => (run(), true) }])),
        lineNumbers(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        words.of(completing([])),
        // Tab is not taken: it leads out of the editor, for whoever has no mouse.
        keymap.of([...defaultKeymap, ...historyKeymap]),
        StreamLanguage.define(cypher),
        syntaxHighlighting(COLOURS),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
        EditorView.domEventHandlers({ beforeinput: replaced }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) changed(update.state.doc.toString());
        }),
        LOOK,
      ],
    }),
  });
  return {
    set(next) {
      const now = view.state.doc.toString();
      if (next !== now) view.dispatch({ changes: { from: 0, to: now.length, insert: next } });
    },
    goTo(offset) {
      const units = [...view.state.doc.toString()].slice(0, offset).join("").length;
      const end = Math.min(units + 1, view.state.doc.length);
      view.dispatch({ selection: { anchor: Math.min(units, end), head: end }, scrollIntoView: true });
      view.focus();
    },
    complete(list) {
      view.dispatch({ effects: words.reconfigure(completing(list)) });
    },
    destroy: () => view.destroy(),
  };
}
