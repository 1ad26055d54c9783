// Small tools for building the page. Text always goes in as text, so nothing in a chat can become markup.

export const find = (id) => document.getElementById(id);

/** Make an element: properties are set as properties, `data-…` and `aria-…` as attributes. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") element.setAttribute(name, value);
    else element[name] = value;
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `/static/icons.svg#${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

let hideToast = 0;

export function toast(text) {
  const element = find("toast");
  element.textContent = text;
  element.classList.add("shown");
  clearTimeout(hideToast);
  hideToast = setTimeout(() => element.classList.remove("shown"), 3200);
}

/** Show a modal message and wait for nothing: the reader closes it. */
export function alertBox(text) {
  find("alert").querySelector("p").textContent = text;
  find("alert").showModal();
}

/** Ask by a form in a dialog; resolves to its fields, or to null when it was cancelled. */
export function ask(id) {
  const dialog = find(id);
  const form = dialog.querySelector("form");
  form.reset();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      resolve(dialog.returnValue === "done" ? Object.fromEntries(new FormData(form)) : null);
    }, { once: true });
  });
}

/** A button that opens a list of actions; arrows move in it, Escape closes it. */
export function menu(button, list, entries) {
  const close = () => { list.hidden = true; button.setAttribute("aria-expanded", "false"); };
  button.addEventListener("click", () => {
    if (!list.hidden) return close();
    list.replaceChildren(...entries().map(({ label, hint, act }) => make("button", {
      type: "button", role: "menuitem", onclick: () => { close(); button.focus(); act(); },
    }, make("span", {}, label), hint ? make("small", {}, hint) : null)));
    list.hidden = false;
    button.setAttribute("aria-expanded", "true");
    list.querySelector("button")?.focus();
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const items = [...list.children];
    if (step) {
      event.preventDefault();
      items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    }
    if (event.key === "Escape") { close(); button.focus(); }
  });
  document.addEventListener("click", (event) => {
    if (!button.contains(event.target) && !list.contains(event.target)) close();
  });
}
