// One message as an element: a bubble, and under it the buttons.

import { icon, make } from "./dom.js";
import { rich } from "./text.js";
import { clock } from "./time.js";
import { word } from "./words.js";

const kilobytes = (size) => (size < 1024 ? `${size} B` : `${(size / 1024).toFixed(1)} KB`);

/** `actions` has say(text) and tap(message, row, column). */
export function bubble(message, isOwn, isGroup, actions) {
  const parts = [
    isGroup && !isOwn ? make("div", { className: "author" }, message.from.first_name) : null,
    forwarded(message),
    quoted(message),
    attachment(message),
    text(message, actions),
    message.reaction ? make("div", { className: "reaction" }, message.reaction) : null,
    make("span", { className: "meta" },
      message.edit_date ? `${word("edited")} ` : "", make("time", {}, clock(message.date))),
  ];
  const body = make("div", { className: "bubble" }, ...parts.filter(Boolean));
  const rows = message.reply_markup?.inline_keyboard;
  const element = make("article", { className: `message ${isOwn ? "own" : "theirs"}`, "data-id": message.message_id },
    body, rows ? keyboard(message, rows, actions) : null);
  if (message.photo) element.classList.add("has-photo");
  return element;
}

function text(message, actions) {
  const content = message.text ?? message.caption;
  if (!content) return null;
  return make("div", { className: "text" }, ...rich(content, message.entities ?? message.caption_entities, actions.say));
}

function forwarded({ forward_origin: origin }) {
  if (!origin) return null;
  const name = origin.sender_user_name ?? origin.sender_user?.first_name ?? origin.chat?.title;
  return make("div", { className: "forwarded" }, word("forwarded", { name }));
}

function quoted({ reply_to_message: answered }) {
  if (!answered) return null;
  return make("div", { className: "quoted" },
    make("strong", {}, answered.from.first_name), make("span", {}, summary(answered)));
}

function attachment({ document, photo, contact }) {
  if (photo) {
    const { file_id: id, width, height } = photo.at(-1);
    return make("img", { className: "photo", src: `/api/files/${id}`, width, height, alt: word("photo") });
  }
  if (document) {
    return make("a", { className: "document", href: `/api/files/${document.file_id}`, download: document.file_name,
      "aria-label": word("download", { name: document.file_name }) },
    make("span", { className: "disc" }, icon("file")),
    make("span", { className: "facts" }, make("strong", {}, document.file_name), kilobytes(document.file_size)));
  }
  if (contact) {
    const name = [contact.first_name, contact.last_name].filter(Boolean).join(" ");
    return make("div", { className: "document" },
      make("span", { className: "disc" }, name[0]),
      make("span", { className: "facts" }, make("strong", {}, name), contact.phone_number));
  }
  return null;
}

function keyboard(message, rows, actions) {
  return make("div", { className: "keyboard" }, ...rows.map((row, rowIndex) =>
    make("div", { className: "row" }, ...row.map((button, column) => {
      const mark = button.url ? icon("link") : button.copy_text ? icon("copy") : null;
      const label = make("span", { className: "label" }, button.text);
      return make("button", { type: "button", className: button.style ?? "", onclick: () => actions.tap(message, rowIndex, column),
        "data-place": `${rowIndex}:${column}` }, label, mark);
    }))));
}

/** A message in one line, for lists, quotes and the pinned bar. */
export function summary(message) {
  const file = message.document?.file_name ?? (message.photo ? word("photo") : message.contact?.first_name);
  return (message.text ?? message.caption ?? file ?? "").replace(/\s+/g, " ");
}
