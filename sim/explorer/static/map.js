// Map: who earns more at each point of two numbers, filling in as runs finish; a chosen point opens in Compare.
import { commas, drawn, element, save, savePng, showCommand, standalone, table, unbroken } from "./dom.js";
import { plain, tidy } from "./controls.js";
import { page, question, keep } from "./state.js";
import { stream } from "./net.js";

const root = document.getElementById("map");
const USUAL = { x: "firm.turbulence", y: "firm.change_load" };
let told = null, points = new Map(), state = null, facts = null, open = null, focus = [0, 0];

const fixed = (value) => (value === undefined ? "–" : `${Math.abs(value) < 0.005 ? "" : value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`);

export function useFacts(found, choose) { facts = found; open = choose; if (!root.hidden) build(); }

export async function map(now) {
  state = now;
  told = null;
  points = new Map();
  root.dataset.done = "false";
  build();
  const fields = { page };
  for (const name of ["x", "y"]) if (state[name]) fields[name] = state[name];
  await stream("map", `/api/map?${question(state, fields)}`, (message) => {
    if (message.point) points.set(message.point.join(), message);
    else {
      told = message;
      showCommand(told.command);
    }
    draw();
  });
  root.dataset.done = String(Boolean(told) && points.size === told.x.values.length * told.y.values.length);
}

export function redraw() { build(); }

const words = (kind) => {
  const [first, second] = told.designs.map(plain);
  return { first: `${first} earns more`, "leans first": `leans to ${first}`, "too close": "too close to call", "leans second": `leans to ${second}`,
    second: `${second} earns more`, none: "nothing can be said" }[kind];
};

function build() {
  const numbers = facts ? [...facts.firm.map((each) => [each.path, each.label]),
    ...facts.bundles.flatMap((bundle) => bundle.rows.flatMap((row) => row.sliders.map((each, at) => [each.path, `${row.label}, ${plain(facts.compare[at])}`])))] : [];
  const pick = (name, text) => element("div", { class: "choice" }, element("label", { for: `axis-${name}` }, text),
    element("select", { id: `axis-${name}`, onchange: (event) => { state[name] = event.target.value; keep(state, true); open({}); } },
      ...numbers.map(([path, label]) => element("option", { value: path, selected: path === (state?.[name] ?? USUAL[name]) }, label))));
  root.replaceChildren(element("h2", {}, "Who earns more on its technology spend, where?"), element("div", { class: "axes" }, pick("x", "Across"), pick("y", "Upwards")),
    element("p", { id: "map-state", class: "quiet", "aria-live": "polite" }), element("div", { id: "map-picture" }), element("p", { class: "legend", id: "map-legend" }), element("div", { class: "saves", id: "map-saves" }));
  draw();
}

function draw() {
  const place = document.getElementById("map-picture");
  if (!told || !place?.clientWidth) return;
  const { x, y } = told, all = x.values.length * y.values.length, isDone = points.size === all;
  const line = document.getElementById("map-state");
  if (isDone || !line.textContent) {
    line.textContent = unbroken(`${isDone ? `${counted()} ${told.pairs} pairs of simulated histories a point` : `Points come as their runs finish, ${told.pairs} pairs of simulated histories each`}; the number is the mean difference in return on spend. Full colour: the point’s own 95 % interval is beyond zero. Pale: its ${100 * told.leaning} % interval is. Choose a point to open it in Compare.`);
  }
  const width = Math.min(place.clientWidth, 860), left = 58, foot = 62, size = (width - left - 4) / x.values.length, tall = Math.min(size, 74);
  const height = tall * y.values.length + foot + 26, svg = drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": `${x.label} across, ${y.label} upwards: arrows move, Enter opens a point` });
  const top = (row) => 22 + (y.values.length - 1 - row) * tall, isFocused = svg.ownerDocument.activeElement?.dataset?.point;
  svg.append(drawn("text", { x: 0, y: 13, class: "ink strong" }, `${y.label}${width > 600 ? `, ${y.unit}` : ""} ↑`));
  y.values.forEach((value, row) => svg.append(drawn("text", { x: left - 8, y: top(row) + tall / 2 + 4, "text-anchor": "end", class: "quiet" }, tidy(value))));
  x.values.forEach((value, column) => (size > 46 || column % 2 === 0) && svg.append(drawn("text", { x: left + (column + 0.5) * size, y: height - foot + 12, "text-anchor": "middle", class: "quiet" }, tidy(value))));
  svg.append(drawn("text", { x: width - 4, y: height - foot + 34, "text-anchor": "end", class: "ink strong" }, `${x.label}${width > 600 ? `, ${x.unit}` : ""} →`));
  y.values.forEach((_, row) => x.values.forEach((__, column) => svg.append(cell(column, row, left + column * size, top(row), size, tall))));
  const at = (axis) => axis.values.reduce((best, value, place_) => (Math.abs(value - axis.now) < Math.abs(axis.values[best] - axis.now) ? place_ : best), 0);
  svg.append(mark(x, y, left, size, top, tall), drawn("text", { x: left, y: height - 6, class: "quiet" }, "Ring: the firm as it is set now"));
  place.replaceChildren(svg);
  place.dataset.near = `${at(x)},${at(y)}`;
  if (isFocused) svg.querySelector(`[data-point="${isFocused}"]`)?.focus();
  if (isDone) saves(svg);
  const key = (kind) => {
    const sample = drawn("svg", { width: 18, height: 14, "aria-hidden": "true" });
    sample.append(drawn("rect", { x: 1, y: 1, width: 15, height: 12, class: `cell ${kind.replace(" ", "-")}` }));
    return element("span", {}, sample, words(kind));
  };
  document.getElementById("map-legend").replaceChildren(...["first", "leans first", "too close", "leans second", "second"].map(key));
}

