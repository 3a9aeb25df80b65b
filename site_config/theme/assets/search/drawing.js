// 画出来。
import { HAN, ROOT, toldInEnglish } from "./index.js";

// 摘录：[文字, 是否标出]，从第一处相符的前面一点开始。
export function excerptOf(text, phrases) {
  const small = text.toLowerCase(), hits = [];
  for (const phrase of phrases) {
    for (let at = small.indexOf(phrase); at >= 0; at = small.indexOf(phrase, at + phrase.length)) hits.push([at, at + phrase.length]);
  }
  hits.sort((a, b) => a[0] - b[0]);
  const from = Math.max(0, (hits[0] || [0])[0] - 24), to = Math.min(text.length, from + 110);
  const pieces = [[from ? "…" : "", false]];
  let at = from;
  for (const [start, end] of hits) {
    if (start < at || end > to) continue;
    pieces.push([text.slice(at, start), false], [text.slice(start, end), true]);
    at = end;
  }
  pieces.push([text.slice(at, to) + (to < text.length ? "…" : ""), false]);
  return pieces.filter(([words]) => words);
}

export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function toldLine([figure, text, source, path]) {
  const line = make("p", { className: "yy-hit__told" });
  if (figure) line.append(make("strong", {}, figure), " ");
  line.append(text);
  if (source) line.append(" ", make("a", { href: path.startsWith("tel:") ? path : ROOT + path }, source));
  return spoken(line);
}

// 英文的页上，写着中文的注明是中文。
function spoken(element) {
  if (toldInEnglish && RegExp(`[${HAN}]`, "u").test(element.textContent)) element.lang = "zh-CN";
  return element;
}

export function drawn({ path, title, kicker, state, excerpt, told = [] }) {
  const item = make("li", { className: "yy-hit" });
  if (kicker) item.append(spoken(make("p", { className: "yy-hit__kicker" }, kicker)));
  item.append(make("p", { className: "yy-hit__title" }, make("a", { href: ROOT + path }, title)));
  if (state) item.append(make("p", { className: "yy-hit__state" }, state));
  if (excerpt?.length) {
    const words = excerpt.map(([text, hit]) => (hit ? make("mark", {}, text) : text));
    item.append(spoken(make("p", { className: "yy-hit__text" }, ...words)));
  }
  item.append(...told.map(toldLine));
  return item;
}
