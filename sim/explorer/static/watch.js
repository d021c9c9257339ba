// Watch: both designs on one clock and the same demand; one request ringed and followed in both.
import { commas, element, drawn, number, save, savePng, showCommand, standalone, table } from "./dom.js";
import { onColour } from "./charts.js";
import { page, question, keep } from "./state.js";
import { stream } from "./net.js";
import { Panel } from "./watch_draw.js";
import { picture } from "./watch_picture.js";
import { tell } from "./watch_tell.js";
import { AGES, CAUSE_WORDS, eventAt, frame, life, tape, unitName, waiting, why } from "./watch_data.js";

const SPEEDS = [1, 3, 10, 30]; // days a second
const TITLE = "The same requests, the same luck, two organisations";
const ABOUT = "One simulated history. Each dot is an item of work, its colour how long ago it was asked for; the ringed dot is the same request in both. Links are as thick as what waits across them.";
const still = matchMedia("(prefers-reduced-motion: reduce)");
let told = null, tapes = [], panels = [], day = 0, followed = 0, picked = null, timer = 0, speed = 3, state = null, shades = null;
const root = document.getElementById("watch");

export function useShades(found) { shades = found; if (tapes.length) draw(); }

export async function watch(now) {
  state = now;
  pause();
  if (!tapes.length) root.replaceChildren(element("p", { class: "quiet" }, "One history is being lived through under both designs …"));
  root.classList.add("stale");
  await stream("watch", `/api/watch?${question(state, { page })}`, (message) => {
    told = message;
    tapes = told.designs.map((each) => tape(each, told.stages, told.first));
    day = clamp(Number(state.day) || told.first + 40);
    speed = SPEEDS.find((each) => String(each) === state.speed) ?? 3;
    picked = state.place ?? null;
    followed = tapes.some((each) => each.byNumber.has(Number(state.item))) ? Number(state.item) : firstToFollow();
    root.classList.remove("stale");
    showCommand(told.command);
    build();
  });
}

const clamp = (value) => Math.max(told.first, Math.min(told.last - 1, Math.round(value)));

// The first request after the beginning that goes live under both designs and is under way today, under both or else under one;
// else the first that is under way today, and if there is none, the first of all.
function firstToFollow() {
  const isLive = (each, item) => each.names[item.flat.at(-4)] === "live", isOpen = (item) => item.raised <= day && item.flat.at(-5) > day;
  const raised = [...tapes[0].items].filter((item) => item.isChange && item.raised >= told.first).sort((one, other) => one.raised - other.raised);
  const twins = (item) => tapes.map((each) => [each, each.byNumber.get(item.number)]);
  const both = raised.filter((item) => twins(item).every(([each, mine]) => mine && isLive(each, mine)));
  const openUnder = (howMany) => (item) => twins(item).filter(([, mine]) => mine && isOpen(mine)).length >= howMany;
  const found = both.find(openUnder(2)) ?? both.find(openUnder(1)) ?? raised.find(openUnder(1)) ?? both[0] ?? raised[0] ?? tapes[0].items[0];
  return found.number;
}

