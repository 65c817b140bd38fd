// One side shows the other. The page holds all of its text; this only finds, marks and scrolls.

const root = document.documentElement;
root.classList.add("js");
// Marks ranges of text without changing it, so overlapping places are no trouble (CSS Custom Highlight API, level 1).
// Without it, whole lines are marked.
const paints = typeof Highlight === "function" && typeof CSS !== "undefined" && "highlights" in CSS;
root.classList.toggle("paints", paints);

const MOST_FOUND = 2000;
const articles = [...document.querySelectorAll("article")];
const several = articles.length > 1;
const search = document.getElementById("search");
const output = document.getElementById("found");
const help = document.getElementById("help");
const name = document.querySelector(".bar .name");
const title = name.textContent;

const records = new Map();
let record = null;
let pinned = null;
let shown = null;

function open(number) {
  const article = articles[number];
  if (!records.has(number)) records.set(number, new Record(article));
  if (record) show(null);
  pinned = null;
  record = records.get(number);
  if (paints) {
    paint("read", record.read());
    const problems = record.values.filter((value) => value.size <= MOST_AROUND && value.element.matches(".problems *"));
    paint("problem", problems.flatMap((value) => record.ranges(value)));
  }
  if (several) {
    name.textContent = `${number + 1} / ${articles.length} · ${article.dataset.name}`;
  }
  find();
}

// --- Showing a value on both sides ---

function paint(name, ranges) {
  if (!paints) return;
  const highlight = new Highlight();
  for (const range of ranges) highlight.add(range);
  if (ranges.length) CSS.highlights.set(name, highlight);
  else CSS.highlights.delete(name);
}

function mark(name, values, painted) {
  for (const element of record.article.querySelectorAll(`.${name}`)) element.classList.remove(name);
  for (const value of values) value.element.classList.add(name);
  if (paints) paint(name, painted.flatMap((value) => record.ranges(value)));
  else for (const value of painted) for (const line of record.linesOf(value)) line.classList.add(name);
}

function show(value) {
  if (!record || shown === value) return;
  shown = value;
  const around = value ? record.around(value) : [];
  mark("around", around, around);
  mark("on", value ? record.same(value) : [], value ? [value] : []);
}

function pin(value) {
  pinned = value;
  show(value);
}

function unfold(element) {
  for (let up = element.parentElement; up; up = up.parentElement) if (up.tagName === "DETAILS") up.open = true;
}

// Brings what has a rectangle into the upper third of a pane, unless all of it can be seen.
function scrollTo(pane, target, element) {
  const frame = pane.getBoundingClientRect();
  let box = target.getBoundingClientRect();
  if (box.height && box.top >= frame.top + 8 && box.bottom <= frame.bottom - 8) return;
  // What is out of sight is not laid out before it is scrolled to, so until then its rectangle is a guess.
  element.scrollIntoView({ block: "center" });
  box = target.getBoundingClientRect();
  pane.scrollTop += box.top - frame.top - Math.max(8, Math.min(frame.height / 3, (frame.height - box.height) / 2));
}

function toSource(value) {
  scrollTo(record.source, record.ranges(value)[0], record.lines[value.places[0][0]]);
}

function toFields(value) {
  unfold(value.element);
  scrollTo(record.fields, value.element, value.element);
}

function focus(value) {
  for (const other of record.fields.querySelectorAll('[data-at][tabindex="0"]')) other.tabIndex = -1;
  value.element.tabIndex = 0;
  unfold(value.element);
  value.element.focus({ preventScroll: true });
}

// A value in a folded section has no box.
const visible = (value) => value.element.getClientRects().length > 0;

// The value that stands for what was read from an offset: a value or a criterion before a problem about it.
function best(values) {
  const least = values.filter((value) => value.size === values[0].size);
  const open = least.filter((value) => !value.element.closest(".problems") && visible(value));
  return open.find((value) => !value.element.matches(".problem")) || open[0]
    || values.find((value) => visible(value)) || values[0];
}

// --- Pointer ---

let frame = 0;
document.addEventListener("pointermove", (event) => {
  if (!record || frame) return;
  frame = requestAnimationFrame(() => {
    frame = 0;
    hover(event.target, event.clientX, event.clientY);
  });
});
document.documentElement.addEventListener("pointerleave", () => show(pinned));

function hover(target, x, y) {
  if (!(target instanceof Element)) return;
  if (record.source.contains(target)) {
    const values = record.at(record.offsetUnder(x, y));
    show(values.length ? best(values) : pinned);
  } else {
    const element = target.closest("[data-at]");
    show((element && record.byElement.get(element)) || pinned);
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-action]");
  if (button) {
    actions[button.dataset.action]();
    return;
  }
  // Whoever selects text does not want to be moved.
  if (!record || !getSelection().isCollapsed) return;
  if (record.source.contains(event.target)) {
    const values = record.at(record.offsetUnder(event.clientX, event.clientY));
    if (!values.length) return;
    const value = best(values);
    toFields(value);
    focus(value);
    pin(value);
  } else {
    const element = event.target.closest("[data-at]");
    const value = element && record.byElement.get(element);
    if (!value) return;
    // A value in a summary leads to its place; the rest of the summary folds.
    event.preventDefault();
    focus(value);
    pin(value);
    toSource(value);
  }
});

document.addEventListener("focusin", (event) => {
  const value = record && record.byElement.get(event.target);
  if (value) show(value);
});

// --- Keys ---

