// Watch's picture: places of one organisation, what is in them as dots, and links as thick as what waits across them.
import { drawn } from "./dom.js";
import { ageClass, homeName, unitName } from "./watch_data.js";

const MOST = 20, DOT = 4.2, STEP = 11.5, FOR_MORE = 3;

// Where everything stands in a panel of this width; the organisation decides what there is, nobody else.
export function layout(tape, width) {
  const boxes = new Map(), columns = width >= 500 ? 4 : 3, gap = 8;
  const unitWidth = (width - gap * (columns - 1)) / columns, across = Math.floor((unitWidth - 12) / STEP);
  const unitHeight = 24 + Math.ceil(Math.min(MOST, 2 * across) / across) * STEP + 8, rows = Math.ceil(tape.units / columns);
  for (let unit = 0; unit < tape.units; unit += 1) {
    boxes.set(`unit:${unit}`, box((unit % columns) * (unitWidth + gap), Math.floor(unit / columns) * (unitHeight + gap), unitWidth, unitHeight, unitName(unit), 2 * across));
  }
  let top = rows * (unitHeight + gap) + 26;
  const gates = [...(tape.liaisons.length ? [["liaisons", "Liaisons"]] : []), ["board", "Board"], ["funding", "Funding"], ["review", "Review"], ["release", "Release"]];
  const perRow = width >= 500 ? gates.length : Math.min(3, gates.length), gateWidth = (width - gap * (perRow - 1)) / perRow;
  gates.forEach(([name, words], place) => {
    boxes.set(name, box((place % perRow) * (gateWidth + gap), top + Math.floor(place / perRow) * 84, gateWidth, 74, words, 3 * Math.floor((gateWidth - 12) / STEP)));
  });
  top += Math.ceil(gates.length / perRow) * 84 + 22;
  const homes = tape.homes.map((home, row) => ({ home, row })).filter(({ home }) => home.unit < 0 && home.people > 0);
  const homeWidth = homes.length ? (width - gap * (homes.length - 1)) / homes.length : width;
  homes.forEach(({ home, row }, place) => {
    boxes.set(`home:${row}`, box(place * (homeWidth + gap), top, homeWidth, 92, homeName(tape, row), 4 * Math.floor((homeWidth - 12) / STEP), `${Math.round(home.people)} people, ${home.teams} ${home.teams === 1 ? "team" : "teams"}`));
  });
  return { boxes, width, height: top + (homes.length ? 100 : 0) };
}

const box = (x, y, width, height, words, most, about = "") => ({ x, y, width, height, words, about, most: Math.max(3, Math.min(MOST, most)) });

