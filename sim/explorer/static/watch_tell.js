// Watch's words: what a picked place is like under both designs, who is there, and why its oldest items wait.
import { element, number } from "./dom.js";
import { frame, unitName, waiting, why } from "./watch_data.js";

export function tell({ tapes, panels, picked, day, told, follow }) {
  const open = document.querySelector("#place details")?.open ?? false;
  document.getElementById("place").replaceChildren(...tapes.map((tape, at) => {
    const plan = panels[at].plan.boxes.get(picked);
    if (!plan) return element("p", {}, `There is no such place under ${tape.label}.`);
    const all = frame(tape, day, told.month).places.get(picked) ?? [], held = {};
    for (const one of all) held[one.cause] = (held[one.cause] ?? 0) + 1;
    const reasons = Object.entries(held).sort((one, other) => other[1] - one[1]).map(([cause, count]) => `${count} ${cause === "experiment" ? "experiments under way" : waiting(cause)}`);
    const note = Math.max(0, Math.min(tape.notes.trust.length - 1, Math.floor((day - told.first) / told.every)));
    const people = agents(tape, picked, note, all);
    return element("div", {}, element("h3", { class: `c${at}` }, `${plan.words}, ${tape.label}`),
      element("p", {}, [`${all.length} ${all.length === 1 ? "item" : "items"}${reasons.length ? `: ${reasons.join(", ")}` : ""}.`, ...facts(tape, picked, note, day)].join(" ")),
      people.length ? element("details", { open }, element("summary", {}, "Who is there"), element("ul", {}, ...people.map((each) => element("li", {}, each)))) : null,
      element("ul", {}, ...all.slice(0, 5).map((one) => element("li", {}, element("button", { type: "button", class: "link", onclick: () => follow(one.item.number) },
        `Request ${one.item.number}`), ` of ${unitName(one.item.unit)}, ${one.age} days old: ${why(tape, one.item, one.event, day)}.`))));
  }));
}

function homeOf(tape, picked) {
  const [kind, row] = picked.split(":");
  const home = kind === "home" ? tape.homes[row] : kind === "unit" ? tape.homes.find((one) => one.unit === Number(row)) : null;
  return home && home.people > 0 ? home : null;
}

// What leaders and calendars of a place are like, as last noted.
function facts(tape, picked, note, day) {
  const [kind, row] = picked.split(":"), found = [], leader = { unit: Number(row), board: tape.units }[kind];
  if (kind === "unit") found.push(`The unit’s trust in who builds for it is ${number(tape.notes.trust[note][row])} of 1.`);
  if (leader !== undefined) {
    const left = tape.notes.attention[note][leader], who = kind === "unit" ? "Its leader" : "The technology leader, who chairs it,";
    found.push(left >= 0 ? `${who} had attention left for ${number(left)} decisions in the evening; ${number(tape.notes.troubles[note][leader])} troubles wait.`
      : `${who} owes ${number(-left)} decisions’ worth of attention; ${number(tape.notes.troubles[note][leader])} troubles wait.`);
  }
  const home = homeOf(tape, picked);
  if (home) found.push(`${home.teams} ${home.teams === 1 ? "team" : "teams"}, ${number(home.people)} people.`);
  const next = { board: ["board", "meeting is"], funding: ["window", "window opens"], release: ["train", "release leaves"] }[picked];
  const date = next && tape.dates[next[0]].find((one) => one > day);
  if (date !== undefined) found.push(`The next ${next[1]} in ${date - day} days.`);
  return found;
}

// Teams with what they have in hand and owe; liaisons with what waits for each.
function agents(tape, picked, note, all) {
  if (picked === "liaisons") {
    return tape.liaisons.map((unit) => {
      const count = all.filter((one) => one.item.unit === unit).length;
      return `The liaison of ${unitName(unit)}: ${count} ${count === 1 ? "item waits" : "items wait"}.`;
    });
  }
  const home = homeOf(tape, picked);
  if (!home) return [];
  return Array.from({ length: home.teams }, (_, place) => {
    const row = home.first + place, hand = all.filter((one) => one.event.team === row).length;
    return `Team ${place + 1}: ${hand} ${hand === 1 ? "item" : "items"} in hand, ${number(tape.notes.vacant[note][row])} posts vacant; owes ${number(tape.notes.run_backlog[note][row])} person-days of run work and ${number(tape.notes.duty[note][row])} of meetings.`;
  });
}
