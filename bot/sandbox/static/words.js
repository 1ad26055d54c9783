// The page's own words, in the language of the person who is looking.

const words = await (await fetch("/static/words.json")).json();
let language = "en";

/** Take the words of a language; English stands in for the ones the page does not speak. */
export function speak(code) {
  language = code in words ? code : "en";
  document.documentElement.lang = language;
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.matches("button")) element.title = word(element.dataset.label);
  }
}

/** Return a text, its {names} filled in. */
export function word(key, values = {}) {
  return words[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const locale = () => language;
