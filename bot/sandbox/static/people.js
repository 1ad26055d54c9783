// The list of conversations beside the chat.

import { summary } from "./bubble.js";
import { find, make } from "./dom.js";
import { clock } from "./time.js";
import { word } from "./words.js";

const COLORS = 6;

export const fullName = (user) => [user.first_name, user.last_name].filter(Boolean).join(" ");
export const isGroup = (conversation) => conversation.chat.type !== "private";
const title = (conversation) => (isGroup(conversation) ? conversation.chat.title : fullName(conversation.user));

/** Draw the list; `open` is called with the chosen conversation. */
export function drawPeople(conversations, current, open) {
  const focused = document.activeElement?.dataset.key;
  find("conversations").replaceChildren(...conversations.map((conversation) => entry(conversation, current, open)));
  if (focused) find("conversations").querySelector(`[data-key="${focused}"]`)?.focus();
}

function entry(conversation, current, open) {
  const last = conversation.messages.at(-1);
  const unread = conversation.messages.filter((message) =>
    message.message_id > conversation.read && message.from.id !== conversation.user.id).length;
  const badge = unread
    ? make("span", { className: "badge", "aria-label": word("unread", { count: unread }) }, String(unread)) : null;
  const hint = isGroup(conversation)
    ? `${word("group")} · ${word("as", { name: conversation.user.first_name })}` : `@${conversation.user.username}`;
  const button = make("button", { className: "person", "data-key": conversation.key, onclick: () => open(conversation) },
    make("span", { className: `avatar color-${Math.abs(conversation.chat.id) % COLORS}`, "aria-hidden": "true" },
      title(conversation).split(" ").map((name) => name[0]).join("").slice(0, 2)),
    make("span", { className: "lines" },
      make("span", { className: "first" }, make("strong", {}, title(conversation)),
        make("time", {}, last ? clock(last.date) : "")),
      make("span", { className: "second" }, make("span", {}, last ? summary(last) : hint), badge)));
  if (conversation === current) button.setAttribute("aria-current", "true");
  return button;
}
