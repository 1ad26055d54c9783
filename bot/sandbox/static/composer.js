// Everything below the messages: the input field, commands, attachments, keyboards, the start button.

import { summary } from "./bubble.js";
import { ask, find, make, menu, toast } from "./dom.js";
import { base64 } from "./server.js";
import { word } from "./words.js";

const field = find("text");
let conversation = null;
let act = null; // (name, body) => does something as the open conversation's reader
let replyTo = null;
const used = new Set(); // one-time keyboards that were used, by message

/** Show what the open conversation can do now. */
export function drawComposer(current, perform) {
  if (current !== conversation) { field.value = ""; replyTo = null; }
  conversation = current;
  act = perform;
  const canWrite = current.started && !current.blocked;
  find("composer").hidden = !canWrite;
  find("start").hidden = canWrite;
  find("start").textContent = word(current.blocked ? "unblock" : "start");
  drawKeyboard();
  grow();
}

/** Write a text as the reader. */
export function say(text) {
  const answered = replyTo ?? undefined;
  setReply(null);
  return act("say", { text, reply_to: answered });
}

function latestMarkup() {
  const marked = conversation.messages.findLast(({ from, reply_markup: markup }) =>
    from.is_bot && (markup?.keyboard || markup?.remove_keyboard || markup?.force_reply));
  return [marked, marked?.reply_markup ?? {}];
}

function drawKeyboard() {
  const [message, markup] = latestMarkup();
  const area = find("reply-keyboard");
  const isUsed = markup.one_time_keyboard && used.has(message.message_id);
  area.hidden = !markup.keyboard || isUsed || find("composer").hidden;
  area.replaceChildren(...(markup.keyboard ?? []).map((row) => make("div", { className: "row" },
    ...row.map((button) => make("button", { type: "button", className: button.style ?? "",
      onclick: () => press(button, message) }, button.text)))));
  field.placeholder = markup.input_field_placeholder ?? word("message");
  if (markup.force_reply && conversation.messages.at(-1) === message && !used.has(message.message_id)) {
    used.add(message.message_id);
    setReply(message);
    field.focus();
  }
}

function press(button, message) {
  used.add(message.message_id);
  if (button.request_contact) return act("contact", { contact: ownContact() });
  if (Object.keys(button).some((name) => name.startsWith("request_") || name === "web_app")) {
    return toast(word("unsupported"));
  }
  say(button.text);
  drawKeyboard();
}

function ownContact() {
  const { id, first_name, last_name } = conversation.user;
  return { phone_number: `+7900${String(id).padStart(7, "0")}`, first_name, last_name, user_id: id };
}

function setReply(message) {
  replyTo = message?.message_id ?? null;
  find("replying").hidden = !message;
  find("replying-text").textContent = message ? summary(message) : "";
}

function grow() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

function submit() {
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  grow();
  say(text);
}

field.addEventListener("input", grow);
field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
  if (event.key === "Escape") setReply(null);
  if (event.key === "/" && !field.value) { event.preventDefault(); find("commands").click(); }
});
find("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); field.focus(); });
find("replying-cancel").onclick = () => setReply(null);
find("start").onclick = () => (conversation.blocked ? act("block", { blocked: false }) : say("/start"));

menu(find("commands"), find("commands-menu"), () => {
  if (!conversation.commands.length) return [{ label: word("commands.none"), act: () => { field.value = "/"; field.focus(); } }];
  return conversation.commands.map(({ command, description }) =>
    ({ label: `/${command}`, hint: description, act: () => { say(`/${command}`); field.focus(); } }));
});

menu(find("attach"), find("attach-menu"), () => [
  { label: word("attach.file"), act: () => find("file").click() },
  { label: word("attach.contact"), act: () => offer("contact", (contact) => ({ contact })) },
  { label: word("attach.forward"), act: () => offer("forward", (fields) => fields) },
]);

async function offer(dialog, body) {
  const fields = await ask(dialog);
  if (fields) act(dialog, body(fields));
}

find("file").addEventListener("change", async ({ target }) => {
  const [file] = target.files;
  if (file) await act("attach", { name: file.name, content: await base64(file), caption: field.value.trim() });
  field.value = "";
  target.value = "";
});
