// A link that opens a Telegram chat. In the sandbox nobody is there: the page shows what would be typed in.

import { find } from "./dom.js";
import { word } from "./words.js";

/** Show the chat that a link opens; tell whether it is such a link. */
export function showDraft(url) {
  const { hostname, pathname, searchParams } = new URL(url);
  const name = /^\/(\w{4,32})$/.exec(pathname)?.[1];
  if (hostname !== "t.me" || !name) return false;
  const dialog = find("draft");
  dialog.querySelector("h2").textContent = word("draft.title", { name });
  dialog.querySelector("textarea").value = searchParams.get("text") ?? "";
  dialog.showModal();
  return true;
}
