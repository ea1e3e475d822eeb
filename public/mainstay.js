// Makes pages that already work pleasanter: live parts, graph readings, dialogs, short cuts.
// Every page works without this file. It takes HTML from our own origin only, and never writes
// any other text as HTML.

const body = document.body;
const select = (css, root = document) => root.querySelector(css);
const all = (css, root = document) => [...root.querySelectorAll(css)];

/** Makes an element with a text, which is never read as HTML. */
function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/* ---- Live parts ---- */

/** Whether the visitor has changed this control since the page was loaded. */
function isChanged(control) {
  if (control.matches("select")) return control.selectedIndex !== Math.max(0, [...control.options].findIndex((option) => option.defaultSelected));
  if (control.matches("[type=checkbox], [type=radio]")) return control.checked !== control.defaultChecked;
  return control.type !== "hidden" && control.value !== control.defaultValue;
}

/** What live parts were when they came, before anything was done to them. */
const served = new WeakMap();

/** Puts `next` in the place of the element with its id; focus, selection, scroll and open details stay. */
function swap(next) {
  const old = next.id && document.getElementById(next.id);
  if (!old || served.get(old) === next.outerHTML) return;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  // Whoever is typing is not interrupted; the next change brings this part up to date.
  if (focused?.matches("input:not([type=checkbox], [type=radio]), textarea, select")) return;
  // Nor is what was chosen or typed, but not sent yet, taken back.
  if (all("input, textarea, select", old).some(isChanged)) return;
  // Nor is a part of a graph that is being chosen.
  if (select(".graph-chosen", old)) return;
  const marker = focused?.id ? `#${CSS.escape(focused.id)}` : focused?.getAttribute("href") && `a[href="${CSS.escape(focused.getAttribute("href"))}"]`;
  const scrolled = all("[id]", old).filter((e) => e.scrollTop || e.scrollLeft).map((e) => [e.id, e.scrollTop, e.scrollLeft]);
  const open = all("details[open][id]", old).map((e) => e.id);
  const selection = document.getSelection();
  if (selection && !selection.isCollapsed && old.contains(selection.anchorNode)) return;
  served.set(next, next.outerHTML);
  old.replaceWith(next);
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  for (const [id, top, left] of scrolled) document.getElementById(id)?.scrollTo(left, top);
  next.classList.add("is-changed");
  enhance(next);
  const again = marker && select(marker, next);
  if (focused?.dataset.at && again) again.dataset.at = focused.dataset.at;
  again?.focus({ preventScroll: true });
}

/** The parts of our own page with these ids, fetched again. */
async function refresh(ids) {
  const response = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  if (response.redirected || response.status === 401) return location.reload();
  // A page with a form that it refuses has its parts none the less.
  if (!response.ok && response.status !== 422) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const id of ids) {
    const part = page.getElementById(id);
    if (part) swap(document.adoptNode(part));
  }
  // What got another name has it above its page, too.
  const [heading, now] = [select("main h1"), page.querySelector("main h1")];
  if (heading && now && heading.textContent !== now.textContent) {
    heading.textContent = now.textContent;
    document.title = page.title;
  }
  return page;
}

/** A page that changes and has no stream: its parts are fetched again until it says that nothing goes on any more. One
    without parts is loaded again as a whole. */
function again(seconds) {
  setTimeout(async () => {
    const parts = all("[data-live]").map((e) => e.id);
    if (!parts.length) return location.reload();
    // Nobody sees it, or it could not be fetched: the next time.
    const page = document.hidden ? null : await refresh(parts).catch(() => null);
    const next = page ? page.body.dataset.againAfter : seconds;
    if (next) again(next);
  }, 1000 * Number(seconds));
}

