// The chat page: what is open, what the sandbox says, what the person does.

import { drawComposer, say } from "./composer.js";
import { alertBox, find, menu, toast } from "./dom.js";
import { showDraft } from "./draft.js";
import { drawHistory, drawMessage, drawPinned, removeMessage, spin, toBottom } from "./history.js";
import { drawPeople, fullName, isGroup } from "./people.js";
import { getState, listen, post } from "./server.js";
import { copy, refreshMoments } from "./text.js";
import { moment, now, setNow, setZone, zoneName } from "./time.js";
import { speak, word } from "./words.js";

let state = { conversations: [], waiting: [] };
let current = null;
let hasJumped = false; // after a jump of the clock the page follows what comes, wherever it was scrolled
const actions = { say: (text) => say(text), tap };

async function act(name, body) {
  try {
    await post(name, { user_id: current.user.id, chat_id: current.chat.id, ...body });
  } catch (error) {
    toast(word("failed", { problem: error.message }));
  }
}

function tap(message, row, column) {
  const button = message.reply_markup.inline_keyboard[row][column];
  if (button.copy_text) return copy(button.copy_text.text);
  if (button.url) return showDraft(button.url) || window.open(button.url, "_blank", "noopener,noreferrer");
  if (!button.callback_data) return toast(word("unsupported"));
  return act("press", { message_id: message.message_id, row, column });
}

function open(conversation) {
  current = conversation;
  sessionStorage.setItem("conversation", conversation.key);
  speak(conversation.user.language_code);
  setZone(conversation.user.zone);
  find("app").classList.add("in-chat");
  drawHeader();
  drawHistory(conversation, actions);
  for (const place of waitingHere()) spin(place, true);
  drawPinned(conversation);
  drawComposer(conversation, act);
  markRead();
}

const waitingHere = () => state.waiting.filter(({ chat_id: id }) => id === current.chat.id);

function drawHeader() {
  const title = isGroup(current) ? current.chat.title : current.name;
  const who = word("as", { name: fullName(current.user) });
  find("title").textContent = title;
  find("more").hidden = isGroup(current); // only a private chat can block a bot
  find("status").textContent = current.isTyping ? word("typing") : `${word(isGroup(current) ? "group" : "bot")} · ${who}`;
  find("history").dataset.about = current.description || word("nothing");
  document.title = `${title} · ${word("sandbox")}`;
  drawClock();
}

function drawClock() {
  find("now").textContent = moment(now());
  find("now").dataset.zone = zoneName();
}

/** What was seen is read: the badge goes away, on the server too. */
function markRead() {
  const last = current.messages.at(-1);
  if (last && last.message_id > current.read) {
    current.read = last.message_id;
    post("read", { conversation: current.key, message_id: last.message_id });
  }
  drawPeople(state.conversations, current, open);
}

async function load() {
  state = await getState();
  setNow(state.now);
  const wanted = current?.key ?? sessionStorage.getItem("conversation");
  open(state.conversations.find(({ key }) => key === wanted) ?? state.conversations[0]);
}

const inChat = (id) => state.conversations.find(({ chat }) => chat.id === id);

function onMessage({ chat_id: id, message }) {
  const conversation = inChat(id);
  const at = conversation.messages.findIndex(({ message_id: known }) => known === message.message_id);
  if (at < 0) conversation.messages.push(message); else conversation.messages[at] = message;
  conversation.started = true;
  conversation.isTyping = false;
  if (conversation !== current) return drawPeople(state.conversations, current, open);
  drawMessage(conversation, message, actions, hasJumped);
  for (const place of waitingHere()) if (place.message_id === message.message_id) spin(place, true);
  drawHeader();
  drawPinned(conversation);
  drawComposer(conversation, act);
  return markRead();
}

function onDeleted({ chat_id: id, message_id: gone }) {
  const conversation = inChat(id);
  conversation.messages = conversation.messages.filter(({ message_id: known }) => known !== gone);
  conversation.pinned = conversation.pinned.filter((known) => known !== gone);
  if (conversation === current) { removeMessage(conversation, gone); drawPinned(conversation); }
  drawPeople(state.conversations, current, open);
}

function onPressed(place) {
  state.waiting.push(place);
  if (place.chat_id === current.chat.id) spin(place, true);
}

function onAnswer({ query_id: id, text, show_alert: isAlert }) {
  const place = state.waiting.find(({ query_id: known }) => known === id);
  state.waiting = state.waiting.filter((waiting) => waiting !== place);
  if (!place || place.chat_id !== current.chat.id) return;
  if (!waitingHere().some(({ message_id: known, row, column }) =>
    known === place.message_id && row === place.row && column === place.column)) spin(place, false);
  if (text) (isAlert ? alertBox : toast)(text);
}

function onTyping({ chat_id: id }) {
  const conversation = inChat(id);
  conversation.isTyping = true;
  drawHeader();
  setTimeout(() => { conversation.isTyping = false; drawHeader(); }, 5000);
}

function onClock({ now: unix }) {
  setNow(unix);
  drawClock();
  refreshMoments();
}

const CHANGES = {
  message: onMessage,
  deleted: onDeleted,
  pressed: onPressed,
  answer: onAnswer,
  typing: onTyping,
  clock: onClock,
  profile: load,
  pinned: ({ chat_id: id, pinned }) => { inChat(id).pinned = pinned; drawPinned(current); },
  blocked: ({ chat_id: id, blocked }) => { inChat(id).blocked = blocked; drawComposer(current, act); },
};

async function jump(body) {
  hasJumped = true;
  const { moved } = await post("clock", body);
  if (!moved) toast(word("clock.none"));
  toBottom();
  hasJumped = false;
}

find("next").onclick = () => jump({});
for (const button of document.querySelectorAll("[data-hours]")) {
  button.onclick = () => jump({ hours: Number(button.dataset.hours) });
}
find("back").onclick = () => find("app").classList.remove("in-chat");
find("theme").onclick = () => {
  const isDark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  setTheme(isDark ? "light" : "dark");
};
menu(find("more"), find("more-menu"), () => [
  { label: word(current.blocked ? "unblock" : "block"), act: () => act("block", { blocked: !current.blocked }) },
]);

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

setInterval(drawClockIfOpen, 1000);

function drawClockIfOpen() {
  if (current) drawClock();
}

listen({
  connected: load,
  lost: () => { if (current) toast(word("offline")); },
  changed: (change) => CHANGES[change.kind]?.(change),
});
