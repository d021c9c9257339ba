// Charts: paired differences, where the days went, and the months. Drawn at their final size, text kept as text.
import { drawn, number } from "./dom.js";
import { plain } from "./controls.js";

function sheet(width, height, said) {
  return drawn("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": said });
}

// Rows of the chart of differences: right of the line the second design is better. `before` are the places of the last settled answer.
export function differences(answer, designs, width, end, before) {
  const isWide = width >= 620, row = isWide ? 25 : 44, raw = isWide ? 352 : 0, head = 26;
  const height = head + answer.groups.reduce((sum, group) => sum + 32 + group.rows.length * row, 0) + 26;
  const said = `${answer.finding} ${answer.groups.flatMap((group) => group.rows).map((each) => `${each.label} ${each.raw}: ${each.note}`).join("; ")}`;
  const svg = sheet(width, height, said);
  const start = isWide ? raw + 24 : 4, middle = (start + width - 4) / 2, reach = (width - 4 - start) / 2;
  const x = (share) => middle + Math.max(-1, Math.min(1, share / end)) * reach * 0.93;
  if (isWide) {
    svg.append(drawn("rect", { x: middle - reach, y: 0, width: reach, height: height - 22, class: "side0" }),
      drawn("rect", { x: middle, y: 0, width: reach, height: height - 22, class: "side1" }),
      drawn("line", { x1: middle, x2: middle, y1: head - 4, y2: height - 22, class: "zero" }));
  }
  svg.append(drawn("text", { x: middle - 8, y: 17, "text-anchor": "end", class: "c0 strong" }, `← ${plain(designs[0])}`),
    drawn("text", { x: middle + 8, y: 17, class: "c1 strong" }, `${plain(designs[1])} →`));
  if (isWide) svg.append(drawn("text", { x: raw, y: 17, "text-anchor": "end", class: "quiet" }, "first → second"));
  for (const share of [-0.5, 0, 0.5]) {
    svg.append(drawn("text", { x: x(share * end), y: height - 6, "text-anchor": "middle", class: "quiet" },
      share ? `${end / 2} %` : "same"));
  }
  let y = head;
  for (const group of answer.groups) {
    svg.append(drawn("text", { x: 0, y: y + 20, class: "strong quiet" }, group.title));
    y += 32;
    for (const each of group.rows) {
      difference(svg, each, { y, row, raw, isWide, x, end, middle, reach, designs, before: before?.get(each.outcome) });
      y += row;
    }
  }
  return svg;
}

function difference(svg, each, at) {
  const line = at.isWide ? at.y + 13 : at.y + 32;
  svg.append(drawn("text", { x: 0, y: at.y + 17, class: "ink" }, each.label),
    drawn("text", { x: at.isWide ? at.raw : at.middle + at.reach, y: at.y + 17, "text-anchor": "end", class: "quiet" },
      fits(each, at) ? each.raw : each.raw.replaceAll("over ", ">")));
  if (!at.isWide) svg.append(drawn("line", { x1: at.middle, x2: at.middle, y1: line - 8, y2: line + 8, class: "zero" }));
  const kind = each.better === null ? "grey" : `c${at.designs.indexOf(each.better)}`;
  if (each.place === null) {
    const isShort = 8 + 7.4 * each.note.length < at.reach;
    const placed = at.isWide ? (isShort ? { x: at.middle + 8 } : { x: at.middle + at.reach - 4, "text-anchor": "end" }) : { x: at.middle, "text-anchor": "middle" };
    if (!at.isWide) svg.lastChild.remove(); // the line would cross the words
    svg.append(drawn("text", { ...placed, y: line + 4, class: `over ${each.better ? kind : "quiet"}` }, each.note));
    return;
  }
  if (at.before !== undefined && at.before !== null && Math.abs(at.before) <= at.end) {
    svg.append(drawn("circle", { cx: at.x(at.before), cy: line, r: 4, class: "ghost" }));
  }
  if (Math.abs(each.place) > at.end) {
    const side = Math.sign(each.place), tip = at.middle + side * (at.reach - 2);
    svg.append(drawn("path", { d: `M ${tip} ${line} l ${-8 * side} -4.5 v 9 z`, class: `fill ${kind}` }),
      drawn("text", { x: tip - 12 * side, y: line + 4, "text-anchor": side > 0 ? "end" : "start", class: kind },
        each.note));
    return;
  }
  svg.append(drawn("line", { x1: at.x(each.low), x2: at.x(each.high), y1: line, y2: line, class: `stroke ${kind}` }),
    drawn("circle", { cx: at.x(each.place), cy: line, r: 4.6, class: each.sure ? `fill ${kind}` : "hollow" }));
  if (each.sure || at.isWide) {
    const side = each.place >= 0 ? 1 : -1;
    const edge = side > 0 ? Math.max(at.x(each.high), at.x(each.place) + 4) : Math.min(at.x(each.low), at.x(each.place) - 4);
    const room = at.reach - Math.abs(edge - at.middle), needed = 12 + 7.4 * each.note.length;
    const inner = side > 0 ? Math.min(at.x(each.low), at.x(each.place) - 4) : Math.max(at.x(each.high), at.x(each.place) + 4);
    const [x, towards] = room > needed ? [edge + 7 * side, side] : [inner - 7 * side, -side];
    if (room > needed || side * (inner - at.middle) > needed) {
      svg.append(drawn("text", { x, y: line + 4, "text-anchor": towards > 0 ? "start" : "end", class: each.sure ? kind : "quiet" }, each.note));
    }
  }
}