function live(url) {
  const marker = select("[data-live-marker]");
  let wait = 1000;
  let source;
  const show = (on) => {
    if (!marker) return;
    marker.hidden = false;
    const state = on ? "on" : "off";
    if (marker.dataset.state === state) return;
    marker.dataset.state = state;
    select("[data-live-word]", marker).textContent = marker.dataset[state];
  };
  const connect = () => {
    source = new EventSource(url);
    let opened = false;
    source.onopen = () => {
      // What happened while nobody listened is fetched once.
      if (wait > 1000) refresh(all("[data-live]").map((e) => e.id));
      opened = true;
      wait = 1000;
      show(true);
    };
    source.addEventListener("fragment", (event) => {
      const { id, html } = JSON.parse(event.data);
      const part = new DOMParser().parseFromString(html, "text/html").getElementById(id);
      if (part) swap(document.adoptNode(part));
    });
    source.addEventListener("refresh", (event) => refresh(JSON.parse(event.data)).catch(() => {}));
    source.onerror = () => {
      source.close();
      show(false);
      wait = Math.min(opened ? 2000 : wait * 2, 30000);
      setTimeout(() => document.hidden || connect(), wait * (0.75 + Math.random() / 2));
    };
  };
  const listening = () => source && source.readyState !== EventSource.CLOSED;
  const away = () => {
    source?.close();
    // Back again, what happened meanwhile is fetched at once.
    wait = 1001;
  };
  // A page that nobody sees must not hold its connection, of which a browser allows six, and one that comes back needs
  // a new one.
  addEventListener("pagehide", away);
  addEventListener("pageshow", (event) => event.persisted && !listening() && connect());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) away();
    else if (!listening()) connect();
  });
  connect();
}

/* ---- Times ---- */

const relative = new Intl.RelativeTimeFormat(body.dataset.lang || "en", { numeric: "always", style: "short" });

/** How long something has lasted: "41 min". */
const span = (count, unit) => new Intl.NumberFormat(body.dataset.lang || "en", { style: "unit", unit, unitDisplay: "short" }).format(count);

// How far this device's clock is from the server's, whose times these are.
const skew = body.dataset.now ? Date.now() - Number(body.dataset.now) : 0;

function tellTimes() {
  for (const time of all("time[data-relative]")) {
    const seconds = Math.trunc((Date.parse(time.dateTime) - (Date.now() - skew)) / 1000);
    const distance = Math.abs(seconds);
    if (distance < 10) continue;
    const [unit, size] = distance < 60 ? ["second", 1] : distance < 3600 ? ["minute", 60] : distance < 86400 ? ["hour", 3600] : ["day", 86400];
    const count = Math.trunc(seconds / size);
    time.textContent = (time.dataset.relative === "span" ? span(Math.abs(count), unit) : relative.format(count, unit)).replace(/(\w)\.(?= |$)/g, "$1").replace(/\bsec\b/, "s").replace(/\bhr\b/, "h");
  }
}

/* ---- Graphs ---- */

const three = (value) => (value === 0 || value >= 99.95 ? value.toFixed(0) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2));
const scaled = (value, units) => {
  let at = 0;
  while (value >= 999.5 && at + 1 < units.length) (value /= 1000), at++;
  return `${three(value)}\u00a0${units[at]}`;
};
const write = {
  rate: (value) => scaled(value, ["bit/s", "kbit/s", "Mbit/s", "Gbit/s", "Tbit/s"]),
  milliseconds: (value) => scaled(value, ["ms", "s"]),
  percent: (value) => `${(Math.floor(value * 10 + 1e-6) / 10).toFixed(1)}\u00a0%`,
  count: (value) => value.toFixed(0),
};

const HOUR = 3600;

/** Asks the page for the part of a graph between two Unix seconds: an hour of it at least, and no future. */
function zoom(from, to) {
  const now = Math.floor((Date.now() - skew) / 1000);
  const end = Math.min(Math.max(to, from + HOUR), now);
  const minute = (second) => `${new Date(Math.floor(second / 60) * 60000).toISOString().slice(0, 16)}Z`;
  const compare = new URLSearchParams(location.search).get("compare");
  const query = `?from=${minute(Math.min(from, end - HOUR))}&to=${minute(end)}${compare ? `&compare=${encodeURIComponent(compare)}` : ""}`;
  sessionStorage.setItem(`zoom${location.pathname}${query}`, location.href);
  location.assign(query);
}

/** The way back from a range leads to where it was zoomed from. */
function zoomOut() {
  const back = select("[data-zoom-out]");
  const from = back && sessionStorage.getItem(`zoom${location.pathname}${location.search}`);
  if (from) back.href = from;
  return back;
}

