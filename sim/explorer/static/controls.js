// Controls: which firm and which two designs, and a slider for each of their numbers.
import { element } from "./dom.js";

const NOTCHES = 100;

export const plain = (name) => name.replaceAll("_", " ");

function step(slider) {
  if (slider.whole) return Math.max(1, Math.round((slider.high - slider.low) / NOTCHES));
  const rough = (slider.high - slider.low) / NOTCHES;
  const power = 10 ** Math.floor(Math.log10(rough));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999);
}

export const tidy = (value) => String(Number(value.toPrecision(10)));

// All controls; `change(path, text, isStep)` is told of a slider, `choose(changes)` of everything else.
export function controls(facts, state, { change, choose }) {
  const focus = document.activeElement?.id;
  document.getElementById("choices").replaceChildren(...choices(facts, state, choose));
  const [first, second] = facts.compare;
  const groups = [group("The firm", "facts that stay the same under every design", [
    ...facts.firm.filter((each) => each.first).map((each) => slider(each, change)),
    element("details", { class: "more" }, element("summary", {}, "More about the firm"),
      ...[...facts.run, ...facts.firm.filter((each) => !each.first)].map((each) => slider(each, change))),
  ], true)];
  for (const bundle of facts.bundles) {
    groups.push(group(bundle.name[0].toUpperCase() + bundle.name.slice(1), bundle.about, bundle.rows.map((row) =>
      element("fieldset", {}, element("legend", {}, row.label, about(row.label, [`${row.meaning}.`, `What more of it costs: ${row.price}.`,
        ...row.sliders.map((each) => each.source).filter(Boolean)])),
      ...row.sliders.map((each, place) => slider(each, change, { name: plain([first, second][place]), place })))), false));
  }
  const open = new Set([...document.querySelectorAll("#sliders details[open] > summary")].map((each) => each.textContent));
  document.getElementById("sliders").replaceChildren(...groups);
  for (const each of document.querySelectorAll("#sliders details")) if (open.has(each.firstChild.textContent)) each.open = true;
  if (focus) document.getElementById(focus)?.focus();
  document.getElementById("changes").textContent = facts.changed.length ? `(${facts.changed.length} changed)` : "";
}

function choices(facts, state, choose) {
  const pick = (id, text, names, value, take, mark = "") => element("div", { class: "choice" },
    element("label", { for: id, class: mark }, text),
    element("select", { id, onchange: (event) => take(event.target.value) },
      ...names.map((name) => element("option", { value: name, selected: name === value }, plain(name)))));
  const [first, second] = facts.compare, names = Object.keys(facts.designs);
  const other = (name, not) => (name === not ? names.find((each) => each !== not) : name);
  return [
    pick("pick-scenario", "Firm", facts.scenarios, facts.scenario.name, (name) => choose({ scenario: name, designs: undefined, sets: new Map() })),
    element("p", { class: "quiet" }, facts.scenario.about),
    pick("pick-first", "First design", names, first, (name) => choose({ designs: `${name},${other(second, name)}` }), "c0"),
    element("p", { class: "quiet" }, facts.designs[first]),
    pick("pick-second", "Second design", names, second, (name) => choose({ designs: `${other(first, name)},${name}` }), "c1"),
    element("p", { class: "quiet" }, facts.designs[second]),
    pick("pick-equal", "Held equal", facts.equals, facts.equal, (name) => choose({ equal: name })),
    element("div", { class: "choice" }, element("label", { for: "pick-seed" }, "Seed"),
      element("input", { id: "pick-seed", type: "number", min: 0, step: 1, value: facts.seed,
        onchange: (event) => choose({ seed: event.target.value }) })),
    element("button", { type: "button", id: "reset", disabled: !facts.changed.length, onclick: () => choose({ sets: new Map() }) }, "Undo all changes"),
  ];
}

function group(name, text, children, isOpen) {
  return element("details", { class: "group", open: isOpen }, element("summary", {}, name),
    element("p", { class: "quiet" }, text), ...children);
}

function about(name, lines) {
  return element("details", { class: "about" }, element("summary", { "aria-label": `About ${name}`, title: `About ${name}` }, "?"),
    ...lines.map((each) => element("p", {}, each)));
}

function slider(each, change, design = null) {
  const notch = step(each), most = Math.round((each.high - each.low) / notch);
  const id = `slide-${each.path.replaceAll(".", "-")}`;
  const name = design ? `${each.label}, ${design.name}` : each.label;
  const words = (value) => `${tidy(value)}`;
  const out = element("output", { for: id }, words(each.value));
  const back = element("button", { type: "button", class: "back", "aria-label": `Undo: ${name} to ${words(each.usual)}`,
    title: `back to ${words(each.usual)}` }, "↺");
  const input = element("input", { type: "range", id, min: 0, max: most, step: 1, "data-path": each.path,
    value: Math.round((each.value - each.low) / notch), "aria-label": design ? name : null, "aria-valuetext": `${words(each.value)} ${each.unit}` });
  const show = (value) => {
    out.textContent = words(value);
    input.setAttribute("aria-valuetext", `${words(value)} ${each.unit}`);
    back.hidden = Math.abs(value - each.usual) < 1e-12;
  };
  const value = () => Number((Number(input.value) === most ? each.high : each.low + Number(input.value) * notch).toPrecision(10));
  let isHeld = false; // a key that repeats is a drag, which ends when it is let go
  input.addEventListener("keydown", (event) => { isHeld = event.repeat; });
  input.addEventListener("keyup", () => { if (isHeld) { isHeld = false; change(each.path, tidy(value()), true); } });
  input.addEventListener("input", () => { show(value()); change(each.path, tidy(value()), false); });
  input.addEventListener("change", () => change(each.path, tidy(value()), !isHeld));
  back.addEventListener("click", () => {
    input.value = Math.round((each.usual - each.low) / notch);
    show(each.usual);
    change(each.path, null, true);
    input.focus();
  });
  show(each.value);
  const head = design
    ? element("span", { class: `who c${design.place}` }, design.name)
    : element("span", { class: "who" }, element("label", { for: id }, each.label),
      about(each.label, [`${each.meaning[0].toUpperCase()}${each.meaning.slice(1)}, ${each.unit}. From ${tidy(each.low)} to ${tidy(each.high)}.`, each.source].filter(Boolean)));
  return element("div", { class: "slider" }, head, input, out, back);
}
