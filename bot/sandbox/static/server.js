// The way to the sandbox: acts go there as posts, changes come back as events.

export async function post(path, body) {
  const response = await fetch(`/api/${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.problem);
  return answer;
}

export const getState = async () => (await fetch("/api/state")).json();

/** Listen for changes; `connected` runs on every (re)connection, because changes may have been missed. */
export function listen({ connected, lost, changed }) {
  const events = new EventSource("/api/events");
  events.onopen = connected;
  events.onerror = lost;
  events.onmessage = (event) => changed(JSON.parse(event.data));
}

/** Read a file as base64. */
export function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
