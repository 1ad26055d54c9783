// A text with entities, as nodes. Offsets are UTF-16 units, which is what JavaScript strings count in.

import { icon, make, toast } from "./dom.js";
import { dateTime } from "./time.js";
import { word } from "./words.js";

const SAFE_LINK = /^(https?|tg):\/\//i;
const MARKS = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code" };

/** Return the nodes of a text; `say` sends a command that the reader taps. */
export function rich(text, entities = [], say) {
  return nodes(text, [...entities], 0, text.length, say);
}

function nodes(text, entities, from, to, say) {
  const result = [];
  let at = from;
  while (entities.length && entities[0].offset < to) {
    const entity = entities.shift();
    const end = entity.offset + entity.length;
    const inner = [];
    while (entities.length && entities[0].offset < end) inner.push(entities.shift());
    if (entity.offset > at) result.push(text.slice(at, entity.offset));
    const content = nodes(text, inner, entity.offset, end, say);
    result.push(dress(entity, text.slice(entity.offset, end), content, say));
    at = end;
  }
  if (at < to) result.push(text.slice(at, to));
  return result;
}

function dress(entity, plain, content, say) {
  const build = BUILDERS[entity.type];
  if (build) return build(entity, plain, content, say);
  return MARKS[entity.type] ? make(MARKS[entity.type], {}, ...content) : make("span", {}, ...content);
}

const link = (url, content) => (SAFE_LINK.test(url)
  ? make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, ...content)
  : make("span", {}, ...content));

const BUILDERS = {
  text_link: (entity, plain, content) => link(entity.url, content),
  url: (entity, plain, content) => link(plain, content),
  mention: (entity, plain, content) => link(`https://t.me/${plain.slice(1)}`, content),
  bot_command: (entity, plain, content, say) =>
    make("button", { className: "command", type: "button", onclick: () => say(plain) }, ...content),
  phone_number: (entity, plain, content) => make("span", { className: "link" }, ...content),
  email: (entity, plain, content) => make("span", { className: "link" }, ...content),
  code: (entity, plain, content) => copyable("code", plain, content),
  pre: (entity, plain, content) => make("div", { className: "pre" },
    make("div", { className: "pre-bar" }, make("span", {}, entity.language ?? ""), copyButton(plain)),
    copyable("pre", plain, content)),
  spoiler: (entity, plain, content) => spoiler(content),
  blockquote: (entity, plain, content) => make("blockquote", {}, ...content),
  expandable_blockquote: (entity, plain, content) => expandable(content),
  date_time: (entity, plain) => moment(entity, plain),
};

function copyable(tag, plain, content) {
  return make(tag, { className: "copyable", title: word("copy"), onclick: () => copy(plain) }, ...content);
}

function copyButton(plain) {
  return make("button", { type: "button", className: "copy", "aria-label": word("copy"), onclick: () => copy(plain) },
    icon("copy"), word("copy"));
}

function spoiler(content) {
  const element = make("span", { className: "spoiler", tabIndex: 0, role: "button" }, ...content);
  const reveal = () => element.classList.add("revealed");
  element.onclick = reveal;
  element.onkeydown = (event) => { if (event.key === "Enter") reveal(); };
  return element;
}

function expandable(content) {
  const element = make("blockquote", { className: "expandable", tabIndex: 0, role: "button", "aria-expanded": "false" },
    ...content);
  const toggle = () => element.setAttribute("aria-expanded", String(element.classList.toggle("open")));
  element.onclick = toggle;
  element.onkeydown = (event) => { if (event.key === "Enter") toggle(); };
  return element;
}

function moment(entity, plain) {
  const shown = entity.date_time_format ? dateTime(entity.unix_time, entity.date_time_format) : plain;
  const element = make("time", { className: "moment", dateTime: new Date(entity.unix_time * 1000).toISOString() }, shown);
  element.title = dateTime(entity.unix_time, "wDt");
  if (entity.date_time_format === "r") element.dataset.relative = entity.unix_time;
  return element;
}

/** Write "in 3 hours" anew wherever it stands: the clock has moved. */
export function refreshMoments() {
  for (const element of document.querySelectorAll("time[data-relative]")) {
    element.textContent = dateTime(Number(element.dataset.relative), "r");
  }
}

export async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(word("copied"));
}