function move(by) {
  const inSource = record.source.contains(document.activeElement);
  const order = inSource ? record.bySource : record.values;
  let at = order.indexOf(pinned);
  at = at < 0 && by < 0 ? order.length - 1 : at + by;
  // Several values may be of one place in the source, which is one step there.
  const place = inSource && pinned && pinned.element.dataset.at;
  while (order[at] && (!visible(order[at]) || order[at].element.dataset.at === place)) at += by;
  if (order[at]) go(order[at], inSource);
}

function go(value, fromSource) {
  toSource(value);
  toFields(value);
  if (!fromSource) focus(value);
  pin(value);
}

function problem(by) {
  if (!record) return;
  // The list has all of them; those next to their values come first.
  const near = [...record.fields.querySelectorAll(".problem")].filter((one) => !one.closest(".problems"));
  const all = near.length ? near : [...record.fields.querySelectorAll(".problem")];
  if (!all.length) return;
  const at = all.findIndex((one) => one.classList.contains("current"));
  const next = all[(at + by + (at < 0 && by < 0 ? 1 : 0) + all.length) % all.length];
  for (const one of all) one.classList.toggle("current", one === next);
  unfold(next);
  const value = record.byElement.get(next);
  if (value) go(value, false);
  else scrollTo(record.fields, next, next);
}

function fold() {
  if (!record) return;
  const sections = [...record.fields.querySelectorAll("details:not(.printed)")];
  const any = sections.some((section) => section.open);
  for (const section of sections) section.open = !any;
  document.querySelector('[data-action="fold"]').textContent = any ? "Expand all" : "Collapse all";
}

function turn(step) {
  if (!several) return;
  const at = record ? articles.indexOf(record.article) + step : 0;
  if (articles[at]) location.hash = articles[at].id;
}

const actions = {
  previous: () => turn(-1),
  next: () => turn(1),
  problem: () => problem(1),
  fold,
  help: () => help && help.showModal(),
};

const keys = {
  "/": () => search.focus(),
  j: () => move(1),
  k: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  n: () => problem(1),
  p: () => problem(-1),
  c: fold,
  "[": () => turn(-1),
  "]": () => turn(1),
  "?": actions.help,
  Escape: () => pin(null),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || (help && help.open)) return;
  const active = document.activeElement;
  if (active === search) {
    searchKey(event);
    return;
  }
  // These keys work what has the focus.
  if (active.matches("button, a, summary") && ["Enter", " "].includes(event.key)) return;
  const value = record && record.byElement.get(active);
  if (event.key === "Enter" && (value || pinned)) {
    event.preventDefault();
    if (value) {
      pin(value);
      toSource(value);
      record.source.focus({ preventScroll: true });
    } else {
      toFields(pinned);
      focus(pinned);
    }
    return;
  }
  // Arrows scroll a pane until a value is chosen.
  if (event.key.startsWith("Arrow") && !value && !pinned) return;
  const action = keys[event.key];
  if (!action || (!record && "jknpcArrowDownArrowUpEscape".includes(event.key))) return;
  event.preventDefault();
  action();
});

// --- Search ---

let found = [];
let current = -1;
let waiting = 0;

search.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(find, 120);
});

function searchKey(event) {
  if (event.key === "Escape") {
    event.preventDefault();
    search.value = "";
    find();
    search.blur();
  } else if (event.key === "Enter" && found.length) {
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  }
}

function find() {
  found = [];
  current = -1;
  for (const element of document.querySelectorAll(".found")) element.classList.remove("found");
  const words = search.value.trim();
  if (words) {
    // A pattern finds letters in either case without changing lengths, as toLowerCase does.
    const pattern = new RegExp(words.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/\s+/g, "\\s+"), "giu");
    for (const pane of record ? [record.fields, record.source] : [document.querySelector(".index")]) {
      if (pane) search_in(pane, pattern);
    }
  }
  output.textContent = words ? (found.length ? counted() : "nothing found") : "";
  paint("found", found);
  paint("found-now", []);
  if (!paints) for (const range of found) range.startContainer.parentElement.classList.add("found");
}

function search_in(pane, pattern) {
  const walker = document.createTreeWalker(pane, NodeFilter.SHOW_TEXT);
  while (walker.nextNode() && found.length < MOST_FOUND) {
    const node = walker.currentNode;
    for (const match of node.data.matchAll(pattern)) {
      const range = new Range();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      found.push(range);
      if (found.length === MOST_FOUND) break;
    }
  }
}

const counted = () => `${found.length}${found.length === MOST_FOUND ? "+" : ""} found`;

function step(by) {
  current = (current + by + (current < 0 && by < 0 ? 1 : 0) + found.length) % found.length;
  const range = found[current];
  const element = range.startContainer.parentElement;
  unfold(element);
  paint("found-now", [range]);
  output.textContent = `${current + 1} of ${counted()}`;
  const pane = element.closest(".pane, .index");
  scrollTo(pane, range, element);
}

// --- Records, and paper ---

function route() {
  const at = articles.findIndex((article) => `#${article.id}` === location.hash);
  if (at >= 0 || articles.length === 1) {
    open(Math.max(at, 0));
    return;
  }
  if (record) show(null);
  record = null;
  pinned = null;
  name.textContent = title;
  find();
}

const closed = [];
addEventListener("beforeprint", () => {
  closed.push(...(record ? record.article.querySelectorAll("details:not([open])") : []));
  for (const details of closed) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of closed.splice(0)) details.open = false;
});

addEventListener("hashchange", route);
route();
