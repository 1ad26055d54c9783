// The sandbox's time in the viewer's zone, the way Telegram's clients write it.

import { locale } from "./words.js";

let zone = "UTC";
let offset = 0; // seconds between the sandbox and this computer

export const setZone = (name) => { zone = name; };
export const setNow = (unix) => { offset = unix - Date.now() / 1000; };
export const now = () => Date.now() / 1000 + offset;

function write(unix, options) {
  return new Intl.DateTimeFormat(locale(), { timeZone: zone, ...options }).format(new Date(unix * 1000));
}

export const clock = (unix) => write(unix, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
export const dayKey = (unix) => write(unix, { year: "numeric", month: "2-digit", day: "2-digit" });

/** The zone as people call it: "Moscow", "GMT+3". */
export function zoneName() {
  const parts = new Intl.DateTimeFormat(locale(), { timeZone: zone, timeZoneName: "shortOffset" }).formatToParts();
  return parts.find((part) => part.type === "timeZoneName").value;
}

/** A day between messages: the year only where it is not this one. */
export function dayTitle(unix) {
  const sameYear = write(unix, { year: "numeric" }) === write(now(), { year: "numeric" });
  return write(unix, { day: "numeric", month: "long", ...(sameYear ? {} : { year: "numeric" }) });
}

/** The moment the clock bar shows. */
export const moment = (unix) =>
  write(unix, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** A date-time entity: `r` relative, else any of w (weekday), d/D (day), t/T (time), short or long. */
export function dateTime(unix, format) {
  if (format === "r") return relative(unix - now());
  const options = {};
  if (format.includes("w")) options.weekday = "long";
  if (format.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (format.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(format)) Object.assign(options, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (format.includes("T")) options.second = "2-digit";
  return write(unix, options);
}

function relative(seconds) {
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });
  for (const [unit, length] of [["day", 86400], ["hour", 3600], ["minute", 60]]) {
    if (Math.abs(seconds) >= length) return words.format(Math.round(seconds / length), unit);
  }
  return words.format(Math.round(seconds), "second");
}