const fits = (each, at) => at.isWide || 7 * (each.label.length + each.raw.length) < 2 * at.reach;

// Two bars: an item's mean days by what held it. Waiting is purple, being built is grey.
export function days(rows, designs, width, end, causes, spans) {
  const bar = 34, most = Math.max(end, 1), keys = legend(rows.filter((each) => each.values.some((value) => value > 0)), width);
  const height = 2 * (bar + 44) + 2 + keys.rows * 19;
  const totals = [0, 1].map((place) => rows.reduce((sum, each) => sum + each.values[place], 0));
  const svg = sheet(width, height, designs.map((name, place) =>
    `${plain(name)}: ${rows.map((each) => `${each.label} ${number(each.values[place])}`).join(", ")}`).join("; "));
  designs.forEach((name, place) => {
    const top = place * (bar + 44);
    svg.append(drawn("text", { x: 0, y: top + 15, class: `strong c${place}` }, `${plain(name)}: ${number(totals[place])} days${spans[place] ? ` (${spans[place].map((value) => number(value)).join(" to ")})` : ""}`));
    let left = 0;
    for (const each of rows) {
      const size = each.values[place] / most * width;
      if (size < 0.5) continue;
      const colour = causes[each.cause], share = drawn("g");
      share.append(drawn("title", {}, `${each.label}: ${number(each.values[place])} days`),
        drawn("rect", { x: left, y: top + 22, width: Math.max(0.5, size - 1), height: bar, fill: colour }));
      const words = `${each.label} ${Math.round(each.values[place])}`;
      if (size > 6.7 * words.length + 8) {
        share.append(drawn("text", { x: left + size / 2, y: top + 22 + bar / 2 + 4.5, "text-anchor": "middle", class: onColour(colour) }, words));
      } else if (size > 20) {
        share.append(drawn("text", { x: left + size / 2, y: top + 22 + bar / 2 + 4.5, "text-anchor": "middle", class: onColour(colour) }, Math.round(each.values[place])));
      }
      svg.append(share);
      left += size;
    }
  });
  for (const { each, x, row } of keys.placed) {
    const y = 2 * (bar + 44) + 8 + row * 19;
    svg.append(drawn("rect", { x, y: y - 10, width: 11, height: 11, fill: causes[each.cause] }), drawn("text", { x: x + 16, y, class: "quiet" }, each.label));
  }
  return svg;
}

// Where the key of each cause stands, in as many rows as the width needs.
function legend(rows, width) {
  const placed = [];
  let x = 0, row = 0;
  for (const each of rows) {
    const needed = 34 + 7.2 * each.label.length;
    if (x && x + needed - 16 > width) { x = 0; row += 1; }
    placed.push({ each, x, row });
    x += needed;
  }
  return { placed, rows: row + 1 };
}

