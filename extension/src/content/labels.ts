/** The words that people see, from `_locales`. */

/** The message of this name; `otherwise` where the locale has none. */
export function message(name: string, otherwise = "", ...values: string[]): string {
  return chrome.i18n.getMessage(name, values) || otherwise;
}

/** A reason in the words of a desk, such as "money taken". */
export function reasonLabel(code: string): string {
  return message(`reason_${code}`, code.replaceAll("_", " "));
}

/** A language by its name in the reader's own language. */
export function languageName(code: string): string {
  try {
    const names = new Intl.DisplayNames([chrome.i18n.getUILanguage()], { type: "language" });
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