/** A line under the pointer, or under the arrow keys, with the values of its slot. What is dragged over is zoomed into. */
function graph(figure) {
  const svg = select("svg", figure);
  const series = all("[data-series]", svg).map((group) => ({
    name: group.dataset.series,
    hue: group.dataset.hue,
    step: Number(group.dataset.step),
    earlier: group.dataset.earlier,
    // One for each point; between two spaces there was none.
    then: group.dataset.earlierValues?.split(" "),
    points: group.dataset.values.trim().split(" ").filter(Boolean).map((pair) => pair.split(":")).map(([t, v]) => [Number(t), v === "" ? null : Number(v)]),
  }));
  const times = series[0]?.points.map(([t]) => t) ?? [];
  if (!times.length) return;
  const { from, to, unit, top, bottom } = svg.dataset;
  const clock = new Intl.DateTimeFormat(body.dataset.lang || "en", { timeZone: figure.dataset.graphZone, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hour12: false, timeZoneName: "short" });
  const line = document.createElementNS("http://www.w3.org/2000/svg", "line");
  line.setAttribute("class", "cross-hair");
  const reading = make("output", "graph-reading");
  reading.hidden = true;
  select(".graph-canvas", figure).append(reading);
  let at = -1;

  const show = (index) => {
    at = Math.max(0, Math.min(times.length - 1, index));
    svg.dataset.at = Number(from) + times[at];
    const x = ((times[at] + series[0].step / 2) / (to - from)) * 100;
    for (const [name, value] of Object.entries({ x1: `${x}%`, x2: `${x}%`, y1: top, y2: bottom })) line.setAttribute(name, value);
    svg.append(line);
    const row = (key, name, value) => {
      const row = make("span");
      row.append(make("span", `legend-key ${key}`), `${name} `, make("b", "", value == null ? "–" : write[unit](value)));
      return row;
    };
    const rows = series.flatMap(({ name, hue, points, earlier, then }) => {
      const now = row(hue, name, points[at]?.[1]);
      return earlier ? [now, row(`legend-earlier ${hue}`, earlier, then[at] ? Number(then[at]) : null)] : [now];
    });
    reading.replaceChildren(make("span", "muted", clock.format(new Date((Number(from) + times[at]) * 1000))), ...rows);
    reading.dataset.side = x > 50 ? "left" : "right";
    reading.hidden = false;
  };
  /** The last slot that has begun at a second from the graph's begin. */
  const slotAt = (second) => {
    let [low, high] = [0, times.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle] <= second) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const hide = () => {
    reading.hidden = true;
    line.remove();
  };
  const zooms = select(".range-form");
  const chosen = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  chosen.setAttribute("class", "graph-chosen");
  // Seconds from the graph's begin.
  let begun = null;
  let reached = null;
  const choose = (first, last) => {
    [begun, reached] = [first, last];
    if (first === null) return chosen.remove();
    const share = (second) => `${(second / (to - from)) * 100}%`;
    const place = { x: share(Math.min(first, last)), width: share(Math.abs(last - first)), y: top, height: `${parseFloat(bottom) - parseFloat(top)}%` };
    for (const [name, value] of Object.entries(place)) chosen.setAttribute(name, value);
    svg.append(chosen);
  };
  const zoomIn = () => zoom(Number(from) + Math.min(begun, reached), Number(from) + Math.max(begun, reached));
  const under = (event) => {
    const box = svg.getBoundingClientRect();
    return Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * (to - from);
  };
  let dragged = null;
  const drop = () => {
    dragged = null;
    choose(null, null);
  };
  svg.addEventListener("pointerdown", (event) => {
    if (!zooms || event.button !== 0) return;
    dragged = { x: event.clientX, second: under(event) };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointerup", (event) => {
    // A click is no range.
    if (dragged !== null && begun !== null && Math.abs(event.clientX - dragged.x) > 8) zoomIn();
    else drop();
    dragged = null;
  });
  svg.addEventListener("pointercancel", drop);
  svg.addEventListener("pointermove", (event) => {
    const wanted = under(event);
    if (dragged !== null) choose(dragged.second, wanted);
    show(slotAt(wanted));
  });
  svg.addEventListener("pointerleave", hide);
  svg.setAttribute("tabindex", "0");
  // The moment that was last read, which is also how a new drawing knows where the old one was read.
  svg.addEventListener("focus", () => svg.dataset.at && show(slotAt(Number(svg.dataset.at) - from)));
  svg.addEventListener("blur", () => {
    drop();
    hide();
  });
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -12, PageDown: 12 }[event.key];
    if (event.key === "Escape" && (begun !== null || !reading.hidden)) {
      event.preventDefault();
      drop();
      return hide();
    }
    if (event.key === "Enter" && begun !== null) return zoomIn();
    if (!step) return;
    event.preventDefault();
    const before = at;
    show(at < 0 ? times.length - 1 : at + step);
    if (!zooms || !event.shiftKey) drop();
    else choose(begun ?? times[Math.max(0, before)], times[at]);
  });
}

