// App: holds the page together: its state, its controls and its three views.
import { compare, drag, letGo, redraw, useShades, whenLate } from "./compare.js";
import { controls } from "./controls.js";
import { copyText } from "./dom.js";
import { ask, onReturn, shown, stop, trouble } from "./net.js";
import * as mapping from "./map.js";
import * as watching from "./watch.js";
import { address, isNews, keep, keepDue, keepSoon, question, read } from "./state.js";

let state = read(), facts = null;
const dark = matchMedia("(prefers-color-scheme: dark)");
const views = {
  compare: { show: () => compare(state), redraw },
  watch: { show: () => watching.watch(state), redraw: watching.redraw, leave: watching.leave },
  map: { show: () => mapping.map(state), redraw: mapping.redraw },
};

async function guarded(action) {
  try {
    await action();
  } catch (error) {
    const words = shown(error);
    if (words) trouble(words, () => { state = read(""); history.pushState(null, "", location.pathname); start(); });
  }
}

// Ask anew for what the controls say, and for the view.
async function start() {
  trouble("");
  shownView();
  const view = guarded(() => views[state.view].show());
  await guarded(async () => {
    facts = await ask("facts", `/api/facts?${question(state)}`);
    paint();
    controls(facts, state, { change, choose });
    useShades(facts.colours);
    watching.useShades(facts.colours);
    mapping.useFacts(facts, choose);
  });
  await view;
}

let isDragged = false;

// A slider has moved. Its first move is a new step of the history; what follows until it is let go replaces that one.
function change(path, text, isEnd) {
  if (text === null) state.sets.delete(path);
  else state.sets.set(path, text);
  drag(!isEnd);
  const isNew = isNews(state);
  keepSoon(state, !isDragged);
  isDragged = !isEnd;
  if (!isNew) return isEnd && letGo(); // the drag has asked already
  trouble("");
  guarded(() => views[state.view].show());
  links(); // while the server works
}

function countChanges() {
  document.getElementById("changes").textContent = state.sets.size ? `(${state.sets.size} changed)` : "";
  const reset = document.getElementById("reset");
  if (reset) reset.disabled = !state.sets.size;
}

export function choose(changes) {
  Object.assign(state, changes);
  keep(state, true);
  start();
}

function shownView() {
  for (const name of Object.keys(views)) document.getElementById(name).hidden = name !== state.view;
  for (const link of document.querySelectorAll("nav a")) {
    link.href = address({ ...state, view: link.dataset.view });
    if (link.dataset.view === state.view) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  links();
}

function links() {
  document.getElementById("save-toml").href = `/api/scenario.toml?${question(state)}`;
  document.getElementById("save-csv").href = `/api/runs.csv?${question(state)}`;
  countChanges();
}

function paint() {
  const shades = facts.colours[dark.matches ? "dark" : "light"];
  shades.forEach((colour, place) => document.documentElement.style.setProperty(`--c${place}`, colour));
}

document.querySelector("nav").addEventListener("click", (event) => {
  const view = event.target.dataset?.view;
  if (!view || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  stop(state.view);
  views[state.view].leave?.();
  state.view = view;
  keep(state, true);
  shownView();
  guarded(() => views[view].show());
});
document.getElementById("copy").addEventListener("click", (event) => copyText(document.getElementById("command").textContent, event.target));
document.getElementById("copy-link").addEventListener("click", (event) => { keepDue(); copyText(location.href, event.target); });
addEventListener("popstate", () => { state = read(); start(); });
dark.addEventListener("change", () => { if (facts) paint(); views[state.view].redraw?.(); });
let width = 0;
new ResizeObserver(() => {
  const now = document.getElementById("main").clientWidth;
  if (now !== width) { width = now; views[state.view].redraw?.(); }
}).observe(document.getElementById("main"));
if (matchMedia("(max-width: 860px)").matches) document.getElementById("controls").open = false;
onReturn(start);
whenLate(() => guarded(() => compare(state)));
start();