export class Panel {
  // pick(place) and follow(number) are told what was clicked.
  constructor(tape, width, { pick, follow }) {
    this.tape = tape;
    this.plan = layout(tape, width);
    this.dots = new Map();
    this.svg = drawn("svg", { width, height: this.plan.height, viewBox: `0 0 ${width} ${this.plan.height}`, role: "group", "aria-label": `${tape.label} at work`, class: width < 500 ? "org narrow" : "org" });
    this.links = drawn("g", { "aria-hidden": "true" });
    this.boxes = drawn("g");
    this.marks = drawn("g", { class: "dots", "aria-hidden": "true" });
    this.svg.append(this.links, this.boxes, this.marks);
    this.parts = new Map();
    for (const [name, place] of this.plan.boxes) {
      const group = drawn("g", { role: "button", tabindex: "0", "data-place": name });
      const isTight = place.height > 90 && place.width < 40 + 7.6 * place.words.length; // no room for the count beside the name
      const count = drawn("text", isTight ? { x: place.x + 7, y: place.y + place.height - 6, class: "quiet" }
        : { x: place.x + place.width - 7, y: place.y + 16, "text-anchor": "end", class: "quiet" });
      group.append(drawn("rect", { x: place.x, y: place.y, width: place.width, height: place.height, rx: 6, class: "box" }),
        drawn("text", { x: place.x + 7, y: place.y + 16, class: "ink strong" }, place.words), count);
      const forMore = place.words === "Enabling" ? 0 : 38; // items never stand there
      if (place.height > 90 && !isTight && place.width > 14 + forMore + 6.8 * place.about.length) group.append(drawn("text", { x: place.x + 7, y: place.y + place.height - 7, class: "quiet" }, place.about));
      const more = drawn("text", { x: place.x + place.width - 7, y: place.y + place.height - 6, "text-anchor": "end", class: "quiet" });
      group.append(more);
      group.addEventListener("click", () => pick(name));
      group.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); pick(name); } });
      this.boxes.append(group);
      this.parts.set(name, { group, count, more });
    }
    this.marks.addEventListener("click", (event) => { const number = event.target.dataset?.number; if (number) follow(Number(number)); });
  }

  draw(frame, followed, picked) {
    const seen = new Set();
    for (const [name, place] of this.plan.boxes) {
      const all = frame.places.get(name) ?? [], part = this.parts.get(name);
      const shown = all.slice(0, all.length > place.most ? place.most - FOR_MORE : place.most), ours = all.find((each) => each.item.number === followed);
      if (ours && !shown.includes(ours)) shown[shown.length - 1] = ours;
      part.count.textContent = all.length || "";
      part.more.textContent = all.length > shown.length ? `+${all.length - shown.length}` : "";
      part.group.setAttribute("aria-label", `${place.words}: ${all.length} ${all.length === 1 ? "item" : "items"}${all.length ? `, the oldest asked for ${all[0].age} days ago` : ""}`);
      part.group.setAttribute("aria-pressed", String(name === picked));
      const across = Math.max(1, Math.floor((place.width - 12) / STEP));
      shown.forEach((each, at) => {
        seen.add(each.item.number);
        this.put(each, place.x + 12 + (at % across) * STEP, place.y + 30 + Math.floor(at / across) * STEP, each.item.number === followed);
      });
    }
    for (const [number, dot] of this.dots) if (!seen.has(number)) { dot.remove(); this.dots.delete(number); }
    this.link(frame);
  }

  put(each, x, y, isFollowed) {
    let dot = this.dots.get(each.item.number);
    if (!dot) {
      dot = drawn("circle", { r: DOT, "data-number": each.item.number });
      this.dots.set(each.item.number, dot);
      this.marks.append(dot);
    }
    dot.setAttribute("class", `age${ageClass(each.age)}${isFollowed ? " followed" : ""}`);
    dot.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
    if (isFollowed) this.marks.append(dot);
  }

  // A link from each unit to every place where its work waits outside of it, as thick as what waits there.
  link(frame) {
    this.links.replaceChildren();
    for (const [name, all] of frame.places) {
      const there = this.plan.boxes.get(name), counts = new Map();
      if (!there) continue;
      for (const { item, age } of all) {
        if (name === `unit:${item.unit}`) continue;
        const found = counts.get(item.unit) ?? { count: 0, age: 0 };
        counts.set(item.unit, { count: found.count + 1, age: found.age + age });
      }
      for (const [unit, { count, age }] of counts) {
        const from = this.plan.boxes.get(`unit:${unit}`), isAcross = name.startsWith("unit:");
        if (count < 2) continue;
        const x1 = from.x + from.width / 2, y1 = isAcross ? from.y + from.height / 2 : from.y + from.height, x2 = there.x + there.width / 2;
        const y2 = isAcross ? there.y + there.height / 2 : there.y, bend = isAcross ? 0 : (y2 - y1) / 2;
        this.links.append(drawn("path", { d: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`, class: `link age${ageClass(age / count)}`,
          "stroke-width": Math.min(9, 0.8 + 0.8 * Math.sqrt(count) + (isAcross ? 1 : 0)) }));
      }
    }
  }
}