export function onColour(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.22 ? "own dark" : "own light";
}

export function ticks(low, high, most = 4) {
  const rough = (high - low) / most || 1, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((each) => each * power).find((each) => each >= rough * 0.999);
  const found = [];
  for (let at = Math.floor(low / step + 1e-9) * step; at <= high + step * 0.999; at += step) found.push(Number(at.toPrecision(8)));
  return found;
}

// Lowest and highest value of one quantity's bands; from 0 on where that is near.
export function reach(series) {
  const all = [...series.low.flat(), ...series.high.flat()].filter((value) => value !== null);
  if (!all.length) return [0, 1];
  const least = Math.min(...all), most = Math.max(...all);
  return [least >= 0 && least < 0.4 * most ? 0 : least, most === least ? least + 1 : most];
}

// One quantity by month: a line a design, its band the interval of each month's mean; the last setting as a ghost.
export function months(series, designs, width, [low, high], ghost) {
  const height = 168, left = 46, right = 92, top = 10, foot = 26, scale = series.name === "accuracy" ? 100 : 1;
  const marks = ticks(low, high), from = marks[0], to = Math.max(marks.at(-1), from + 1e-9), count = series.mean[0].length;
  const svg = sheet(width, height, `${series.label}, last month: ${designs.map((name, place) => `${plain(name)} ${number(scale * series.mean[place].at(-1))}`).join(", ")}`);
  const x = (month) => left + (count > 1 ? month / (count - 1) : 0.5) * (width - left - right);
  const y = (value) => top + (1 - (value - from) / (to - from)) * (height - top - foot);
  for (const mark of marks) {
    svg.append(drawn("line", { x1: left, x2: width - right, y1: y(mark), y2: y(mark), class: "rule" }),
      drawn("text", { x: left - 6, y: y(mark) + 4, "text-anchor": "end", class: "quiet" }, number(scale * mark)));
  }
  for (let year = 0; year < count / 12; year += 1) {
    svg.append(drawn("text", { x: (x(12 * year) + x(Math.min(count, 12 * year + 12) - 1)) / 2, y: height - 6, "text-anchor": "middle", class: "quiet" }, `year ${year + 1}`));
  }
  const runs = (values, piece) => {
    let path = "", pen = "M";
    values.forEach((value, month) => {
      if (value === null) { pen = "M"; return; }
      path += `${pen}${x(month).toFixed(1)} ${piece(value).toFixed(1)}`;
      pen = "L";
    });
    return path;
  };
  const ends = designs.map((name, place) => ({ name, place, y: y(lastOf(series.mean[place]) ?? from) }));
  if (Math.abs(ends[0].y - ends[1].y) < 15) {
    const centre = Math.min(height - foot - 8, Math.max(top + 8, (ends[0].y + ends[1].y) / 2)), upper = ends[0].y <= ends[1].y ? 0 : 1;
    ends[upper].y = centre - 7.5;
    ends[1 - upper].y = centre + 7.5;
  }
  designs.forEach((name, place) => {
    if (ghost && ghost.mean[place]?.length === count) svg.append(drawn("path", { d: runs(ghost.mean[place], y), class: `ghostline c${place}` }));
    const band = series.low[place].map((value, month) => [x(month), value, series.high[place][month]]).filter((each) => each[1] !== null && each[2] !== null);
    if (band.length > 1) {
      const path = band.map((each) => `${each[0].toFixed(1)} ${y(each[2]).toFixed(1)}`).join("L");
      const back = band.reverse().map((each) => `${each[0].toFixed(1)} ${y(each[1]).toFixed(1)}`).join("L");
      svg.append(drawn("path", { d: `M${path}L${back}Z`, class: `band c${place}` }));
    }
    svg.append(drawn("path", { d: runs(series.mean[place], y), class: `line c${place}` }),
      ...wordsAt(plain(name), width - right + 6, ends[place].y + 4, `c${place}`));
  });
  return svg;
}

function wordsAt(text, x, y, kind) {
  const cut = text.length > 13 ? `${text.slice(0, 12)}…` : text;
  return [drawn("text", { x, y, class: `${kind} strong` }, cut)];
}

const lastOf = (values) => values.findLast((value) => value !== null);
