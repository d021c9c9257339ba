// Watch's data: a tape of each design, and where everything stands on the evening of a day.
const SIZE = 5; // numbers of an event: day, stage, home, team, how
export const AGES = [[0, 20, "under a month"], [20, 60, "1 to 3 months"], [60, 120, "3 to 6 months"], [120, 240, "6 to 12 months"], [240, Infinity, "over a year"]];
const AT_LEADER = 1, FOR_A_DATE = 2;
const CAUSES = ["liaison", "board", "funding", "team_queue", "other_team", "review", "release", "rework"];
export const CAUSE_WORDS = { liaison: "with a liaison", board: "for a decision", funding: "for project money", team_queue: "for a team", other_team: "on another team",
  review: "in review", release: "for a release", rework: "being mended", building: "in a team’s hands", earlier: "before the first day watched" };

export const waiting = (cause) => (["liaison", "board", "funding", "team_queue", "release", "other_team"].includes(cause) ? `waiting ${CAUSE_WORDS[cause]}` : CAUSE_WORDS[cause]);

export const ageClass = (age) => AGES.findIndex(([from, to]) => age >= from && age < to);

export function tape(told, stages, first) {
  const names = Object.fromEntries(Object.entries(stages).map(([name, number]) => [number, name]));
  const items = told.items.map(([number, unit, raised, isChange, size, value, flat]) => ({ number, unit, raised, isChange, size, value, flat, at: 0 }));
  return { ...told, items, names, first, byNumber: new Map(items.map((item) => [item.number, item])), isOver: (stage) => stage >= 10 };
}

// The item's last event up to a day, or null before its first one; a cursor makes steps in either direction cheap.
export function eventAt(item, day) {
  const { flat } = item;
  if (!flat.length || flat[0] > day) return null;
  while (item.at + SIZE < flat.length && flat[item.at + SIZE] <= day) item.at += SIZE;
  while (flat[item.at] > day) item.at -= SIZE;
  const [since, stage, home, team, how] = flat.slice(item.at, item.at + SIZE);
  return { since, stage, home, team, how };
}

// Which place of the picture an item stands in.
export function placeOf(tape, item, event) {
  const stage = tape.names[event.stage];
  if (stage === "liaison") return event.home < 0 ? `unit:${item.unit}` : "liaisons";
  if (stage === "board") return event.how === AT_LEADER ? `unit:${item.unit}` : "board";
  if (["funding", "review", "release"].includes(stage)) return stage;
  const home = tape.homes[event.home];
  if (!home) return `unit:${item.unit}`;
  return home.unit >= 0 ? `unit:${home.unit}` : `home:${event.home}`;
}

// Everything open on the evening of a day, by place, the oldest first; and how many went live in the month that ends there.
export function frame(tape, day, month) {
  const places = new Map(), causes = {};
  let open = 0, live = 0, ended = 0;
  for (const item of tape.items) {
    const event = eventAt(item, day);
    if (!event) continue;
    if (tape.isOver(event.stage)) {
      if (event.since > day - month && event.since <= day) { if (tape.names[event.stage] === "live") live += 1; else ended += 1; }
      continue;
    }
    open += 1;
    const place = placeOf(tape, item, event), cause = causeOf(tape, event);
    causes[cause] = (causes[cause] ?? 0) + 1;
    if (!places.has(place)) places.set(place, []);
    places.get(place).push({ item, event, age: Math.max(0, day - item.raised), cause });
  }
  for (const all of places.values()) all.sort((one, other) => other.age - one.age || one.item.number - other.item.number);
  return { day, places, open, live, ended, causes };
}

export function causeOf(tape, event) {
  const stage = tape.names[event.stage];
  if (stage === "experiment") return "experiment";
  if (["team_queue", "other_team"].includes(stage) && event.team >= 0) return "building";
  return CAUSES.includes(stage) ? stage : "building";
}

// What an item is doing, or waits for, and why.
export function why(tape, item, event, day) {
  const stage = tape.names[event.stage];
  const days = `${event.since < tape.first ? "at least " : ""}${day - event.since} ${day - event.since === 1 ? "day" : "days"}`; // nobody watched before
  const home = tape.homes[event.home], where = home ? (home.unit >= 0 ? unitName(home.unit) : homeName(tape, event.home)) : "";
  const next = (name) => {
    const date = tape.dates[name].find((each) => each > day);
    return date === undefined ? "" : `, the next one is in ${date - day} days`;
  };
  const waited = `has waited ${days}`, been = `has been`;
  switch (stage) {
    case "liaison": return `${waited} for a liaison to translate it`;
    case "board": return event.how === AT_LEADER ? `${waited} for its unit’s leader, whose attention is short` : `${waited} for the board${next("board")}`;
    case "funding": return `${waited} for project money${next("window")}`;
    case "review": return event.how === FOR_A_DATE ? `${been} in the central review for ${days}` : `${waited} for the central review`;
    case "release": return `is built and ${waited} for a release${next("train")}`;
    case "rework": return event.team >= 0 ? `${been} mended for ${days}, in ${where}` : `${waited} to be mended, in ${where}`;
    case "experiment": return `${been} an experiment for ${days}, in ${where}`;
    case "other_team": return event.how === FOR_A_DATE ? `${waited} for the agreement of others whose components it touches`
      : event.team >= 0 ? `${been} in the hands of another team for ${days}, in ${where}` : `${waited} for another team, in ${where}`;
    case "team_queue": return event.team >= 0 ? `${been} in a team’s hands for ${days}, in ${where}` : `${waited} for a team to be free, in ${where}`;
    case "live": return `went live ${days} ago, ${event.since - item.raised} days after it was asked for`;
    case "rejected": return `was turned down ${days} ago`;
    case "withdrawn": return `was given up ${days} ago, after ${event.since - item.raised} days`;
    case "shadowed": return `was built around by its own unit ${days} ago`;
    case "stopped": return `was stopped ${days} ago: what it rested on was no longer true`;
    default: return `ended ${days} ago (${stage})`;
  }
}

export const unitName = (unit) => `Unit ${unit + 1}`;

export function homeName(tape, row) {
  const home = tape.homes[row];
  if (!home.builds) return "Enabling";
  return ["Engineers", "Data teams"][home.specialism] ?? "Central teams";
}

// Stretches of an item's life up to a day: [cause, days].
export function life(tape, item, day) {
  const { flat } = item, isOld = item.raised < tape.first, found = isOld && flat[0] < day ? [["earlier", flat[0] - item.raised]] : [];
  for (let at = 0; at < flat.length && flat[at] <= day; at += SIZE) {
    const [from, stage, home, team, how] = flat.slice(at, at + SIZE);
    if (tape.isOver(stage)) break;
    const begin = at === 0 && !isOld ? Math.min(item.raised, from) : from;
    const end = Math.min(day, at + SIZE < flat.length ? flat[at + SIZE] : day);
    const cause = causeOf(tape, { stage, home, team, how });
    if (end <= begin) continue;
    if (found.length && found.at(-1)[0] === cause) found.at(-1)[1] += end - begin;
    else found.push([cause, end - begin]);
  }
  return found;
}
