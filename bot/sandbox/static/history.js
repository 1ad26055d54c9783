// The messages of the open conversation: drawn one by one, replaced in place, kept at the bottom.

import { bubble, summary } from "./bubble.js";
import { find, make } from "./dom.js";
import { isGroup } from "./people.js";
import { dayKey, dayTitle } from "./time.js";
import { word } from "./words.js";

const NEAR_BOTTOM = 120;
const history = find("history");

const element = (id) => history.querySelector(`[data-id="${id}"]`);

/** Draw a whole conversation and go to its end. */
export function drawHistory(conversation, actions) {
  history.replaceChildren(...conversation.messages.map((message) => draw(conversation, message, actions)));
  arrange(conversation);
  toBottom();
}

/** Put a new message at the end, or an edited one in its place. */
export function drawMessage(conversation, message, actions, mustFollow) {
  const fresh = draw(conversation, message, actions);
  const old = element(message.message_id);
  const follow = mustFollow || isFollowing || (!old && message.from.id === conversation.user.id);
  if (old) replace(old, fresh);
  else { fresh.classList.add("fresh"); history.append(fresh); }
  arrange(conversation);
  if (follow) toBottom();
  watchScroll();
}

/** Swap an edited message; whoever was on one of its buttons stays on the message. */
function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.place : null;
  old.replaceWith(fresh);
  if (focused) (fresh.querySelector(`[data-place="${focused}"]`) ?? fresh.querySelector("button") ?? history).focus();
}

export function removeMessage(conversation, id) {
  element(id)?.remove();
  arrange(conversation);
}

/** Turn the spinner of a button on or off. */
export function spin({ message_id: id, row, column }, isOn) {
  const button = element(id)?.querySelector(`[data-place="${row}:${column}"]`);
  button?.classList.toggle("waiting", isOn);
  button?.toggleAttribute("aria-busy", isOn);
}

export function drawPinned(conversation) {
  const pinned = conversation.messages.find((message) => message.message_id === conversation.pinned.at(-1));
  const bar = find("pinned");
  bar.hidden = !pinned;
  if (!pinned) return;
  bar.replaceChildren(make("strong", {}, word("pinned")), make("span", {}, summary(pinned)));
  bar.onclick = () => element(pinned.message_id).scrollIntoView({ block: "center", behavior: "smooth" });
}

/** Go to the end, at once: a smooth way there would count as "scrolled away" for what arrives meanwhile. */
export function toBottom() {
  isFollowing = true;
  history.scrollTop = history.scrollHeight;
}

function draw(conversation, message, actions) {
  return bubble(message, message.from.id === conversation.user.id, isGroup(conversation), actions);
}

/** Days between messages, and a tail on the last bubble of each run. */
function arrange(conversation) {
  for (const day of history.querySelectorAll(".day")) day.remove();
  const { messages } = conversation;
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const after = messages[index + 1];
    const isRunEnd = !after || after.from.id !== message.from.id || dayKey(after.date) !== dayKey(message.date);
    element(message.message_id).classList.toggle("tail", isRunEnd);
    if (!before || dayKey(before.date) !== dayKey(message.date)) {
      element(message.message_id).before(make("div", { className: "day" }, make("span", {}, dayTitle(message.date))));
    }
  });
}

const isNearBottom = () => history.scrollHeight - history.scrollTop - history.clientHeight < NEAR_BOTTOM;
let isFollowing = true; // the reader was at the end, so the end stays in sight when the room changes
let height = 0;

function watchScroll() {
  if (history.clientHeight !== height) return; // not the reader but the room: the observer is about to run
  isFollowing = isNearBottom();
  find("latest").hidden = isFollowing;
}

history.addEventListener("scroll", watchScroll);
find("latest").onclick = toBottom;
new ResizeObserver(() => {
  height = history.clientHeight;
  if (isFollowing) toBottom();
  watchScroll();
}).observe(history);
