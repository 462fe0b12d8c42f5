// The interface's words in the reader's language.
import { en, type Word } from "./en";
import { QUESTIONS } from "./questions";
import { zh } from "./zh";

const KEY = "talentgraph.language";
export type Language = "en" | "zh";

function kept(): Language {
  const chosen = localStorage.getItem(KEY);
  if (chosen === "zh" || chosen === "en") return chosen;
  return navigator.language.startsWith("zh") ? "zh" : "en";
}

class Words {
  language = $state<Language>(kept());

  choose(language: Language): void {
    this.language = language;
    localStorage.setItem(KEY, language);
  }
}

export const words = new Words();

/** A text in the reader's language; `{name}` in it is replaced by a value. */
export function t(word: Word, values: Record<string, string | number> = {}): string {
  const text = (words.language === "zh" ? zh : en)[word];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? shown(values[name]!) : whole));
}

/** A text whose key is made of data, such as a modality; the data itself where there is no text for it. */
export function said(prefix: string, value: string): string {
  const word = `${prefix}.${value}`;
  return word in en ? t(word as Word) : value.replaceAll("_", " ");
}

/** The title of a question in the reader's language; the English one where that is all there is. */
export function asked(name: string, title: string): string {
  return words.language === "zh" ? (QUESTIONS[name] ?? title) : title;
}

/** A number with its unit: "1 claim", "1,204 claims". */
export function counted(number: number, unit: string): string {
  const word = `${number === 1 ? "one" : "unit"}.${unit}`;
  return words.language === "zh" ? `${shown(number)} ${t(`unit.${unit}` as Word)}` : `${shown(number)} ${t(word as Word)}`;
}

const FORMATS = { en: new Intl.NumberFormat("en-GB"), zh: new Intl.NumberFormat("zh-CN") };

/** A value as the language writes it. */
export function shown(value: string | number): string {
  return typeof value === "number" ? FORMATS[words.language].format(value) : value;
}