function build() {
  if (!root.clientWidth) return; // not laid out yet: the page's width is watched, and asks again
  const wide = root.clientWidth >= 640, width = Math.floor(wide ? (root.clientWidth - 36) / 2 : root.clientWidth);
  panels = tapes.map((each) => new Panel(each, width, { pick, follow }));
  const button = (id, words, action, name) => element("button", { type: "button", id, onclick: action, "aria-label": name }, words);
  root.replaceChildren(
    element("h2", {}, TITLE),
    element("p", { class: "quiet" }, ABOUT),
    element("div", { class: "player", role: "group", "aria-label": "Time" },
      button("play", still.matches ? "Step" : "Play", toggle), button("back", "◀", () => step(-1), "One day back"), button("forth", "▶", () => step(1), "One day on"),
      element("span", { class: "pair" }, element("label", { for: "speed" }, "Speed"),
        element("select", { id: "speed", onchange: (event) => { speed = Number(event.target.value); if (timer) { pause(); play(); } remember(); } },
          ...SPEEDS.map((each) => element("option", { value: each, selected: each === speed }, `${each} ${each === 1 ? "day" : "days"} a second`)))),
      button("next-item", "Follow the next request (N)", nextItem),
      element("input", { id: "scrub", type: "range", min: told.first, max: told.last - 1, step: 1, value: day, "aria-label": "Day",
        oninput: (event) => { day = Number(event.target.value); draw(); }, onchange: () => remember() })),
    element("p", { id: "sentence", "aria-live": "polite" }),
    element("div", { class: `sides ${wide ? "p2" : ""}` }, ...tapes.map((each, place) => element("div", { class: "side" },
      element("h3", { class: `c${place}` }, each.label), element("p", { class: "quiet", id: `state${place}` }), panels[place].svg,
      element("h3", {}, "Where this request spent its days"), element("div", { class: "ribbon", id: `ribbon${place}` }), element("p", { id: `fate${place}` })))),
    element("p", { class: "legend" }, "Asked for: ", ...AGES.flatMap(([, , words], place) => {
      const dot = drawn("svg", { width: 14, height: 12, "aria-hidden": "true" });
      dot.append(drawn("circle", { cx: 6, cy: 6, r: 4.5, class: `age${place}` }));
      return [element("span", {}, dot, words)];
    })),
    element("div", { class: "saves" },
      ...[["SVG", (svg, name) => save(standalone(svg), `${name}.svg`, "image/svg+xml")], ["PNG", (svg, name) => savePng(svg, `${name}.png`)]].map(([kind, take]) =>
        element("button", { type: "button", "aria-label": `Save this day as ${kind}`, onclick: () => keepPicture(take) }, kind)),
      element("button", { type: "button", "aria-label": "Save this day as CSV", onclick: () => save(commas([["place", "design", "items", "oldest_days"], ...rows()]), `${fileName()}.csv`, "text/csv") }, "CSV"),
      element("details", { id: "day-table", ontoggle: twin }, element("summary", {}, "This day as a table"), element("div", {}))),
    element("div", { id: "place", "aria-live": "polite" }));
  draw();
}

const since = () => day - told.first + 1;
const fileName = () => `watch-day-${since()}`;
const text = (id) => document.getElementById(id).textContent;

// The frame as one drawing: in the page for a moment, since only there its style is known.
function keepPicture(take) {
  const made = picture({ title: TITLE, about: ABOUT, sentence: text("sentence"), command: told.command,
    sides: tapes.map((each, at) => ({ label: each.label, state: text(`state${at}`), org: panels[at].svg, ribbon: root.querySelector(`#ribbon${at} svg`), fate: text(`fate${at}`) })),
    legend: AGES.map(([, , words], at) => [`age${at}`, words]) });
  const unseen = element("div", { class: "unseen", "aria-hidden": "true" }, made);
  root.append(unseen);
  take(made, fileName());
  unseen.remove();
}

// One row a place and design: its items, and how long ago the oldest was asked for.
function rows() {
  const frames = tapes.map((each) => frame(each, day, told.month)), found = [];
  for (const name of new Set(panels.flatMap((panel) => [...panel.plan.boxes.keys()]))) {
    panels.forEach((panel, at) => {
      const all = frames[at].places.get(name) ?? [], box = panel.plan.boxes.get(name);
      if (box) found.push([box.words, tapes[at].label, all.length, all.length ? all[0].age : ""]);
    });
  }
  return found;
}

function twin() {
  const open = document.querySelector("#day-table[open] > div");
  open?.replaceChildren(table(`Day ${since()}`, ["place", "design", "items", "oldest, days"], rows()));
}

export function redraw() { if (tapes.length) build(); }
export function leave() { pause(); }

function draw() {
  const frames = tapes.map((each) => frame(each, day, told.month));
  panels.forEach((panel, at) => panel.draw(frames[at], followed, picked));
  const scrub = document.getElementById("scrub");
  scrub.value = day;
  scrub.setAttribute("aria-valuetext", `day ${since()} of ${told.last - told.first}`);
  const most = (each) => Object.entries(each.causes).filter(([cause]) => CAUSE_WORDS[cause]).sort((one, other) => other[1] - one[1])[0];
  document.getElementById("sentence").textContent = `Day ${since()} of ${told.last - told.first}. ` + frames.map((each, at) => {
    const top = most(each);
    return `Under ${tapes[at].label} ${each.open} items are open${top ? `, the largest part ${waiting(top[0])} (${top[1]})` : ""}; ${each.live} went live in the month.`;
  }).join(" ");
  frames.forEach((each, at) => {
    document.getElementById(`state${at}`).textContent = `${number(tapes[at].technologists)} technologists. ${each.open} open, ${each.live} live and ${each.ended} ended otherwise in the last ${told.month} days.`;
    ribbon(at);
  });
  if (picked) tell({ tapes, panels, picked, day, told, follow });
  twin();
}

