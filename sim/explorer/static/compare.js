// Compare: a rough answer at once, then the one that stays; charts dim where it lets wait, axes stay while something is dragged.
// While something is dragged, a question is let come to its rough answer before the newest setting is asked for: the picture follows.
import { days, differences, months, reach } from "./charts.js";
import { plain } from "./controls.js";
import { commas, element, number, save, savePng, showCommand, standalone, table, unbroken } from "./dom.js";
import { keepDue, page, question } from "./state.js";
import { stream } from "./net.js";

const held = { isDragging: false, end: 0, days: 0, reach: new Map() };
let settled = null, last = null, asked = 0, shades = null, isAsking = false, isLate = false, onLate = () => {};

// Milliseconds before an old picture dims: one that is renewed sooner does not flicker, and dimming takes time from the runs.
const PATIENCE = 400;
let dimming = 0;

export function useShades(found) { shades = found; redraw(); }
export function drag(isDragging) { held.isDragging = isDragging; }
export function whenLate(action) { onLate = action; }

export async function compare(state) {
  const view = document.getElementById("compare");
  view.classList.add("stale");
  clearTimeout(dimming);
  dimming = setTimeout(() => view.classList.add("faint"), PATIENCE);
  document.getElementById("headline").setAttribute("aria-busy", "true");
  if (isAsking && held.isDragging) { isLate = true; return; }
  const from = asked = performance.now();
  let isFirst = true;
  isAsking = true;
  isLate = false;
  try {
    await stream("compare", `/api/compare?${question(state, { page })}`, (answer) => {
      show(answer);
      const names = isFirst ? ["first picture", `${answer.pairs} pairs`] : [`${answer.pairs} pairs`];
      isFirst = false;
      // A frame later it is on the screen.
      requestAnimationFrame(() => setTimeout(() => { const end = performance.now(); for (const name of names) performance.measure(name, { start: from, end }); keepDue(); }));
      if (from === asked) isAsking = false;
      catchUp();
    });
  } finally {
    if (from === asked) isAsking = false;
  }
}

// A drag has ended: its axes are let go by the picture that is on its way, or now where there is none.
export function letGo() {
  if (!catchUp() && !isAsking) redraw();
}

// Ask for the newest setting, where a question has been put off for a picture; true where that was so.
export function catchUp() {
  if (!isLate) return false;
  isLate = false;
  onLate();
  return true;
}

function show(answer) {
  last = answer;
  const view = document.getElementById("compare");
  clearTimeout(dimming);
  view.classList.remove("stale", "faint");
  document.getElementById("title").textContent = unbroken(answer.title);
  document.getElementById("rest").textContent = unbroken(answer.rest);
  document.getElementById("headline").setAttribute("aria-busy", String(!answer.settled));
  document.getElementById("progress").textContent = answer.settled
    ? `${answer.pairs} pairs of simulated histories, each lived through under both designs with the same luck.`
    : `A rough answer from ${answer.pairs} pairs of simulated histories; it is being refined …`;
  showCommand(answer.command);
  document.getElementById("notes").replaceChildren(...answer.summary.notes.map((note) => element("li", {}, note)));
  redraw();
  if (answer.settled) settled = answer;
}

