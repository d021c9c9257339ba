// Net: questions to the server. A new question ends the old one of its kind; a stopped server is told, and looked for until it is back.
const open = new Map();
let whenBack = () => {};
let looking = false;

export class Told extends Error {} // what the server says is wrong, in words

export function onReturn(action) { whenBack = action; }

export function trouble(text, undo) {
  const box = document.getElementById("trouble");
  box.hidden = !text;
  box.replaceChildren();
  if (!text) return;
  const words = document.createElement("p");
  words.textContent = text;
  box.append(words);
  if (undo) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Start afresh";
    button.addEventListener("click", undo);
    box.append(button);
  }
}

async function answered(kind, url) {
  open.get(kind)?.abort();
  const end = new AbortController();
  open.set(kind, end);
  let answer;
  try {
    answer = await fetch(url, { signal: end.signal });
  } catch (error) {
    if (error.name !== "AbortError") lost();
    throw error;
  }
  if (!answer.ok) {
    const told = await answer.json().catch(() => ({ error: `The server answers ${answer.status}.` }));
    throw new Told([told.error, told.allowed, told.remedy].filter(Boolean).join(" — "));
  }
  return answer;
}

export async function ask(kind, url) {
  return (await answered(kind, url)).json();
}

// Lines of JSON as they come; ends quietly when a newer question takes over.
export async function stream(kind, url, take) {
  const reader = (await answered(kind, url)).body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    let part;
    try {
      part = await reader.read();
    } catch (error) {
      if (error.name !== "AbortError") lost();
      throw error;
    }
    const lines = (rest + (part.value ?? "")).split("\n");
    rest = lines.pop();
    for (const line of lines) {
      const message = JSON.parse(line);
      if (message.error === "superseded") return;
      if (message.error) throw new Told(message.error);
      take(message);
    }
    if (part.done) return;
  }
}

export function stop(kind) { open.get(kind)?.abort(); }

// Whether an error is one to show: those of ended questions are not, and a lost server has its own message.
export function shown(error) {
  if (error instanceof Told) return error.message;
  if (error.name === "AbortError" || error instanceof TypeError || looking) return "";
  throw error;
}

function lost() {
  if (looking) return;
  looking = true;
  trouble("The explorer does not answer: it was stopped. Start it again with “orgsim explore”; this page then goes on by itself.");
  const look = async () => {
    try {
      const answer = await fetch("/api/alive");
      if (!answer.ok) throw new Error("not yet");
    } catch {
      setTimeout(look, 500);
      return;
    }
    looking = false;
    trouble("");
    whenBack();
  };
  setTimeout(look, 500);
}

// An idle page notices too.
setInterval(() => {
  if (!looking && document.visibilityState === "visible") fetch("/api/alive").catch(lost);
}, 4000);
