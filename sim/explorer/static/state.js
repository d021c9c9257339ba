// State: what the page shows, as its address says it. The address is where it is kept; a slider's move gets there a moment later.
const SERVER = ["scenario", "designs", "equal", "seed"];
const OWN = ["view", "x", "y", "day", "item", "speed", "place"];
export const page = Math.random().toString(36).slice(2, 12);

// What is to be kept soon: an address, whether it is a step of its own, and the clock that sees to it.
let due = null;
const SOON = 400; // milliseconds

export function read(search = location.search) {
  forget();
  const given = new URLSearchParams(search);
  const state = { sets: new Map(), extra: [] };
  for (const [name, value] of given) {
    if (name === "set") {
      const at = value.indexOf("=");
      state.sets.set(at < 0 ? value : value.slice(0, at), at < 0 ? null : value.slice(at + 1));
    } else if (SERVER.includes(name) || OWN.includes(name)) state[name] = value;
    else state.extra.push([name, value]); // the server says what is wrong with it
  }
  if (!["compare", "watch", "map"].includes(state.view)) state.view = "compare";
  return state;
}

// The fields that the server is asked with; with `more`, such as the page's own number.
export function question(state, more = {}) {
  const fields = new URLSearchParams();
  for (const name of SERVER) if (state[name]) fields.append(name, state[name]);
  for (const [path, text] of state.sets) fields.append("set", text === null ? path : `${path}=${text}`);
  for (const [name, value] of state.extra) fields.append(name, value);
  for (const [name, value] of Object.entries(more)) fields.append(name, value);
  return fields.toString();
}

export function address(state) {
  const fields = new URLSearchParams(question(state));
  for (const name of OWN) if (state[name] && !(name === "view" && state[name] === "compare")) fields.append(name, state[name]);
  const text = fields.toString();
  return text ? `?${text}` : location.pathname;
}

// Keep the state in the address: as a new step of the browser's history, or, while something is being dragged, in place.
export function keep(state, isStep) {
  keepDue();
  write(address(state), isStep);
}

// The same once there is a picture, or soon: showing a new address takes a browser as long as the server needs to begin with its runs.
export function keepSoon(state, isStep) {
  if (isStep) keepDue();
  const isNewStep = isStep || Boolean(due?.isStep);
  clearTimeout(due?.clock);
  due = { there: address(state), isStep: isNewStep, clock: setTimeout(keepDue, SOON) };
}

export function keepDue() {
  if (!due) return;
  const { there, isStep } = due;
  forget();
  write(there, isStep);
}

// Whether the address says something else than the state, or will soon.
export function isNews(state) {
  return !isSame(address(state), due ? due.there : location.search);
}

function forget() {
  clearTimeout(due?.clock);
  due = null;
}

function write(there, isStep) {
  if (isSame(there, location.search)) return;
  if (isStep) history.pushState(null, "", there);
  else history.replaceState(null, "", there);
}

function isSame(there, kept) {
  return there === kept || (!kept && there === location.pathname);
}
