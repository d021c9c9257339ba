// Watch's picture to keep: one frame, both designs side by side with their words, drawn once more as a single drawing.
import { drawn } from "./dom.js";

const MARGIN = 22, GAP = 36, LINE = 18, pen = document.createElement("canvas").getContext("2d");

// Words in lines no wider than `room`; a word that is wider itself, such as a long option, is cut.
function wrapped(text, room, font) {
  pen.font = font;
  const found = [];
  let line = "";
  for (let word of text.split(/\s+/)) {
    if (line && pen.measureText(`${line} ${word}`).width > room) { found.push(line); line = ""; }
    while (pen.measureText(word).width > room) {
      let most = word.length;
      while (most > 1 && pen.measureText(word.slice(0, most)).width > room) most -= 1;
      found.push(word.slice(0, most));
      word = word.slice(most);
    }
    line = line ? `${line} ${word}` : word;
  }
  return line ? [...found, line] : found;
}

// sides: [{ label, state, org, ribbon, fate }], the first design first; legend: [[class, words], …].
// Gives a drawing that has to stand in the page for its style to be known.
export function picture({ title, about, sentence, sides, legend, command }) {
  const size = (svg, name) => Number(svg.getAttribute(name));
  const each = Math.max(...sides.map((side) => size(side.org, "width"))), width = 2 * MARGIN + 2 * each + GAP;
  const made = drawn("svg", { width, role: "img", "aria-label": `${title} ${sentence}` }), family = getComputedStyle(document.body).fontFamily;
  // Writes from `y` on; gives where the next line would stand.
  const write = (text, x, y, room, kind, pixels = 13, weight = 400, words = family) => {
    const lines = wrapped(text, room, `${weight} ${pixels}px ${words}`);
    lines.forEach((line, at) => made.append(drawn("text", { x, y: y + at * LINE, class: kind }, line)));
    return y + lines.length * LINE;
  };
  let y = write(title, MARGIN, MARGIN + 14, width - 2 * MARGIN, "ink title", 17, 600) + 4;
  y = write(about, MARGIN, y, width - 2 * MARGIN, "quiet") + 4;
  y = write(sentence, MARGIN, y, width - 2 * MARGIN, "ink") + 14;
  const ends = sides.map((side, place) => {
    const x = MARGIN + place * (each + GAP);
    let now = write(side.label[0].toUpperCase() + side.label.slice(1), x, y, each, `c${place} heading`, 15, 600);
    now = write(side.state, x, now, each, "quiet") - 6;
    made.append(placed(side.org, x, now));
    return now + size(side.org, "height");
  });
  y = Math.max(...ends) + 20;
  const fates = sides.map((side, place) => {
    const x = MARGIN + place * (each + GAP), below = write("Where the ringed request spent its days", x, y, each, "ink strong", 13, 600) - 8;
    made.append(placed(side.ribbon, x, below));
    return write(side.fate, x, below + size(side.ribbon, "height") + 20, each, "ink");
  });
  y = Math.max(...fates) + 12;
  let x = MARGIN;
  for (const [kind, words] of [["", "Asked for:"], ...legend]) {
    pen.font = `12.5px ${family}`;
    const needed = pen.measureText(words).width + (kind ? 34 : 12);
    if (x + needed > width - MARGIN) { x = MARGIN; y += LINE; }
    if (kind) made.append(drawn("circle", { cx: x + 6, cy: y - 4, r: 4.5, class: kind }));
    made.append(drawn("text", { x: x + (kind ? 16 : 0), y, class: "quiet" }, words));
    x += needed;
  }
  y = write(command, MARGIN, y + 26, width - 2 * MARGIN, "quiet code", 12, 400, "monospace");
  made.setAttribute("height", y);
  made.setAttribute("viewBox", `0 0 ${width} ${y}`);
  return made;
}

// A copy of a drawing at a place, its dots where they are going, by attributes that every viewer knows.
function placed(svg, x, y) {
  const copy = svg.cloneNode(true);
  copy.setAttribute("x", x);
  copy.setAttribute("y", y);
  copy.setAttribute("overflow", "visible"); // the edge of a chosen place is drawn half outside
  const dots = svg.querySelectorAll("circle");
  copy.querySelectorAll("circle").forEach((dot, at) => {
    const [, left, top] = dots[at].style.transform.match(/translate\((.+)px, (.+)px\)/) ?? [];
    dot.removeAttribute("style");
    if (left === undefined) return;
    dot.setAttribute("cx", left);
    dot.setAttribute("cy", top);
    if (dot.classList.contains("followed")) dot.setAttribute("r", 5.4);
  });
  return copy;
}