/* ---- Dialogs ---- */

function openDialog(content) {
  const dialog = make("dialog");
  dialog.append(content);
  body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.showModal();
  return dialog;
}

/** The question of a page behind a link, asked here. If that fails, the link is simply followed. */
async function confirmHere(link) {
  try {
    const response = await fetch(link.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const form = response.ok && !response.redirected && select("[data-confirm-form]", page);
    if (!form) throw new Error("no question there");
    const action = new URL(form.getAttribute("action") || link.href, link.href);
    if (action.origin !== location.origin) throw new Error("not ours");
    form.action = action.href;
    const dialog = openDialog(document.adoptNode(form));
    const heading = select("h2", dialog);
    if (heading) {
      heading.id ||= "confirm-heading";
      dialog.setAttribute("aria-labelledby", heading.id);
    }
    select(".form-actions a", dialog)?.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.close();
    });
  } catch {
    location.assign(link.href);
  }
}

/* ---- Short cuts ---- */

const shortcuts = new Map((body.dataset.shortcuts || "").split(" ").filter(Boolean).map((pair) => [pair[0], pair.slice(2)]));

function showShortcuts() {
  const box = make("div", "shortcuts");
  const list = make("dl");
  const row = (keys, word) => {
    const term = make("dt");
    term.append(...keys.flatMap((key) => [make("kbd", "", key), " "]));
    list.append(term, make("dd", "", word));
  };
  for (const [key, href] of shortcuts) row(["g", key], select(`nav a[href="${CSS.escape(href)}"]`)?.textContent.trim() || href);
  row(["/"], body.dataset.textSearch);
  row(["?"], body.dataset.textHelp);
  const close = make("button", "button", body.dataset.textClose);
  close.type = "button";
  const heading = make("h2", "", body.dataset.textShortcuts);
  heading.id = "shortcuts-heading";
  box.append(heading, list, close);
  const dialog = openDialog(box);
  dialog.setAttribute("aria-labelledby", heading.id);
  close.addEventListener("click", () => dialog.close());
}

let going = 0;
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.("input, textarea, select, dialog, [contenteditable]")) return;
  if (event.key === "/") {
    const search = select("[data-shortcut='/']");
    if (!search) return;
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape") {
    zoomOut()?.click();
  } else if (event.key === "?") {
    showShortcuts();
  } else if (event.key === "g") {
    going = event.timeStamp;
  } else if (event.timeStamp - going < 1500 && shortcuts.has(event.key)) {
    location.assign(shortcuts.get(event.key));
  }
});

/* ---- Everything that is pressed ---- */

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-confirm]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    return confirmHere(link);
  }
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const field = document.getElementById(copy.dataset.copy);
    const word = select("span", copy);
    const before = word.textContent;
    try {
      await navigator.clipboard.writeText(field.value ?? field.textContent);
      word.textContent = copy.dataset.done;
      setTimeout(() => (word.textContent = before), 1500);
    } catch {
      if (field.select) field.select();
      else getSelection().selectAllChildren(field);
    }
  }
  for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && select("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  select("summary", menu).focus();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-theme-switch]") || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  document.documentElement.dataset.theme = theme;
  for (const button of all("button", form)) button.setAttribute("aria-pressed", String(button === event.submitter));
  fetch(form.action, { method: "POST", body: new URLSearchParams({ theme }), credentials: "same-origin", redirect: "manual" }).catch(() => {});
});

/** What needs to be done to new elements too. */
function enhance(root) {
  for (const figure of all("[data-graph]", root)) graph(figure);
  for (const hint of all("[data-zoom-hint]")) hint.hidden = !select("[data-graph]");
  zoomOut();
  for (const button of all("[data-copy]", root)) button.hidden = false;
  tellTimes();
}

for (const part of all("[data-live]")) served.set(part, part.outerHTML);
enhance(document);
setInterval(tellTimes, 30000);
select("[data-error-summary]")?.focus();
if (body.dataset.liveUrl) live(body.dataset.liveUrl);
// A page that changes for a while and has no stream.
else if (body.dataset.againAfter) again(body.dataset.againAfter);