export function redraw() {
  if (!last || !shades) return;
  const place = document.getElementById("pictures"), names = Object.keys(last.summary.designs);
  const width = Math.floor(place.clientWidth);
  if (!width) return;
  const open = new Set([...place.querySelectorAll("details[open]")].map((each) => each.dataset.name));
  const ghost = settled && settled !== last && settled.summary.scenario_digest !== last.summary.scenario_digest ? settled : null;
  const focus = document.activeElement?.dataset?.key;
  held.end = held.isDragging ? Math.max(held.end, last.axis) : last.axis;
  const total = Math.max(...[0, 1].map((at) => last.days.reduce((sum, each) => sum + each.values[at], 0)));
  held.days = held.isDragging ? Math.max(held.days, total) : total;
  const before = ghost && new Map(ghost.groups.flatMap((group) => group.rows).map((row) => [row.outcome, row.place]));
  place.replaceChildren(
    figure("differences", last.finding, `Mean difference over ${last.pairs} pairs, in per cent of the first design’s value; right is better for the second. Line: 95 % interval, all rows at once. Hollow and grey: the interval holds zero.${ghost ? " Faint ring: the setting before." : ""}`,
      [differences(last, names, width, held.end, before)],
      table("Differences", ["outcome", plain(names[0]), plain(names[1]), "difference", "95 % interval", "better"],
        last.table.map((row) => [row.label, row.first, row.second, row.difference, row.interval, row.verdict])),
      [["outcome", ...names, "difference", "low", "high", "verdict", "better"], ...Object.entries(Object.values(last.summary.differences)[0]).map(([name, each]) =>
        [name, ...names.map((design) => last.summary.designs[design][name].mean), each.mean, each.low, each.high, each.verdict, each.better])]),
    figure("days", daysTitle(names), "Mean days of finished items from raised to live, by what held them; in brackets the 95 % interval of the mean. Purple: waiting and rework. Grey: being built.",
      [days(last.days, names, width, held.days, shades.causes, names.map(spanOf))],
      table("Where the days went", ["held by", ...names.map(plain)], last.days.map((each) => [each.label, ...each.values.map((value) => number(value))])),
      [["cause", ...names], ...last.days.map((each) => [each.cause, ...each.values])]),
    ...monthsFigure(names, width, ghost));
  for (const each of place.querySelectorAll("details")) each.open = open.has(each.dataset.name);
  if (focus) place.querySelector(`[data-key="${focus}"]`)?.focus();
  document.getElementById("compare").dataset.pairs = last.pairs;
}

// Interval of a design's mean lead time, or nothing where it has none.
function spanOf(design) {
  const { low, high } = last.summary.designs[design].lead_time_mean;
  return low === null ? null : [low, high];
}

function daysTitle(names) {
  const moved = [...last.days].sort((one, other) => Math.abs(other.values[1] - other.values[0]) - Math.abs(one.values[1] - one.values[0]))[0];
  return `The largest change is in ${moved.label}: ${number(moved.values[0])} days under ${plain(names[0])}, ${number(moved.values[1])} under ${plain(names[1])}.`;
}

function monthsFigure(names, width, ghost) {
  if (!last.series.length) return [];
  const columns = width >= 640 ? 2 : 1, each = Math.floor((width - 24 * (columns - 1)) / columns);
  const parts = last.series.map((series) => {
    const old = held.reach.get(series.name), now = reach(series);
    const span = held.isDragging && old ? [Math.min(old[0], now[0]), Math.max(old[1], now[1])] : now;
    held.reach.set(series.name, span);
    return element("div", {}, element("h3", {}, `${series.label}, ${series.name === "accuracy" ? "%" : series.unit}`),
      months(series, names, each, span, ghost?.series.find((other) => other.name === series.name)));
  });
  const rows = last.series.flatMap((series) => names.flatMap((design, place) => series.mean[place].map((mean, month) =>
    [series.name, design, month + 1, mean, series.low[place][month], series.high[place][month]])));
  return [figure("months", "How it goes month by month.", `Mean of each month over ${last.pairs} simulated histories; a month has 20 working days. Band: 95 % interval of the month’s mean.${ghost ? " Faint line: the setting before." : ""}`,
    [element("div", { class: `panels p${columns}` }, ...parts)],
    table("Last month", ["quantity", ...names.map(plain)], last.series.map((series) => [`${series.label}, ${series.unit}`, ...names.map((_, place) => number(series.mean[place].at(-1)))])),
    [["quantity", "design", "month", "mean", "low", "high"], ...rows])];
}

// A figure with its finding, drawing, table twin and ways to save it.
function figure(name, title, text, drawings, twin, rows) {
  const button = (kind, take) => element("button", { type: "button", "data-key": `${name}-${kind}`, "aria-label": `Save ${name} as ${kind}`,
    onclick: () => take(document.querySelectorAll(`#figure-${name} svg`)) }, kind);
  return element("figure", { id: `figure-${name}` },
    element("figcaption", {}, element("h2", {}, title), element("p", { class: "quiet" }, text)), ...drawings,
    element("div", { class: "saves" },
      button("SVG", (all) => all.forEach((svg, place) => save(standalone(svg), `${name}${all.length > 1 ? `-${place + 1}` : ""}.svg`, "image/svg+xml"))),
      button("PNG", (all) => all.forEach((svg, place) => savePng(svg, `${name}${all.length > 1 ? `-${place + 1}` : ""}.png`))),
      button("CSV", () => save(commas(rows), `${name}.csv`, "text/csv")),
      element("details", { "data-name": name }, element("summary", { "data-key": `${name}-table` }, "As a table"), twin)));
}
