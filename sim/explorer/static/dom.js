// Dom: elements of the page and of drawings, and how they are saved.
// A number and its per cent sign stay on one line.
export const unbroken = (text) => text.replaceAll(" %", "\u00a0%");

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined).map((child) => (typeof child === "string" ? unbroken(child) : child)));
  return made;
}

export function drawn(name, attributes = {}, text = null) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) made.setAttribute(key, value);
  if (text !== null) made.textContent = text;
  return made;
}

export function number(value, signed = false) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  const places = size >= 100 || size === 0 ? 0 : size >= 1 ? 1 : size >= 0.1 ? 2 : 3;
  const text = size.toLocaleString("en", { maximumFractionDigits: places });
  return (value < 0 && Number(text) !== 0 ? "−" : signed ? "+" : "") + text;
}

export function table(caption, head, rows) {
  const cells = (row, kind) => element("tr", {}, ...row.map((cell, place) =>
    element(place === 0 && kind === "td" ? "th" : kind, kind === "th" ? { scope: "col" } : place === 0 ? { scope: "row" } : {}, String(cell))));
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    element("table", {}, element("caption", {}, caption), element("thead", {}, cells(head, "th")),
      element("tbody", {}, ...rows.map((row) => cells(row, "td")))));
}

export function save(content, name, kind) {
  const link = element("a", { href: URL.createObjectURL(new Blob([content], { type: kind })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

const KEPT = ["fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "opacity", "font-size", "font-weight", "font-family",
  "text-anchor", "paint-order"];

// A drawing with the page's style written into it, so that it looks the same anywhere.
export function standalone(svg) {
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll("*")], to = [copy, ...copy.querySelectorAll("*")];
  from.forEach((source, place) => {
    const style = getComputedStyle(source);
    for (const name of KEPT) to[place].setAttribute(name, style.getPropertyValue(name));
    to[place].removeAttribute("tabindex");
  });
  const ground = drawn("rect", { width: "100%", height: "100%", fill: getComputedStyle(document.body).backgroundColor });
  copy.prepend(ground);
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  return new XMLSerializer().serializeToString(copy);
}

export async function savePng(svg, name) {
  const picture = new Image(), { clientWidth, clientHeight } = svg; // the drawing may be gone once it is decoded
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(standalone(svg))}`;
  await picture.decode();
  const canvas = element("canvas", { width: 2 * clientWidth, height: 2 * clientHeight });
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((made) => save(made, name, "image/png"));
}

// A command line, which may be broken between its words and not at their hyphens.
export function showCommand(text) {
  const words = text.split(" ").flatMap((word, place) => [place ? " " : "", element("span", {}, word)]);
  document.getElementById("command").replaceChildren(...words);
}

export async function copyText(text, button) {
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = before; }, 1500);
}

export const commas = (rows) => rows.map((row) => row.map((cell) =>
  (/[",\n]/.test(String(cell ?? "")) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell ?? ""))).join(",")).join("\n") + "\n";