// The days of the followed request so far, cut by what held it.
function ribbon(at) {
  const box = document.getElementById(`ribbon${at}`), mine = tapes[at].byNumber.get(followed), other = tapes[1 - at].byNumber.get(followed);
  const known = mine ?? other, event = mine && eventAt(mine, day);
  const parts = mine ? life(tapes[at], mine, day) : [], total = parts.reduce((sum, each) => sum + each[1], 0);
  const longest = Math.max(1, ...tapes.map((each) => { const item = each.byNumber.get(followed); return item ? life(each, item, told.last).reduce((sum, part) => sum + part[1], 0) : 0; }));
  const width = box.clientWidth, svg = drawn("svg", { width, height: 26, role: "img", "aria-label": parts.map(([cause, days]) => `${CAUSE_WORDS[cause] ?? cause} ${days} days`).join(", ") || "no day yet" });
  let left = 0;
  for (const [cause, days] of parts) {
    const size = days / longest * width, colour = cause === "earlier" ? "#9aa3b0" : shades?.causes[cause] ?? "#d5d9df", words = `${cause.replace("_", " ")} ${days}`;
    svg.append(drawn("rect", { x: left, y: 0, width: Math.max(0.5, size - 1), height: 26, fill: colour }));
    if (size > 7.2 * words.length) svg.append(drawn("text", { x: left + size / 2, y: 17, "text-anchor": "middle", class: onColour(colour) }, words));
    left += size;
  }
  box.replaceChildren(svg);
  const what = `Request ${followed} of ${unitName(known.unit)}, ${number(known.size)} person-days`;
  document.getElementById(`fate${at}`).textContent = !event ? (day < known.raised ? `${what}: not asked for yet.` : `${what}: not here; its idea was never had under this design.`)
    : `${what}, asked for ${day - mine.raised} days ago: ${why(tapes[at], mine, event, day)}.${total ? ` ${total} days: ${parts.map(([cause, days]) => `${CAUSE_WORDS[cause] ?? cause} ${days}`).join(", ")}.` : ""}`;
}

function step(days) { pause(); day = clamp(day + days); draw(); remember(); }

function play() {
  if (day >= told.last - 1) day = told.first;
  const pace = Math.max(90, 1000 / speed), days = Math.max(1, Math.round(speed * pace / 1000));
  root.style.setProperty("--pace", `${Math.min(300, pace)}ms`);
  document.getElementById("sentence").setAttribute("aria-live", "off"); // nobody can listen that fast
  timer = setInterval(() => { day = clamp(day + days); draw(); if (day >= told.last - 1) pause(); }, pace);
  root.classList.add("playing");
  document.getElementById("play").textContent = "Pause";
}

function pause() {
  if (!timer) return;
  clearInterval(timer);
  timer = 0;
  root.classList.remove("playing");
  document.getElementById("play").textContent = "Play";
  document.getElementById("sentence").setAttribute("aria-live", "polite");
  remember();
}

function toggle() {
  if (timer) pause();
  else if (still.matches) step(1); // who wants no motion steps
  else play();
}

function remember() {
  state.day = String(day);
  state.item = String(followed);
  state.speed = speed === 3 ? undefined : String(speed);
  state.place = picked ?? undefined;
  keep(state, false);
}

function follow(numberOfItem) { followed = numberOfItem; draw(); remember(); }

function nextItem() {
  const open = tapes[0].items.filter((item) => item.isChange && item.raised >= told.first && item.raised <= day && tapes[1].byNumber.has(item.number));
  const later = open.filter((item) => item.number > followed).sort((one, other) => one.number - other.number)[0] ?? open[0];
  if (later) follow(later.number);
}

function pick(name) { picked = picked === name ? null : name; draw(); remember(); if (!picked) document.getElementById("place").replaceChildren(); }

document.addEventListener("keydown", (event) => {
  if (root.hidden || !tapes.length || event.ctrlKey || event.metaKey || event.altKey) return;
  const isIn = event.target.closest?.("input, select, textarea, button, a, summary, [role=button]");
  if (event.key === " " && (!isIn || isIn.matches("[role=button]"))) { event.preventDefault(); toggle(); }
  else if (event.key.toLowerCase() === "n" && !isIn?.matches("input, select")) nextItem();
  else if (!isIn?.matches("input, select") && event.key === "ArrowRight") { event.preventDefault(); step(1); }
  else if (!isIn?.matches("input, select") && event.key === "ArrowLeft") { event.preventDefault(); step(-1); }
});
