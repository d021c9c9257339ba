// State: what the page shows, as its address says it. The address is the only place where it is kept.
const SERVER = ["scenario", "designs", "equal", "seed"];
const OWN = ["view", "x", "y", "day", "item", "speed", "place"];
export const page = Math.random().toString(36).slice(2, 12);

export function read(search = location.search) {
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
  const there = address(state);
  if (there === location.search || (!location.search && there === location.pathname)) return;
  if (isStep) history.pushState(null, "", there);
  else history.replaceState(null, "", there);
}