// What the map says, in a sentence.
function counted() {
  const count = (kind) => [...points.values()].filter((each) => each.kind === kind).length, [first, second] = told.designs.map(plain);
  return `${second[0].toUpperCase()}${second.slice(1)} earns more at ${count("second")} of ${points.size} points, ${first} at ${count("first")}.`;
}

function cell(column, row, x, y, width, height) {
  const found = points.get(`${column},${row}`), kind = found?.kind ?? "waits", group = drawn("g", { "data-point": `${column},${row}`, role: "button",
    tabindex: column === focus[0] && row === focus[1] ? "0" : "-1",
    "aria-label": `${told.x.label} ${tidy(told.x.values[column])}, ${told.y.label} ${tidy(told.y.values[row])}: ${found ? words(kind) : "not yet run"}${found?.mean !== undefined ? `, ${fixed(found.mean)}` : ""}` });
  group.append(drawn("rect", { x: x + 1, y: y + 1, width: width - 2, height: height - 2, class: `cell ${kind.replace(" ", "-")}` }));
  if (found?.mean !== undefined && width > 46) group.append(drawn("text", { x: x + width / 2, y: y + height / 2 + 4.5, "text-anchor": "middle", class: `on-${kind.replace(" ", "-")}` }, fixed(found.mean)));
  if (found?.kind === "none") group.append(drawn("title", {}, found.why));
  const take = () => open({ view: "compare", sets: new Map([...state.sets, [told.x.path, tidy(told.x.values[column])], [told.y.path, tidy(told.y.values[row])]]) });
  group.addEventListener("click", take);
  group.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (event.key === "Enter" || event.key === " ") { event.preventDefault(); take(); }
    if (!move) return;
    event.preventDefault();
    focus = [Math.max(0, Math.min(told.x.values.length - 1, column + move[0])), Math.max(0, Math.min(told.y.values.length - 1, row + move[1]))];
    root.querySelector("[data-point][tabindex='0']")?.setAttribute("tabindex", "-1");
    const next = root.querySelector(`[data-point="${focus.join()}"]`);
    next.setAttribute("tabindex", "0");
    next.focus();
  });
  return group;
}

// Where the firm as it is set now lies, between the points.
function mark(x, y, left, size, top, tall) {
  const along = (axis) => {
    const last = axis.values.length - 1, after = axis.values.findIndex((value) => value >= axis.now), to = after < 0 ? last : after;
    if (to === 0) return 0;
    const [low, high] = [axis.values[to - 1], axis.values[to]];
    return to - 1 + Math.max(0, Math.min(1, (axis.now - low) / (high - low)));
  };
  const ring = (kind) => drawn("circle", { cx: left + (along(x) + 0.5) * size, cy: top(0) + tall / 2 - along(y) * tall, r: 13, class: kind });
  const both = drawn("g");
  both.append(ring("halo"), ring("here"));
  return both;
}

function saves(svg) {
  const rows = [...points.values()].map((each) => [told.x.values[each.point[0]], told.y.values[each.point[1]], each.kind, each.mean, each.low, each.high]);
  const head = [told.x.path, told.y.path, "kind", "mean", "low", "high"];
  const button = (kind, take) => element("button", { type: "button", "aria-label": `Save the map as ${kind}`, onclick: take }, kind);
  document.getElementById("map-saves").replaceChildren(button("SVG", () => save(standalone(svg), "map.svg", "image/svg+xml")), button("PNG", () => savePng(svg, "map.png")),
    button("CSV", () => save(commas([head, ...rows]), "map.csv", "text/csv")),
    element("details", {}, element("summary", {}, "As a table"), table("Points", [told.x.label, told.y.label, "who", "mean difference"],
      rows.map((row) => [tidy(row[0]), tidy(row[1]), words(row[2]), fixed(row[3])]))));
}
